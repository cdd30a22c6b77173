"""Tables for a spreadsheet: exactly the cells, and none that acts as a formula."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referral.formats.tables_csv import FORMULA_STARTERS, csv_of, neutral, plain
from referral.formats.tables_xlsx import xlsx_of


def read(text):
    return list(csv.reader(StringIO(text)))


def sheet_of(content):
    """The XML of the first sheet and the texts it shares."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = set(book.namelist())
        shared = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in names else ""
        return book.read("xl/worksheets/sheet1.xml").decode(), shared


def test_a_table_has_its_headings_and_cells():
    text = csv_of(["Program", "Seats", "Due"], [["Bridge, the", 2, date(2027, 1, 5)], ["Harbor", None, None]])

    assert read(text) == [["Program", "Seats", "Due"], ["Bridge, the", "2", "2027-01-05"], ["Harbor", "", ""]]


@pytest.mark.parametrize("start", [*FORMULA_STARTERS, "  ="])
def test_a_cell_that_could_act_as_a_formula_is_made_text(start):
    [_, [cell]] = read(csv_of(["Note"], [[f"{start}1+1"]]))

    assert cell == f"'{start}1+1"


@example("'=1")
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_every_text_comes_back_and_none_starts_a_formula(text):
    [_, *rows] = read(csv_of(["A", "B"], [[text, "x"]]))

    assert [plain(cell) for cell in rows[0]] == [text, "x"]
    assert not neutral(text).startswith(FORMULA_STARTERS)


def test_a_negative_number_stays_a_number():
    assert read(csv_of(["Change"], [[-1]])) == [["Change"], ["-1"]]


def test_a_sheet_has_no_formula_and_no_link():
    cells, shared = sheet_of(xlsx_of("Seats", ["Text"], [["=1+1"], ["https://example.org"], [3], [None]]))

    assert "<f>" not in cells
    assert "hyperlink" not in cells
    assert "'=1+1" in shared
    assert "<v>3</v>" in cells


def test_a_sheet_takes_a_title_of_any_length_and_sign():
    for title in ("Referrals [all] / 2027: a title that is much too long", "", "'"):
        assert sheet_of(xlsx_of(title, ["A"], [["b"]]))
