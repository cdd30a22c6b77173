"""What differs between two orders of the same programs: who moves, who keeps a place, what stays put."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matching.placing import Placed
from matching.vocabulary import Verdict

TOP = 10


@dataclass(frozen=True)
class Move:
    """A program's place before and after; None where it is ruled out."""

    program_key: str
    before: int | None
    after: int | None
    tier: int

    @property
    def rise(self) -> int:
        """How many places it rises; negative where it falls or is ruled out."""
        far = 10_000
        return (self.before or far) - (self.after or far)


@dataclass(frozen=True)
class FirstPlace:
    """Who stands first among equally restrictive options of one group, before and after."""

    block: int
    tier: int
    before: str | None
    after: str | None

    @property
    def stays(self) -> bool:
        """Whether the same program stands first."""
        return self.before == self.after


@dataclass(frozen=True)
class OrderChange:
    """How one order differs from another. ``moves`` are by the place after, the ruled out last."""

    ranked: int
    moves: tuple[Move, ...]
    firsts: tuple[FirstPlace, ...]
    verdicts_before: Mapping[Verdict, int]
    verdicts_after: Mapping[Verdict, int]
    verdicts_changed: int
    blocks_changed: int
    tiers_changed: int

    @property
    def kept(self) -> int:
        """How many programs that were ranked keep their place."""
        return self.ranked - sum(move.before is not None for move in self.moves)

    @property
    def top_moves(self) -> tuple[Move, ...]:
        """The moves that touch the first ten."""
        return tuple(move for move in self.moves if min(move.before or TOP + 1, move.after or TOP + 1) <= TOP)

    @property
    def new_first(self) -> bool:
        """Whether another program stands first of all."""
        return any(move.after == 1 or move.before == 1 for move in self.moves)


def order_change(before: Sequence[Placed], after: Sequence[Placed]) -> OrderChange:
    """What moves from one order of programs to another order of the same programs."""
    earlier = {one.program_key: one for one in before}
    pairs = [(earlier[one.program_key], one) for one in after]
    moves = [
        Move(new.program_key, _place(old), _place(new), new.tier)
        for old, new in pairs
        if _place(old) != _place(new)
    ]
    return OrderChange(
        ranked=sum(not one.ruled_out for one in before),
        moves=tuple(sorted(moves, key=lambda move: (move.after is None, move.after or move.before or 0))),
        firsts=_firsts(before, after),
        verdicts_before=_verdicts(before),
        verdicts_after=_verdicts(after),
        verdicts_changed=sum(old.verdict is not new.verdict for old, new in pairs),
        blocks_changed=sum(old.block != new.block for old, new in pairs),
        tiers_changed=sum(old.tier != new.tier for old, new in pairs),
    )


def _place(one: Placed) -> int | None:
    return None if one.ruled_out else one.place


def _firsts(before: Sequence[Placed], after: Sequence[Placed]) -> tuple[FirstPlace, ...]:
    old, new = _first_of_groups(before), _first_of_groups(after)
    return tuple(FirstPlace(*group, old.get(group), new.get(group)) for group in sorted({*old, *new}))


def _first_of_groups(placed: Collection[Placed]) -> dict[tuple[int, int], str]:
    firsts: dict[tuple[int, int], str] = {}
    for one in placed:
        if not one.ruled_out:
            firsts.setdefault((one.block, one.tier), one.program_key)
    return firsts


def _verdicts(placed: Sequence[Placed]) -> dict[Verdict, int]:
    counted = Counter(one.verdict for one in placed)
    return {verdict: counted[verdict] for verdict in Verdict}
