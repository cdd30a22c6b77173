"""Tables as a spreadsheet (XLSX): one sheet, headings that stay, no formula."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from referral.formats.tables_csv import Cell, neutral

SHEET_NAME_MAX = 31
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
WIDTH_MAX = 60
DAY_FORMAT = "yyyy-mm-dd"


def xlsx_of(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a workbook with one sheet of this title; a text is written as text whatever it says."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(NOT_IN_SHEET_NAMES.sub(" ", title)[:SHEET_NAME_MAX].strip() or "Table")
        day = book.add_format({"num_format": DAY_FORMAT})
        widths = [len(column) for column in columns]
        for place, column in enumerate(columns):
            sheet.write_string(0, place, neutral(column), book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, day)
                widths[place] = max(widths[place], len(str(cell or "")))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width + 2, WIDTH_MAX))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        sheet.write_string(row, column, neutral(cell))
    else:
        sheet.write_number(row, column, cell)
