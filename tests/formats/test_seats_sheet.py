"""Sheets of rooms: what goes out comes in again, people's spellings are read, and traps are refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.formats.seats_sheet import COLUMNS, as_text, cells_of, read_sheet
from referral.formats.sheet_reading import UNPACKED_MAX
from referral.formats.tables_csv import csv_of
from referral.formats.tables_xlsx import xlsx_of
from referral.rules.seat_sheets import BYTES_MAX, ROWS_MAX, SheetRow

ROW = SheetRow(2, "bridge", "room-1", 3, 8, 5, 1, 80, 112)
counts = st.integers(0, 500)
ages = st.one_of(st.none(), st.integers(24, 300))


def csv_sheet(*lines: str) -> bytes:
    return "\n".join(["Program key,Room key,Version,Licensed,Enrolled,Held,Youngest,Oldest", *lines]).encode()


def found(content: bytes) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in read_sheet(content).problems]


@given(counts, counts, counts, ages, ages, st.integers(1, 9999))
def test_what_goes_out_comes_in_again(licensed, enrolled, held, youngest, oldest, version):
    row = SheetRow(2, "bridge", "room-1", version, licensed, enrolled, held, youngest, oldest)
    cells = [cells_of(row, "=Bridge", "Room 1", "2026-11-19")]

    assert read_sheet(xlsx_of("Rooms", COLUMNS, cells)).rows == (row,)
    assert read_sheet(csv_of(COLUMNS, cells).encode("utf-8-sig")).rows == (row,)
    assert read_sheet(as_text(read_sheet(xlsx_of("Rooms", COLUMNS, cells))).encode()).rows == (row,)


def test_a_room_whose_seats_are_not_known_stays_so():
    row = SheetRow(2, "bridge", "room-1", 1)

    assert read_sheet(xlsx_of("Rooms", COLUMNS, [cells_of(row, "B", "R")])).rows == (row,)
    assert row.is_blank


def test_no_cell_that_goes_out_is_a_formula():
    text = csv_of(COLUMNS, [cells_of(ROW, "=HYPERLINK(1)", "+room", "")])

    assert "'=HYPERLINK(1),'+room" in text


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("8,5,1,6y 8m,9y 4m", (8, 5, 1, 80, 112)),
        (" 8 , 5.0 ,1 seat,80 months,9", (8, 5, 1, 80, 108)),
        ("8 seats,5 students,,,", (8, 5, None, None, None)),
        (",,,,", (None, None, None, None, None)),
        (",,0,,", (None, None, 0, None, None)),
    ],
)
def test_numbers_and_ages_are_read_as_people_type_them(cells, expected):
    [row] = read_sheet(csv_sheet(f"bridge,room-1,3,{cells}")).rows

    assert (row.licensed, row.enrolled, row.held, row.youngest_months, row.oldest_months) == expected


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("eight,5,1,,", ("Licensed", "sheet_number")),
        ("8,-5,1,,", ("Enrolled", "sheet_number")),
        ("8,5.5,1,,", ("Enrolled", "sheet_number")),
        ("8,12345,1,,", ("Enrolled", "sheet_number")),
        ("8,,1,,", ("Enrolled", "sheet_number_missing")),
        (",5,1,,", ("Licensed", "sheet_number_missing")),
        (",,1,,", ("Licensed", "sheet_number_missing")),
        ("8,5,1,young,", ("Youngest", "sheet_age")),
        ("8,5,1,,9.5", ("Oldest", "sheet_age")),
    ],
)
def test_a_cell_that_makes_no_sense_is_named_by_row_and_column(cells, problem):
    assert found(csv_sheet("bridge,room-0,1,1,1,0,,", f"bridge,room-1,3,{cells}")) == [(3, *problem)]


def test_a_row_without_its_keys_is_named():
    assert found(csv_sheet(",,,8,5,1,,")) == [
        (2, "Program key", "sheet_key_missing"),
        (2, "Room key", "sheet_key_missing"),
        (2, "Version", "sheet_key_missing"),
    ]


def test_headings_may_stand_in_any_order_and_case_and_blank_rows_are_passed_over():
    sheet = b"held;ENROLLED;Licensed ;room key;program  key;version\n\n1;5;8;room-1;bridge;3\n;;;;;\n"

    assert read_sheet(sheet).rows == (SheetRow(3, "bridge", "room-1", 3, 8, 5, 1),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", (0, "", "sheet_column_missing")),
        (b"Program,Room\n1,2", (1, "Licensed", "sheet_column_missing")),
        (csv_sheet(), (0, "", "sheet_empty")),
        (b"\0\1\2", (0, "", "sheet_not_read")),
        (b"PK not an archive", (0, "", "sheet_not_read")),
        (b'"never closed', (0, "", "sheet_not_read")),
        (b"a" * (BYTES_MAX + 1), (0, "", "sheet_too_large")),
        (csv_sheet(*["bridge,r,1,1,1,0,,"] * (ROWS_MAX + 1)), (0, "", "sheet_too_many_rows")),
        (b"," * 200_000 + b"\n1", (0, "", "sheet_too_many_rows")),
    ],
)
def test_a_file_that_is_no_sheet_of_rooms_is_refused_in_a_sentence(content, problem):
    first = found(content)[0]

    assert first[2] == problem[2]


def workbook(**parts: bytes) -> bytes:
    """A workbook of ours with some parts replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx_of("Rooms", COLUMNS, [cells_of(ROW, "B", "R")]))) as made:
        kept = {name: made.read(name) for name in made.namelist()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (kept | parts).items():
            book.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_is_refused():
    assert found(workbook(**{"xl/media/a.xml": b"0" * (UNPACKED_MAX + 1)})) == [
        (0, "", "sheet_unpacks_too_large")
    ]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (b"", b'r="XFD1048576"'),
        (b"", b"r = 'A1048576'"),
        (b"", b'r="ZZ1"'),
        (b'r="1048576"', b""),
    ],
)
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(row, cell):
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c r="A1"><v>1</v></c></row><row %b><c %b><v>1</v></c></row></sheetData></worksheet>'
    ) % (row, cell)

    assert found(workbook(**{"xl/worksheets/sheet1.xml": sheet})) == [(0, "", "sheet_too_many_rows")]


def test_an_archive_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert found(out.getvalue()) == [(0, "", "sheet_not_read")]


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK", b"PK\3\4", csv_sheet("bridge,room-1,")]))
def test_no_bytes_make_a_fault(content, start):
    read = read_sheet(start + content)

    assert read.rows or read.problems


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_no_damaged_workbook_makes_a_fault(place, damage):
    whole = workbook()
    place %= len(whole)

    read_sheet(whole[:place] + damage + whole[place + len(damage) :])
