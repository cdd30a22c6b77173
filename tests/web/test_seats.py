"""The pages where staff keep seats."""

import pytest
from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.seats import Room
from referral.rules.referrals import Verb
from tests.databases import at_most
from tests.pages import page
from tests.programs import PROGRAM, a_file, load_file
from tests.referrals import a_cast, moved, referred

TYPED = {"licensed": "9", "enrolled": "6", "held": "1", "youngest": "6y 8m", "oldest": "9y 4m"}
PAGES = ["seats", "seats/history", "seats/room-1", "edit", "rooms", "rooms/add", "rooms/room-1", "prices"]


def agency(slug: str = "river") -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()


@pytest.fixture
def staff(saved, signed_in):
    saved(load_file)
    return signed_in("collaborative_staff", at=saved(agency))


def room(app, key: str = "room-1") -> Room:
    with app.app_context():
        return db.session.scalars(select(Room).where(Room.key == key)).one()


def buttons(staff, address: str, words: str) -> list:
    return [one for one in page(staff.get(address)).find_all("button") if one.get_text().startswith(words)]


def sent(version: int = 1, **changes) -> dict[str, str]:
    return TYPED | {"version": str(version)} | changes


def test_staff_see_their_programs_with_the_age_of_each_fact(staff):
    soup = page(staff.get("/programs/mine"))

    assert soup.select_one("h2 a").get_text() == "Bridge Program"
    assert len(soup.select("tbody tr")) == 2
    assert "Confirmed" in soup.select_one("tbody tr").get_text()


def test_staff_without_programs_are_told(signed_in):
    assert page(signed_in("collaborative_staff").get("/programs/mine")).select(".empty")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_staff_opens_and_is_another_s_404(staff, signed_in, address):
    page(staff.get(f"/programs/bridge/{address}"))

    assert signed_in("collaborative_staff").get(f"/programs/bridge/{address}").status_code == 404
    assert signed_in("coordinator").get(f"/programs/bridge/{address}").status_code == 403
    assert staff.get(f"/programs/nothing/{address}").status_code == 404


def test_numbers_are_saved_and_shown(staff, app):
    answer = staff.post("/programs/bridge/seats/room-1", data=sent() | {"openings-0-month": "Jan 2027"})

    assert (answer.status_code, answer.location) == (303, "/programs/bridge/seats#room-room-1")
    assert (room(app).licensed, room(app).youngest_months, room(app).version) == (9, 80, 2)
    assert "2 open of 9" in " ".join(page(staff.get("/programs/bridge/seats")).get_text().split())


def test_ages_in_years_hold_youngest_and_oldest(staff, app):
    staff.post("/programs/bridge/seats/room-1", data=sent(youngest="6 to 9 years", oldest=""))

    assert (room(app).youngest_months, room(app).oldest_months) == (72, 119)


def test_an_oldest_age_of_its_own_counts_before_a_range(staff, app):
    staff.post("/programs/bridge/seats/room-1", data=sent(youngest="6 to 9 years", oldest="10y 2m"))

    assert (room(app).youngest_months, room(app).oldest_months) == (72, 122)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"licensed": "5"}, "5 licensed seats cannot hold 7 students"),
        ({"licensed": ""}, "Enter the number of licensed seats"),
        ({"enrolled": "many"}, "Enter the number of students enrolled, such as 8"),
        ({"held": "9" * 5000}, "Enter a number of seats from 0 to 500"),
        ({"oldest": "5y"}, "The oldest student cannot be younger"),
        ({"youngest": "young"}, "Enter an age in years and months"),
        ({"openings-0-month": "soon"}, "Enter a month and year"),
        (
            {"openings-0-month": "", "openings-0-seats": "2"},
            "Enter the month in which these seats are expected",
        ),
        ({"openings-1-month": "Jan 2020"}, "Enter a month from this one"),
        ({"openings-1-month": "Jan 2027", "openings-1-seats": "10"}, "Enter from 1 seat"),
    ],
)
def test_a_number_that_cannot_be_is_explained_beside_its_field(staff, app, changes, sentence):
    answer = staff.post("/programs/bridge/seats/room-1", data=sent(**changes))

    soup = page(answer)
    assert answer.status_code == 422
    assert sentence in soup.select_one(".error-summary").get_text()
    assert room(app).version == 1


def test_a_save_over_someone_else_s_shows_both_and_keeps_what_was_typed(staff, app):
    staff.post("/programs/bridge/seats/room-1", data=sent(licensed="12"))

    answer = staff.post("/programs/bridge/seats/room-1", data=sent())

    soup = page(answer)
    assert answer.status_code == 409
    licensed = soup.find("th", string="Licensed").find_parent("tr").get_text(" ").split()
    assert licensed == ["Licensed", "12", "9", "differs"]
    assert soup.find(id="licensed")["value"] == "9"
    assert soup.find(id="version")["value"] == "2"
    assert room(app).licensed == 12


def test_the_same_form_sent_again_after_comparing_is_saved(staff, app):
    staff.post("/programs/bridge/seats/room-1", data=sent(licensed="12"))
    staff.post("/programs/bridge/seats/room-1", data=sent())

    assert staff.post("/programs/bridge/seats/room-1", data=sent(version=2)).status_code == 303
    assert room(app).licensed == 9


def test_plus_and_minus_work_without_a_script(staff, app):
    plus = buttons(staff, "/programs/bridge/seats", "+")[0].find_parent("form")
    fields = {
        field["name"]: field["value"] for field in plus.select("input") if field["name"] != "csrf_token"
    }

    assert staff.post(plus["action"], data=fields).status_code == 303
    assert room(app).licensed == 9


def test_a_step_too_far_is_explained_on_the_next_page(staff):
    step = {"counted": "licensed", "by": "-1", "version": "1"}
    staff.post("/programs/bridge/seats/room-1/step", data=step | {"counted": "enrolled", "by": "1"})
    staff.post(
        "/programs/bridge/seats/room-1/step", data=step | {"counted": "enrolled", "by": "1", "version": "2"}
    )

    answer = staff.post(
        "/programs/bridge/seats/room-1/step", data=step | {"version": "3"}, follow_redirects=True
    )

    assert "7 licensed seats cannot hold 8 students" in page(answer).get_text()


@pytest.mark.parametrize("step", [{"counted": "id", "by": "1"}, {"counted": "held", "by": "7"}, {}])
def test_only_seats_step_by_one(staff, step):
    assert staff.post("/programs/bridge/seats/room-1/step", data=step | {"version": "1"}).status_code == 404


def test_a_stale_step_is_refused(staff, app):
    step = {"counted": "held", "by": "1", "version": "7"}

    assert staff.post("/programs/bridge/seats/room-1/step", data=step).status_code == 409
    assert room(app).held == 1


def test_still_right_is_one_click(staff, app):
    form = buttons(staff, "/programs/mine", "Still right")[0].find_parent("form")
    fields = {
        field["name"]: field["value"] for field in form.select("input") if field["name"] != "csrf_token"
    }

    answer = staff.post(form["action"], data=fields, follow_redirects=True)

    assert "Confirmed 1 room as of today." in page(answer).get_text()
    assert room(app).version == 2


def test_an_example_offers_no_still_right_outside_the_demo(staff):
    assert len(buttons(staff, "/programs/mine", "Still right")) == 1
    answer = staff.post("/programs/bridge/seats/confirm", data={"version-room-2": "1"})
    assert answer.status_code == 422
    assert "These seats are an example" in page(answer).get_text()


def test_nothing_of_a_refused_confirmation_is_saved(staff, app):
    answer = staff.post("/programs/bridge/seats/confirm", data={"version-room-1": "1", "version-room-2": "1"})

    assert answer.status_code == 422
    assert room(app).version == 1


def test_a_stranger_confirms_and_steps_nothing(staff, signed_in):
    stranger = signed_in("collaborative_staff")

    assert stranger.post("/programs/bridge/seats/confirm", data={"version-room-1": "1"}).status_code == 404
    assert (
        stranger.post("/programs/bridge/seats/room-1/step", data={"counted": "held", "by": "1"}).status_code
        == 404
    )
    assert stranger.post("/programs/bridge/seats/room-1", data=sent()).status_code == 404


def test_the_history_shows_who_reported_what(staff):
    staff.post("/programs/bridge/seats/room-1", data=sent())

    rows = page(staff.get("/programs/bridge/seats/history")).select("tbody tr")

    assert len(rows) == 3
    assert "9 licensed, 6 enrolled, 1 held" in rows[0].get_text()


def test_the_history_tells_what_a_referral_held_and_does_not_name_the_district(saved, signed_in):
    def offered():
        cast = a_cast()
        [row] = referred(cast)
        verbs = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER, Verb.ACCEPT, Verb.ENROLL)
        return cast.coordinator.name, moved(cast, row, *verbs).ref

    coordinator, ref = saved(offered)
    staff = signed_in("collaborative_staff", at=saved(agency))

    soup = page(staff.get("/programs/bridge/seats/history"))

    rows = [" ".join(row.get_text(" ").split()) for row in soup.select("tbody tr")]
    assert f"1 held seat filled by referral {ref}" in rows[0]
    assert f"1 seat held for referral {ref}" in rows[1]
    assert rows[0].endswith("The district")
    assert coordinator not in soup.get_text()


def test_staff_are_told_how_many_seats_referrals_hold(saved, signed_in, app):
    def offered():
        cast = a_cast()
        moved(cast, *referred(cast), Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)

    saved(offered)
    staff = signed_in("collaborative_staff", at=saved(agency))

    answer = staff.post("/programs/bridge/seats/room-1", data=sent(held="0", version=str(2)))

    assert answer.status_code == 422
    assert "Referrals hold 1 here. Enter 1 or more." in page(answer).select_one(".error-summary").get_text()
    retired = staff.post("/programs/bridge/rooms/room-1/retire", data={"version": "2"}, follow_redirects=True)
    assert "Referrals hold or fill 1 of this room's seats." in page(retired).get_text()


def test_statements_do_not_grow_with_programs_and_rooms(saved, signed_in, engine):
    rooms = [{"key": f"room-{n}", "seats": {"licensed": 8, "enrolled": 4}} for n in range(6)]
    saved(
        load_file, a_file(*(PROGRAM | {"key": f"p-{n}", "rooms": rooms, "examples": None} for n in range(30)))
    )
    staff = signed_in("collaborative_staff", at=saved(agency))

    with at_most(7, engine):
        staff.get("/programs/mine")
    with at_most(8, engine):
        staff.get("/programs/p-3/seats")
