"""Options with each repeated answer, value and question written once; places in its pool stand for it.

Most programs pass or fail a gate in the same words, so a ranking repeats itself: pooled, it takes a third of
the space and time. Nothing is left out.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from matching.results import CriterionValue, GateResult, Question, RankedProgram, RankedRoom, Ranking


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

    def places(self, values: Iterable[Any]) -> list[int]:
        """The place of each value in the pool."""
        known = self._by_identity
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
    """The pools, and each option with places in them."""
    pools = {kind: Pool(key) for kind, (_, key) in KINDS.items()}
    rows = []
    for option in options:
        row = {name: getattr(option, name) for name in _names(RankedProgram)}
        for name, kind in POOL_OF.items():
            row[name] = pools[kind].places(row[name])
        row["rooms"] = [_room_row(room, pools["gates"]) for room in option.rooms]
        rows.append(row)
    return {kind: pool.values for kind, pool in pools.items()}, rows


def _room_row(room: RankedRoom, gates: Pool) -> dict[str, Any]:
    row = {name: getattr(room, name) for name in _names(RankedRoom)}
    row["gates"] = gates.places(room.gates)
    return row


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
def written() -> TypeAdapter[Any]:
    """Writes a ranking whose options hold places, and its pools; fast, as the types are known ahead."""
    room = _row_type(RankedRoom, gates=list[int])
    option = _row_type(RankedProgram, rooms=_list(room), **dict.fromkeys(POOL_OF, list[int]))
    pools = _typed_dict("Pools", {kind: _list(of) for kind, (of, _) in KINDS.items()})
    ranking = _row_type(Ranking, options=_list(option))
    return TypeAdapter(_typed_dict("Written", {"ranking": ranking, "pools": pools}))


def _row_type(kind: Any, **instead: Any) -> Any:
    """The fields of a dataclass as a dictionary, some of another type."""
    return _typed_dict(kind.__name__, get_type_hints(kind) | instead)


def _list(of: Any) -> Any:
    return list[of]


_typed_dict: Any = TypedDict  # made of fields that are known only here


@cache
def _names(kind: type[RankedProgram] | type[RankedRoom]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _listed(of: Any) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[of])
