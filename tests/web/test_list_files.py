"""Lists as files: what the filters leave, in the page's order, and no formula."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from tests.pages import page
from tests.rankings import a_ranking, staff_of


def lines(answer):
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def browser(saved, signed_in):
    def make():
        coordinator, _ = staff_of()
        a_ranking(coordinator)
        return coordinator

    coordinator = saved(make)
    return signed_in(Role.COORDINATOR, at=saved(lambda: _district(coordinator)))


def _district(actor):
    return db.session.get(Organisation, actor.assignments[0].organisation_id)


def test_the_directory_as_a_file_holds_what_the_filters_leave(browser):
    everything = lines(browser.get("/programs/list.csv"))
    some = lines(browser.get("/programs/list.csv?q=bridge"))

    assert {line["Program"] for line in everything} >= {"Bridge Program", "Harbor School"}
    assert [line["Program"] for line in some] == ["Bridge Program"]
    assert some[0]["Member, dollars a year"] == "52000"
    assert some[0]["Example figures"] == "yes"


def test_the_directory_as_a_spreadsheet_holds_the_same(browser):
    answer = browser.get("/programs/list.xlsx?q=bridge")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()

    assert (rows[0][0], rows[1][0]) == ("Program", "Bridge Program")
    assert 'filename="programs.xlsx"' in answer.headers["Content-Disposition"]


def test_students_as_a_file_hold_codes_and_bands(browser):
    [line] = lines(browser.get("/students/list.csv"))

    assert line["Code"].startswith("S-")
    assert (line["Age"], line["Primary disability"]) == ("9 to 11", "Autism")
    assert lines(browser.get("/students/list.csv?q=zzzz")) == []


def test_a_spreadsheet_of_students_holds_the_same(browser):
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(browser.get("/students/list.xlsx").data))
        .get_sheet_by_index(0)
        .to_python()
    )

    assert len(rows) == 2


@pytest.mark.parametrize("address", ["/programs?q=bridge", "/students?q=S"])
def test_the_page_links_to_the_file_of_what_it_shows(browser, address):
    links = [link["href"] for link in page(browser.get(address)).select("a[href*='/list.']")]
    path, _, query = address.partition("?")

    assert links == [f"{path}/list.csv?{query}", f"{path}/list.xlsx?{query}"]


def test_staff_of_a_program_have_no_file_of_students(signed_in):
    assert signed_in(Role.COLLABORATIVE_STAFF).get("/students/list.csv").status_code == 403
