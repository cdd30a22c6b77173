"""A sheet of rooms in words: its rows on the way out, what a row would change, what is wrong with one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from referral.formats.seats_sheet import cells_of
from referral.formats.tables_csv import Cell
from referral.queries.seats import OwnProgram, room_name
from referral.rules.seat_sheets import COLUMN_OF_FIELD, RowOutcome, SheetProblem, SheetRow
from referral.rules.seats import SeatNumbers, age_words
from referral.wording import sentence


@dataclass(frozen=True)
class OutcomeShown:
    """A row beside its room: for each column that differs, as it is and as it would be."""

    number: int
    program: str
    room: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProblemShown:
    """Where something is wrong, and what to do."""

    place: str
    column: str
    text: str


def rows_out(programs: Iterable[OwnProgram]) -> Iterator[list[Cell]]:
    """Every room in use, in the order of the page of programs."""
    for program in programs:
        for entry in program.rooms:
            seats = entry.record.seats
            row = SheetRow(
                number=0,
                program=program.slug,
                room=entry.record.key,
                version=entry.version,
                licensed=seats.licensed if seats else None,
                enrolled=seats.enrolled if seats else None,
                held=seats.held if seats else None,
                youngest_months=seats.youngest_months if seats else None,
                oldest_months=seats.oldest_months if seats else None,
            )
            confirmed = seats.confirmed_on.isoformat() if seats and seats.confirmed_on else ""
            yield cells_of(row, program.name, room_name(entry.record.name, entry.record.key), confirmed)


def outcome_words(outcome: RowOutcome) -> OutcomeShown:
    """What a row would change, column by column."""
    before, after = _numbers(outcome.before), _numbers(outcome.after)
    differing = tuple(
        (column.value, before[name], after[name])
        for name, column in COLUMN_OF_FIELD.items()
        if before[name] != after[name]
    )
    return OutcomeShown(outcome.row.number, outcome.program, outcome.room, differing)


def stale_words(outcome: RowOutcome) -> str:
    """The same in one line, for a box to tick."""
    shown = outcome_words(outcome)
    changes = "; ".join(f"{column} {now} → {yours}" for column, now, yours in shown.differences)
    return f"{shown.room} of {shown.program}: {changes}"


def problem_words(problem: SheetProblem) -> ProblemShown:
    """Row and column as a spreadsheet counts them, and the sentence."""
    place = f"Row {problem.row}" if problem.row else "The file"
    return ProblemShown(place, problem.column, sentence(problem))


def _numbers(numbers: SeatNumbers | None) -> Mapping[str, str]:
    if numbers is None:
        return dict.fromkeys(COLUMN_OF_FIELD, "not known")
    return {
        "licensed": str(numbers.licensed),
        "enrolled": str(numbers.enrolled),
        "held": str(numbers.held),
        "youngest": age_words(numbers.youngest_months) or "not known",
        "oldest": age_words(numbers.oldest_months) or "not known",
    }
