"""The pages of a sheet of rooms: out, a look at what changes, and saved in one step."""

from dataclasses import replace
from io import BytesIO

import pytest

from referral.formats.seats_sheet import COLUMNS, cells_of, read_sheet
from referral.formats.tables_xlsx import xlsx_of
from tests.pages import page
from tests.programs import load_file
from tests.web.test_seats import agency, room


@pytest.fixture
def staff(saved, signed_in):
    saved(load_file)
    return signed_in("collaborative_staff", at=saved(agency))


def rows_of(staff, name: str = "rooms.xlsx"):
    answer = staff.get(f"/programs/mine/{name}")
    assert answer.status_code == 200
    assert name in answer.headers["Content-Disposition"]
    return list(read_sheet(answer.data).rows)


def sheet_of(rows) -> bytes:
    return xlsx_of("Rooms", COLUMNS, [cells_of(row, "Bridge Program", "Room") for row in rows])


def send(staff, content: bytes, name: str = "rooms.xlsx"):
    return staff.post("/programs/mine/rooms", data={"sheet": (BytesIO(content), name)})


def fields_of(soup) -> dict[str, str]:
    form = soup.select_one("form[action='/programs/mine/rooms/save']")
    fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    fields.pop("csrf_token", None)
    return fields


def test_both_downloads_hold_every_room(staff):
    assert [(row.program, row.room, row.licensed) for row in rows_of(staff)] == [
        ("bridge", "room-1", 8),
        ("bridge", "room-2", 6),
    ]
    assert rows_of(staff, "rooms.csv") == rows_of(staff)


def test_a_sheet_is_looked_at_and_then_saved(staff, app):
    first, second = rows_of(staff)

    soup = page(send(staff, sheet_of([replace(first, enrolled=6), second])))
    assert "Enrolled 5 → 6" in " ".join(soup.get_text().split())
    assert room(app).enrolled == 5

    answer = staff.post("/programs/mine/rooms/save", data=fields_of(soup), follow_redirects=True)
    assert "1 room saved, confirmed as of today." in page(answer).get_text()
    assert room(app).enrolled == 6


def test_problems_are_told_by_row_and_column_and_nothing_can_be_saved(staff):
    first, _ = rows_of(staff)
    bad = sheet_of([replace(first, enrolled=9), replace(first, room="attic")])

    answer = send(staff, bad)
    soup = page(answer)

    assert answer.status_code == 422
    assert [cell.get_text() for cell in soup.select_one("tbody").select("th")] == ["Row 2", "Row 3"]
    assert soup.select_one("form[action='/programs/mine/rooms/save']") is None


def test_both_numbers_of_a_stale_row_are_shown_and_the_choice_is_followed(staff, app):
    first, _ = rows_of(staff)
    staff.post("/programs/bridge/seats/room-1/step", data={"counted": "enrolled", "by": "-1", "version": "1"})

    soup = page(send(staff, sheet_of([replace(first, enrolled=6)])))
    assert "Enrolled 4 → 6" in " ".join(soup.get_text().split())
    fields = fields_of(soup)
    staff.post("/programs/mine/rooms/save", data=fields)
    assert room(app).enrolled == 4

    tick = soup.select_one("input[name=keep_mine]")["value"]
    staff.post("/programs/mine/rooms/save", data=fields | {"keep_mine": tick})
    assert room(app).enrolled == 6


def test_a_change_between_look_and_save_shows_both_instead_of_saving(staff, app):
    first, _ = rows_of(staff)
    fields = fields_of(page(send(staff, sheet_of([replace(first, enrolled=6)]))))
    staff.post("/programs/bridge/seats/room-1/step", data={"counted": "held", "by": "-1", "version": "1"})

    answer = staff.post("/programs/mine/rooms/save", data=fields)

    assert answer.status_code == 409
    assert page(answer).select_one("input[name=keep_mine]")
    assert room(app).enrolled == 5


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\0", "not a spreadsheet"), (b"Room", "The column Licensed is missing"), (b"", "Choose")],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(staff, content, words):
    answer = send(staff, content, "" if not content else "rooms.xlsx")

    assert answer.status_code == 422
    assert words in page(answer).get_text()


def test_staff_of_another_collaborative_find_none_of_these_rooms(staff, saved, signed_in):
    rows = rows_of(staff)
    stranger = signed_in("collaborative_staff")

    assert rows_of(stranger) == []
    soup = page(send(stranger, sheet_of(rows)))
    assert "None of your rooms in use has this key" in soup.get_text()
    assert signed_in("coordinator").get("/programs/mine/rooms.xlsx").status_code == 403
