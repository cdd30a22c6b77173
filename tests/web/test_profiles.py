"""Staff edit the profile, rooms and prices of their programs."""

import pytest
from sqlalchemy import select

from matching import Interval
from matching.vocabulary import Feature, Service
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.programs import get
from referral.rules.permissions import COMMAND
from tests.pages import page
from tests.programs import load_file

PRICE = {"item": "tuition", "audience": "members", "usd_per_year": "$58,400", "valid_from": "Jul 1, 2026"}


@pytest.fixture
def staff(saved, signed_in):
    saved(load_file)
    agency = saved(lambda: db.session.scalars(select(Organisation).where(Organisation.slug == "river")).one())
    return signed_in("collaborative_staff", at=agency)


def record(app):
    with app.app_context():
        return get(COMMAND, "bridge").record


def filled(staff, address: str = "/programs/bridge/edit") -> dict[str, object]:
    """What the form of a page would send as it stands."""
    form = page(staff.get(address)).select("main form:not(.post)")[0]
    values: dict[str, object] = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values[control["name"]] = chosen["value"]
        elif control.name == "textarea":
            values[control["name"]] = control.get_text().strip()
        elif control["type"] in ("checkbox", "radio"):
            if control.has_attr("checked"):
                values.setdefault(control["name"], []).append(control["value"])
        else:
            values[control["name"]] = control.get("value", "")
    return values


def test_a_form_sent_as_it_stands_changes_nothing(staff, app):
    before = record(app)

    answer = staff.post("/programs/bridge/edit", data=filled(staff))

    assert answer.status_code == 303
    assert record(app) == before


def test_facts_are_saved(staff, app):
    changes = {
        "ages": "5 to 15",
        "services-nursing-delivery": "consult",
        "services-nursing-minutes": "60 min",
        "features-lift": "no",
        "communication_modes-asl": "yes",
        "levels-behavior": "1-3",
        "grades": ["K", "1", "2"],
        "students_per_adult": "10:2",
        "days": "180",
        "confirmed": ["program_type"],
    }

    answer = staff.post("/programs/bridge/edit", data=filled(staff) | changes)

    saved = record(app)
    assert answer.status_code == 303
    assert (saved.ages, saved.services[Service.NURSING].minutes_per_week_max) == (Interval(5, 15), 60)
    assert (saved.features[Feature.LIFT], saved.calendar.days, saved.inferred) == (False, 180, ())
    assert len(saved.grades) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "Enter the program's name"),
        ({"ages": "15-5"}, "Enter ages from 0 to 30"),
        ({"ages": "5-99"}, "Enter ages from 0 to 30"),
        ({"levels-behavior": "5"}, "Enter a level from 0 to 4"),
        ({"days": "400"}, "Enter days, such as 180"),
        ({"students_per_adult": "0:3"}, "Enter students to adults"),
        ({"services-nursing-minutes": "9999"}, "Enter minutes a week up to 3000"),
        ({"status": "open"}, "Choose one of the options"),
    ],
)
def test_what_cannot_be_is_explained(staff, app, changes, sentence):
    answer = staff.post("/programs/bridge/edit", data=filled(staff) | changes)

    assert answer.status_code == 422
    assert sentence in page(answer).select_one(".error-summary").get_text()
    assert record(app).ages == Interval(6, 14)


def test_an_edit_over_someone_else_s_shows_both_and_keeps_what_was_typed(staff, app):
    old = filled(staff)
    staff.post("/programs/bridge/edit", data=old | {"ages": "5-15"})

    answer = staff.post("/programs/bridge/edit", data=old | {"ages": "6-18"})

    soup = page(answer)
    row = soup.find("th", string="Ages").find_parent("tr")
    assert answer.status_code == 409
    assert [cell.get_text() for cell in row.find_all("td")] == ["5 to 15", "6 to 18"]
    assert soup.find(id="ages")["value"] == "6-18"
    assert record(app).ages == Interval(5, 15)


def test_a_room_is_added_and_its_seats_asked_for(staff, app):
    answer = staff.post(
        "/programs/bridge/rooms/add", data={"site": "", "name": "Blue Room", "ages": "10-12", "grades": "4-6"}
    )

    assert (answer.status_code, answer.location) == (303, "/programs/bridge/seats/blue-room")
    assert record(app).rooms[-1].ages == Interval(10, 12)
    page(staff.get("/programs/bridge/seats/blue-room"))


def test_the_group_of_a_room_and_its_staff_are_saved(staff, app):
    typed = {
        "site": "",
        "name": "Blue Room",
        "group_students": "7 students",
        "special_educators": "1",
        "aides": "2",
    }
    staff.post("/programs/bridge/rooms/add", data=typed)

    room = record(app).rooms[-1]
    assert (room.group_students, room.special_educators, room.aides) == (7, 1, 2)
    form = page(staff.get("/programs/bridge/rooms/blue-room"))
    assert [form.find(id=name)["value"] for name in ("group_students", "aides")] == ["7", "2"]
    refused = staff.post("/programs/bridge/rooms/add", data=typed | {"name": "Red", "aides": "51"})
    assert "Enter a number of aides, such as 2" in page(refused).select_one(".error-summary").get_text()


def test_a_room_needs_a_name_of_its_own(staff):
    staff.post("/programs/bridge/rooms/add", data={"site": "", "name": "Blue Room"})

    answer = staff.post("/programs/bridge/rooms/add", data={"site": "", "name": "blue room"})

    assert (
        "Another room of this program has this name" in page(answer).select_one(".error-summary").get_text()
    )


def test_a_room_is_renamed_and_retired(staff, app):
    staff.post("/programs/bridge/rooms/room-1", data={"site": "", "name": "Green", "version": "1"})
    assert record(app).rooms[0].name == "Green"

    assert staff.post("/programs/bridge/rooms/room-1/retire", data={"version": "1"}).status_code == 409
    assert staff.post("/programs/bridge/rooms/room-1/retire", data={"version": "2"}).status_code == 303
    assert record(app).rooms == ()


def test_a_price_is_added_from_a_date(staff, app):
    answer = staff.post("/programs/bridge/prices", data=PRICE)

    assert answer.status_code == 303
    assert [price.usd_per_year for price in record(app).prices] == [58_400]
    assert "$58,400" in page(staff.get("/programs/bridge")).get_text()


def test_a_price_for_the_same_days_is_refused_with_a_sentence(staff):
    staff.post("/programs/bridge/prices", data=PRICE)

    answer = staff.post("/programs/bridge/prices", data=PRICE | {"valid_from": "2027-07-01"})

    assert answer.status_code == 422
    assert "holds on these days" in page(answer).select_one(".error-summary").get_text()


def test_a_price_gets_its_last_day(staff, app):
    staff.post("/programs/bridge/prices", data=PRICE)
    address = "/programs/bridge/prices/tuition/members/2026-07-01/end"

    answer = staff.post(address, data=filled(staff, address) | {"valid_to": "Jun 30, 2027"})

    assert answer.status_code == 303
    assert str(record(app).prices[0].valid_to) == "2027-06-30"


@pytest.mark.parametrize("address", ["tuition/members/2020-01-01", "x/y/z", "tuition/members/1900-01-01"])
def test_a_price_that_is_not_there_has_no_page(staff, address):
    assert staff.get(f"/programs/bridge/prices/{address}/end").status_code == 404
