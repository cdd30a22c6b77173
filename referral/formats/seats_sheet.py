"""The sheet of all rooms of a collaborative: its rows on the way out, and read again, forgivingly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from referral.formats.sheet_reading import BadSheet, rows_in
from referral.formats.tables_csv import Cell, csv_of, plain
from referral.rules.seat_sheets import BYTES_MAX, REQUIRED, ROWS_MAX, Column, SheetProblem, SheetRow
from referral.rules.seats import age_words, months_of_age

COLUMNS: Sequence[str] = [column.value for column in Column]
NUMBER = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:seats?|students?)?", re.ASCII | re.IGNORECASE)
FOUND_LENGTH_MAX = 40
COUNTS = (Column.LICENSED, Column.ENROLLED, Column.HELD)
AGES = (Column.YOUNGEST, Column.OLDEST)


class NotRead(Exception):
    """A cell that makes no sense, as a code."""


@dataclass(frozen=True)
class Sheet:
    """What could be read, and what could not."""

    rows: tuple[SheetRow, ...]
    problems: tuple[SheetProblem, ...] = ()


def cells_of(row: SheetRow, program_name: str, room_name: str, confirmed: str = "") -> list[Cell]:
    """A row of the sheet, in the order of `COLUMNS`."""
    return [
        program_name,
        room_name,
        row.licensed,
        row.enrolled,
        row.held,
        age_words(row.youngest_months),
        age_words(row.oldest_months),
        confirmed,
        row.program,
        row.room,
        row.version,
    ]


def as_text(sheet: Sheet) -> str:
    """What was read, as short CSV that reads the same: for the form that saves it."""
    kept = [place for place, column in enumerate(Column) if column in (*REQUIRED, *AGES)]
    rows = (cells_of(row, "", "") for row in sheet.rows)
    return csv_of([COLUMNS[place] for place in kept], ([row[place] for place in kept] for row in rows))


def read_sheet(content: bytes) -> Sheet:
    """Every row of a file; a file that cannot be read at all is one problem of row 0."""
    try:
        cells = rows_in(content, bytes_max=BYTES_MAX, rows_max=ROWS_MAX)
    except BadSheet as error:
        return Sheet((), (SheetProblem(0, "", error.code, error.facts),))
    places = _places(cells[0] if cells else [])
    missing = [column for column in REQUIRED if column not in places]
    if missing or len(cells) < 2:
        lacks = [SheetProblem(1, one.value, "sheet_column_missing", {"column": one.value}) for one in missing]
        return Sheet((), tuple(lacks) or (SheetProblem(0, "", "sheet_empty"),))
    return _sheet(cells, places)


def _sheet(cells: list[list[Any]], places: dict[Column, int]) -> Sheet:
    rows: list[SheetRow] = []
    problems: list[SheetProblem] = []
    for number, row in enumerate(cells[1:], start=2):
        if not any(_text(cell) for cell in row):
            continue
        found = {column: row[place] if place < len(row) else None for column, place in places.items()}
        read, wrong = _read(number, found)
        rows += read
        problems += wrong
    return Sheet(tuple(rows), tuple(problems))


def _places(headings: Iterable[Any]) -> dict[Column, int]:
    """Where each column is; headings may be in any case and order."""
    said = [" ".join(_text(heading).lower().split()) for heading in headings]
    return {column: said.index(column.value.lower()) for column in Column if column.value.lower() in said}


def _read(number: int, found: dict[Column, Any]) -> tuple[list[SheetRow], list[SheetProblem]]:
    values: dict[Column, int | None] = {}
    problems = []
    for column in (*COUNTS, *AGES, Column.VERSION):
        try:
            values[column] = _age(found.get(column)) if column in AGES else _number(found.get(column))
        except NotRead as error:
            facts = {"found": _text(found[column])[:FOUND_LENGTH_MAX]}
            problems.append(SheetProblem(number, column.value, str(error), facts))
    problems += _gaps(number, found, values)
    if problems:
        return [], problems
    row = SheetRow(
        number=number,
        program=_text(found[Column.PROGRAM]),
        room=_text(found[Column.ROOM]),
        version=values[Column.VERSION] or 0,
        licensed=values[Column.LICENSED],
        enrolled=values[Column.ENROLLED],
        held=values[Column.HELD],
        youngest_months=values[Column.YOUNGEST],
        oldest_months=values[Column.OLDEST],
    )
    return [row], []


def _gaps(number: int, found: dict[Column, Any], values: dict[Column, int | None]) -> Iterator[SheetProblem]:
    """What must be there: the keys, and both licensed and enrolled or neither."""
    for column in (Column.PROGRAM, Column.ROOM):
        if not _text(found[column]):
            yield SheetProblem(number, column.value, "sheet_key_missing")
    if not _text(found[Column.VERSION]):
        yield SheetProblem(number, Column.VERSION.value, "sheet_key_missing")
    said = [column for column in COUNTS[:2] if _text(found[column])]
    if len(said) == 1 or (not said and values.get(Column.HELD)):
        lacking = next(column for column in COUNTS[:2] if column not in said)
        yield SheetProblem(number, lacking.value, "sheet_number_missing")


def _number(cell: Any) -> int | None:
    text = _text(cell)
    if not text:
        return None
    read = NUMBER.fullmatch(text)
    if read is None or isinstance(cell, bool):
        raise NotRead("sheet_number")
    return int(read[1])


def _age(cell: Any) -> int | None:
    text = _text(cell).removesuffix(".0")
    if not text:
        return None
    months = months_of_age(text)
    if months is None:
        raise NotRead("sheet_age")
    return months


def _text(cell: Any) -> str:
    """A cell as text, without the apostrophe that kept it from being a formula."""
    return "" if cell is None else plain(str(cell).replace("\xa0", " ").strip())
