"""The copy of a profile that was sent, next to the facts of the program it was sent to.

It is compared under the policy that comes with the library: a district's own is not the program's to know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching import ProgramProfile, rank_programs
from matching.results import GateResult
from matching.vocabulary import Answer
from referral.errors import RecordNotFound
from referral.models.referrals import Referral
from referral.queries import catalog, policies
from referral.queries.referrals import live_disclosure
from referral.rules.declines import DeclineReason, contradictions
from referral.rules.listings import SeatSummary, seat_summary
from referral.rules.referrals import DISCLOSED, State
from referral.rules.released import profile_sent, readable
from referral.rules.released_gates import LevelBeside, levels_beside, shown_gates


@dataclass(frozen=True)
class ReleasedFit:
    """What was sent beside what the program states: gates, levels of support, and its open seats."""

    gates: tuple[GateResult, ...]
    levels: tuple[LevelBeside, ...]
    seats: SeatSummary

    @property
    def answers(self) -> Mapping[Answer, int]:
        """How many of the levels and gates say yes, no and not known; a level counts once."""
        said = [level.answer for level in self.levels] + [gate.answer for gate in self.other_gates]
        return {answer: said.count(answer) for answer in Answer}

    @property
    def other_gates(self) -> tuple[GateResult, ...]:
        """The gates that are not about a level of support."""
        return tuple(gate for gate in self.gates if gate.family not in LEVEL_GATES)


LEVEL_GATES = frozenset({"health_level", "behavior_level"})


def fit_of(row: Referral, today: date, *, with_examples: bool = False) -> ReleasedFit:
    """The released copy of a referral beside its program's facts on a day.

    Raises
    ------
    RecordNotFound : nothing was sent yet.
    """
    return fit_of_copy(row.released, row.ref, row.program.slug, today, with_examples=with_examples)


def fit_of_copy(
    released: Mapping[str, Any] | None, ref: str, slug: str, today: date, *, with_examples: bool = False
) -> ReleasedFit:
    """A released copy beside the facts of the program of this address."""
    if released is None:
        raise RecordNotFound(kind="referral")
    program = programs_on(today, with_examples=with_examples).get(slug)
    if program is None:
        raise RecordNotFound(kind="program")
    return fit_between(released, ref, program, today)


def fit_between(released: Mapping[str, Any], ref: str, program: ProgramProfile, today: date) -> ReleasedFit:
    """A released copy beside the facts of a program."""
    sent = profile_sent(released, code=ref)
    ranking = rank_programs(sent, [program], policies.packaged(), seed=ref, today=today)
    return ReleasedFit(
        gates=shown_gates(released, ranking.options[0].gates),
        levels=levels_beside(sent, program),
        seats=seat_summary(program.rooms, today=today),
    )


def readable_copy(row: Referral, today: date) -> Mapping[str, Any]:
    """The copy as far as the program may read it: a packet only while a record of disclosure lives."""
    is_open = State(row.state) in DISCLOSED and live_disclosure(row, today) is not None
    return readable(row.released or {}, packet=is_open)


def contradicted(row: Referral, reason: str | None, today: date) -> tuple[str, ...]:
    """The program's own facts that speak against declining for this reason, as codes; examples never do."""
    if reason not in {one.value for one in DeclineReason} or row.released is None:
        return ()
    fit = fit_of_copy(readable_copy(row, today), row.ref, row.program.slug, today)
    return contradictions(DeclineReason(reason), fit.gates, seats_open=fit.seats.open)


def programs_on(today: date, *, with_examples: bool) -> Mapping[str, ProgramProfile]:
    """The programs of the directory by address, as they are compared on a day."""
    _, current = catalog.current(today, with_examples=with_examples)
    return {program.key: program for program in current.profiles}
