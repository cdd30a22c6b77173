"""What staff send back in a spreadsheet of rooms: each row as it was read, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from referral.errors import InvalidInput
from referral.rules.seats import SeatNumbers

ROWS_MAX = 5000
BYTES_MAX = 2 * 1024 * 1024


class Column(Enum):
    """A column of the sheet, by its heading."""

    PROGRAM_NAME = "Program"
    ROOM_NAME = "Room"
    LICENSED = "Licensed"
    ENROLLED = "Enrolled"
    HELD = "Held"
    YOUNGEST = "Youngest"
    OLDEST = "Oldest"
    CONFIRMED = "Confirmed"
    PROGRAM = "Program key"
    ROOM = "Room key"
    VERSION = "Version"


# Without these nothing can be read; the others are there for people.
REQUIRED = (Column.LICENSED, Column.ENROLLED, Column.HELD, Column.PROGRAM, Column.ROOM, Column.VERSION)
COLUMN_OF_FIELD: Mapping[str, Column] = {
    "licensed": Column.LICENSED,
    "enrolled": Column.ENROLLED,
    "held": Column.HELD,
    "youngest": Column.YOUNGEST,
    "oldest": Column.OLDEST,
}


@dataclass(frozen=True)
class SheetRow:
    """A row as it was read: which room, at which version, and its numbers; all empty where not known."""

    number: int
    program: str
    room: str
    version: int
    licensed: int | None = None
    enrolled: int | None = None
    held: int | None = None
    youngest_months: int | None = None
    oldest_months: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing of seats."""
        return self.licensed is None and self.enrolled is None and not self.held


@dataclass(frozen=True)
class SheetProblem:
    """What is wrong in a row (0: the file) and column, as a code with facts."""

    row: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Outcome(Enum):
    """What a row would do to its room."""

    SAME = "same"
    CHANGED = "changed"
    STALE = "stale"


@dataclass(frozen=True)
class RowOutcome:
    """A row beside its room: as the room is now, and as the row would make it."""

    row: SheetRow
    program: str
    room: str
    outcome: Outcome
    version_now: int
    before: SeatNumbers | None
    after: SeatNumbers | None


def problems_of(row: SheetRow, error: InvalidInput) -> Iterable[SheetProblem]:
    """Refused numbers as problems of the row's columns; openings are limited by the licensed seats."""
    for problem in error.errors:
        column = COLUMN_OF_FIELD.get(problem.field, Column.LICENSED)
        yield SheetProblem(row.number, column.value, problem.code, problem.facts)


def as_sent(row: SheetRow, before: SeatNumbers | None) -> SeatNumbers | None:
    """The numbers a row asks for, with the room's expected openings; None where the row leaves them open."""
    if row.is_blank:
        return None
    return SeatNumbers(
        licensed=row.licensed or 0,
        enrolled=row.enrolled or 0,
        held=row.held or 0,
        youngest_months=row.youngest_months,
        oldest_months=row.oldest_months,
        openings=before.openings if before else (),
    )
