"""Options with each repeated answer, value and question written once; places in its pool stand for it.

Most programs pass or fail a gate in the same words, so a ranking repeats itself: pooled, it takes a third of
the space and time. Nothing is left out.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from pydantic import TypeAdapter

from matching.results import CriterionValue, GateResult, Question, RankedProgram, RankedRoom
from matching.vocabulary import Answer


def _gate_key(gate: GateResult) -> Hashable:
    """What tells gates apart; with types, as True and 1 are equal but are not written alike."""
    facts = tuple(gate.facts.values())
    named = tuple(gate.facts)
    return gate.code, gate.answer, gate.asks, gate.change_by, named, facts, tuple(map(type, facts))


def _value_key(value: CriterionValue) -> Hashable:
    return value.criterion, value.low, value.middle, value.high, value.weight


def _question_key(question: Question) -> Hashable:
    return question.code, question.asks, question.weight


class Pool:
    """Each thing once, by what tells it apart."""

    def __init__(self, key: Callable[[Any], Hashable]) -> None:
        self.values: list[Any] = []
        self._key = key
        self._by_key: dict[Hashable, int] = {}
        self._by_identity: dict[int, int] = {}

    def places(self, values: Sequence[Any]) -> list[int]:
        """The place of each value in the pool; most are found by themselves, without a call for each."""
        known = self._by_identity
        try:
            return [*map(known.__getitem__, map(id, values))]
        except KeyError:
            return [known[id(value)] if id(value) in known else self._added(value) for value in values]

    def _added(self, value: Any) -> int:
        place = self._by_key.setdefault(self._key(value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
        self._by_identity[id(value)] = place
        return place


# The fields of an option that hold pooled things, and the pool of each; a room's gates are of the same pool.
KINDS: Mapping[str, tuple[Any, Callable[[Any], Hashable]]] = {
    "gates": (GateResult, _gate_key),
    "criteria": (CriterionValue, _value_key),
    "questions": (Question, _question_key),
}
POOL_OF = {"gates": "gates", "changes": "gates", "criteria": "criteria", "questions": "questions"}


def pooled(options: Iterable[RankedProgram]) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """The pools, and each option with places in them.

    A room keeps the gates it does not meet; those of the best room stand at the option itself.
    """
    pools = {kind: Pool(key) for kind, (_, key) in KINDS.items()}
    rows = []
    for option in options:
        row = _OPTION(option)
        for name, kind in POOL_OF.items():
            row[name] = pools[kind].places(row[name])
        row["rooms"] = [_room_row(room, pools["gates"]) for room in option.rooms]
        rows.append(row)
    return {kind: pool.values for kind, pool in pools.items()}, rows


def _room_row(room: RankedRoom, gates: Pool) -> dict[str, Any]:
    row = _ROOM(room)
    row["gates"] = gates.places([gate for gate in room.gates if gate.answer is not Answer.YES])
    return row


def _row_of(kind: type[Any]) -> Callable[[Any], dict[str, Any]]:
    """Makes a row of one of a kind: its fields by name, all taken at once."""
    names = [field.name for field in fields(kind)]
    take = attrgetter(*names)
    return lambda value: dict(zip(names, take(value), strict=True))


_OPTION, _ROOM = _row_of(RankedProgram), _row_of(RankedRoom)


def restored(pools: Mapping[str, list[Any]], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The options with what their places stand for, read once from each pool."""
    held = {kind: _listed(of).validate_python(pools[kind]) for kind, (of, _) in KINDS.items()}
    for row in rows:
        for name, kind in POOL_OF.items():
            row[name] = [held[kind][place] for place in row[name]]
        for room in row["rooms"]:
            room["gates"] = [held["gates"][place] for place in room["gates"]]
    return rows


@cache
def _listed(of: Any) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[of])
