"""All rooms out to a spreadsheet and back: staff change a number, look at what changes, and save."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands


@pytest.fixture
def page(own_site, windows) -> Page:
    return windows.open(own_site, Role.COLLABORATIVE_STAFF)


def taken_out(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def send_back(page: Page, folder: Path, rows: list[dict[str, str]]) -> None:
    file = folder / "rooms.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    page.get_by_label("Spreadsheet of rooms").set_input_files(file)
    Hands(page).click("See what would change")


def test_a_number_changed_in_the_sheet_is_saved_after_a_look(page, tmp_path):
    page.goto("/programs/mine")
    hands = Hands(page)
    hands.click("All rooms in a spreadsheet")
    rows = taken_out(page)
    first = rows[0]
    first["Licensed"] = str(int(first["Licensed"]) + 1)
    send_back(page, tmp_path, rows)

    hands.reads("What the spreadsheet would change")
    expect(page.get_by_role("region", name="Rooms that change").locator("tbody tr")).to_have_count(1)
    check_gate(page)
    hands.click("Save all of it")

    expect(page.get_by_role("status").first).to_contain_text("1 room saved, confirmed as of today.")


def test_what_is_wrong_is_named_by_row_and_column(page, tmp_path):
    page.goto("/programs/mine/rooms")
    rows = taken_out(page)
    rows[0]["Enrolled"] = "many"
    send_back(page, tmp_path, rows)

    expect(page.get_by_role("row").filter(has_text="Row 2")).to_contain_text("instead of “many”")
    check_gate(page)
