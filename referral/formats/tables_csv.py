"""Tables as CSV that a spreadsheet opens as text: nothing in a cell can act as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

Cell = str | int | float | date | None
FORMULA_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table with a line of headings; days as 2027-01-05, an unknown cell empty."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could read it as a formula."""
    return f"'{text}" if text.lstrip("' ").startswith(FORMULA_STARTERS) else text


def plain(text: str) -> str:
    """The text as it was before `neutral`."""
    return text[1:] if text.startswith("'") and neutral(text[1:]) == text else text


def _text(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else cell
