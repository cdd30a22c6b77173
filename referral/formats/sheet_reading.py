"""Rows of a small spreadsheet that a stranger sent (XLSX or CSV), read without trusting its size."""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

from python_calamine import CalamineError, load_workbook

UNPACKED_MAX = 20 * 1024 * 1024
MEMBERS_MAX = 200
COLUMNS_MAX = 60
LOCAL_HEADER = 30  # bytes before the name of a member
CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,12})["']""")
ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']()([0-9]{1,12})["']""")
DELIMITERS = ",;\t"


class BadSheet(Exception):
    """The file cannot be read; `code` says why and `facts` with what limit."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def rows_in(content: bytes, *, bytes_max: int, rows_max: int) -> list[list[Any]]:
    """The cells of the first sheet, row by row, blank rows at the end left out.

    Raises
    ------
    BadSheet : too large, not a spreadsheet, or not to be trusted.
    """
    if len(content) > bytes_max:
        raise BadSheet("sheet_too_large", most=bytes_max // (1024 * 1024))
    rows = _xlsx(content, rows_max) if content.startswith(b"PK") else list(_csv(content, rows_max))
    while rows and not any(_is_filled(cell) for cell in rows[-1]):
        rows.pop()
    if len(rows) > rows_max + 1:
        raise BadSheet("sheet_too_many_rows", most=rows_max)
    return rows


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _csv(content: bytes, rows_max: int) -> Iterator[list[Any]]:
    text = _decoded(content)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for number, row in enumerate(csv.reader(StringIO(text), delimiter=delimiter, strict=True)):
            if number > 2 * rows_max or len(row) > COLUMNS_MAX:
                raise BadSheet("sheet_too_many_rows", most=rows_max)
            yield list(row)
    except csv.Error as error:
        raise BadSheet("sheet_not_read") from error


def _decoded(content: bytes) -> str:
    """Text as spreadsheets save it: UTF-8, with or without its mark, or that of Windows."""
    if b"\0" in content:
        raise BadSheet("sheet_not_read")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _xlsx(content: bytes, rows_max: int) -> list[list[Any]]:
    _check_unpacked(content, rows_max)
    try:
        book = load_workbook(BytesIO(content))
        if not book.sheet_names:
            raise BadSheet("sheet_not_read")
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadSheet("sheet_not_read") from error


def _check_unpacked(content: bytes, rows_max: int) -> None:
    """Refuse what unpacks to far too much, or names a cell far out: room would be made for all before it."""
    left = UNPACKED_MAX
    for part in _unpacked(content):
        left -= len(part)
        if left < 0:
            raise BadSheet("sheet_unpacks_too_large")
        places = chain(CELL.findall(part), ROW.findall(part))
        if any(_is_far_out(*place, rows_max=rows_max) for place in places):
            raise BadSheet("sheet_too_many_rows", most=rows_max)


def _unpacked(content: bytes) -> Iterable[bytes]:
    """Every part of the archive, unpacked to the limit whatever its headers claim."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadSheet("sheet_not_read") from error
    if len(members) > MEMBERS_MAX or "xl/workbook.xml" not in {member.filename for member in members}:
        raise BadSheet("sheet_not_read")
    for member in members:
        start = member.header_offset + LOCAL_HEADER
        lengths = content[start - 4 : start]
        start += int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        packed = content[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            yield packed
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            yield _inflated(packed)
        else:
            raise BadSheet("sheet_not_read")


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, UNPACKED_MAX + 1)
    except zlib.error as error:
        raise BadSheet("sheet_not_read") from error


def _is_far_out(letters: bytes, digits: bytes, *, rows_max: int) -> bool:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - ord("A") + 1
    return column > COLUMNS_MAX or int(digits) > 2 * rows_max
