"""What of the directory changed between two snapshots of its records: status, seats, prices, programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Record = Mapping[str, Any]


class ChangeKind(Enum):
    """What changed of a program, most telling first."""

    CLOSED = "closed"
    GONE = "gone"
    NEW = "new"
    STATUS = "status"
    SEATS = "seats"
    PRICE = "price"
    FACTS = "facts"


@dataclass(frozen=True)
class ProgramChange:
    """One change of one program; open seats before and now where they are known."""

    kind: ChangeKind
    program_key: str
    name: str
    open_before: int | None = None
    open_now: int | None = None


def program_changes(before: Record, now: Record, *, with_examples: bool) -> tuple[ProgramChange, ...]:
    """Every change of a program, the telling ones first."""
    old = {record["key"]: record for record in before["programs"]}
    new = {record["key"]: record for record in now["programs"]}
    found = [
        change
        for key in sorted(old.keys() | new.keys())
        for change in _changes(key, old.get(key), new.get(key), with_examples=with_examples)
    ]
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _changes(
    key: str, old: Record | None, new: Record | None, *, with_examples: bool
) -> Iterator[ProgramChange]:
    if old is None or new is None:
        there = old or new or {}
        yield ProgramChange(ChangeKind.NEW if old is None else ChangeKind.GONE, key, there["name"])
        return
    if old == new:
        return
    if old.get("status") != new.get("status"):
        kind = ChangeKind.CLOSED if new.get("status") == "closed" else ChangeKind.STATUS
        yield ProgramChange(kind, key, new["name"])
    seats = [_seats(record, with_examples=with_examples) for record in (old, new)]
    if seats[0] != seats[1]:
        yield ProgramChange(ChangeKind.SEATS, key, new["name"], *map(_open, seats))
    if _prices(old, with_examples=with_examples) != _prices(new, with_examples=with_examples):
        yield ProgramChange(ChangeKind.PRICE, key, new["name"])
    if _facts(old) != _facts(new):
        yield ProgramChange(ChangeKind.FACTS, key, new["name"])


def _parts(record: Record, name: str, *, with_examples: bool) -> list[Record]:
    examples = (record.get("examples") or {}) if with_examples else {}
    return [*record.get(name, ()), *examples.get(name, ())]


def _seats(record: Record, *, with_examples: bool) -> dict[str, tuple[int, int, int]]:
    return {
        room["key"]: tuple(room["seats"].get(name, 0) for name in ("licensed", "enrolled", "held"))
        for room in _parts(record, "rooms", with_examples=with_examples)
        if room.get("seats")
    }


def _open(seats: Mapping[str, tuple[int, int, int]]) -> int | None:
    if not seats:
        return None
    return sum(licensed - enrolled - held for licensed, enrolled, held in seats.values())


def _prices(record: Record, *, with_examples: bool) -> list[Record]:
    return _parts(record, "prices", with_examples=with_examples)


def _facts(record: Record) -> dict[str, Any]:
    return {
        name: value for name, value in record.items() if name not in ("status", "rooms", "prices", "examples")
    }
