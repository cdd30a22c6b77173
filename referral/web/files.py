"""Lists as files: what a page shows, as CSV that spreadsheets read rightly, or as a spreadsheet."""

from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from referral.formats.tables_csv import Cell, csv_of
from referral.formats.tables_xlsx import xlsx_of

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A list as CSV, with the mark by which spreadsheets know its letters."""
    return _file(csv_of(columns, rows).encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx_file(name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A list as a spreadsheet."""
    return _file(xlsx_of(title, columns, rows), XLSX_TYPE, f"{name}.xlsx")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
