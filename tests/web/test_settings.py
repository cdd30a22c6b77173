"""Settings of an organization: what can be set, by whom, and what two who save at once see."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from referral.models.audit import AuditEvent
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.models.settings import DayOff, OrganisationSettings
from referral.models.users import User
from referral.queries.settings import settings_of
from referral.rules.areas import AreaCounts
from referral.rules.settings import Approval
from tests.conftest import client_of
from tests.factories import a_collaborative, a_district, a_user
from tests.pages import page

YEAR = utc_now().year + 1
DISTRICT = {
    "zone": "America/New_York",
    "version": "0",
    "approval": "on",
    "deputy": "",
    "live_referrals_max": "4",
    "days_approval_remind": "2",
    "days_disclose_remind": "5",
    "days_answer_remind": "5",
    "days_enroll": "10",
    "days_reconfirm": "30",
    "days_monitor": "90",
    "days_review": "365",
}
COLLABORATIVE = {
    "zone": "America/Chicago",
    "version": "0",
    "days_acknowledge": "3",
    "days_enquiry_expire": "10",
    "days_decide": "10",
    "days_hold": "30",
    "days_second_look": "5",
}

AREAS = {
    "region": " Merrimack  Valley ",
    "region_children": "11500",
    "district_children": "520",
    "counted_year": "2025",
    "source": "State profiles, 2025",
    "k": "12",
}


@pytest.fixture
def home(saved):
    return saved(a_district, name="Lexington District", state="MA", town="Lexington")


@pytest.fixture
def director(signed_in, home):
    return signed_in("director", at=home)


@pytest.fixture
def stored(app):
    """The settings of an organization as stored."""

    def read(place):
        with app.app_context():
            return settings_of(db.session.get(Organisation, place.id))

    return read


def audited(app):
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.startswith("settings:")))
        return [(row.tag, row.facts) for row in rows.all()]


def test_a_director_sets_what_a_district_sets(director, home, saved, stored, app):
    deputy = saved(a_user, "coordinator", at=home)
    shown = page(director.get("/settings"))
    assert shown.h1.get_text() == "Settings of Lexington District"
    assert shown.select_one("#days_decide") is None

    typed = {"approval": "own_allowed", "deputy": deputy.ref, "live_referrals_max": "6", "days_review": "200"}
    answer = director.post("/settings", data=DISTRICT | typed)

    assert answer.status_code == 303
    now = stored(home)
    assert (now.approval, now.deputy_id, now.live_referrals_max) == (Approval.OWN_ALLOWED, deputy.id, 6)
    assert now.clock_days == {"review": 200}
    [(tag, facts)] = audited(app)
    assert tag == "settings:organisation:saved"
    assert facts == {
        "approval": ["on", "own_allowed"],
        "clock_days": [{}, {"review": 200}],
        "deputy_id": [None, deputy.id],
        "live_referrals_max": [4, 6],
    }


def test_a_director_says_how_many_children_live_around(director, home, stored, app):
    for typed, said in (
        ({"region": ""}, "Enter the region"),
        ({"region": "Greater Lexington"}, "does not hold the name of your district or town"),
        ({"region_children": ""}, "how many children with IEPs live in the region"),
        ({"region_children": "100"}, "no more children than the region has"),
        ({"counted_year": "1990"}, "the year in which these children were counted"),
        ({"source": ""}, "where these numbers come from"),
        ({"k": "4"}, "Enter from 5 to 1000 children"),
    ):
        refused = director.post("/settings", data=DISTRICT | AREAS | typed)
        assert refused.status_code == 422
        assert said in page(refused).select_one(".error-summary").get_text()
    assert stored(home).areas == AreaCounts()

    assert director.post("/settings", data=DISTRICT | AREAS).status_code == 303

    assert stored(home).areas == AreaCounts("Merrimack Valley", 11_500, 520, 2025, "State profiles, 2025", 12)
    [(_, facts)] = audited(app)
    assert facts == {
        "region": "changed",
        "region_children": [None, 11_500],
        "district_children": [None, 520],
        "counted_year": [None, 2025],
        "count_source": "changed",
        "meter_k": [10, 12],
    }
    shown = page(director.get("/settings"))
    assert shown.select_one("#region")["value"] == "Merrimack Valley"


def test_an_administrator_sets_what_a_collaborative_sets(signed_in, saved, stored):
    place = saved(a_collaborative)
    browser = signed_in("collaborative_administrator", at=place)
    assert page(browser.get("/settings")).select_one("#approval") is None

    answer = browser.post("/settings", data=COLLABORATIVE | {"days_decide": "7"})

    assert answer.status_code == 303
    now = stored(place)
    assert (now.zone, now.clock_days, now.approval) == ("America/Chicago", {"decide": 7}, Approval.ON)


def test_a_save_over_someone_else_s_shows_both(director, home, stored):
    director.post("/settings", data=DISTRICT | {"live_referrals_max": "6"})

    late = director.post("/settings", data=DISTRICT | {"approval": "off"})

    assert late.status_code == 409
    shown = page(late)
    cells = {row.th.get_text(): row.select("td") for row in shown.select("main tr")[1:]}
    rows = {name: [cell.get_text() for cell in both] for name, both in cells.items()}
    assert rows["Live referrals of one student"] == ["6", "4"]
    assert stored(home).approval is Approval.ON
    again = director.post(
        "/settings", data=DISTRICT | {"approval": "off", "version": shown.select_one("#version")["value"]}
    )
    assert again.status_code == 303
    assert stored(home).approval is Approval.OFF


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"days_monitor": "0"}, "Enter from 1 to 400 days."),
        ({"days_monitor": ""}, "Enter a number of days"),
        ({"live_referrals_max": "21"}, "Enter from 1 to 20 referrals."),
        ({"zone": "Mars/Base"}, "zone"),
        ({"deputy": "U-NOBODY"}, "deputy"),
        ({"approval": ""}, "Choose who approves"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(director, home, stored, typed, said):
    answer = director.post("/settings", data=DISTRICT | typed)

    assert answer.status_code == 422
    assert page(answer).select(".error-summary li")
    assert said.lower() in page(answer).get_text().lower()
    assert stored(home).clock_days == {}


def test_a_deputy_is_a_coordinator_of_the_district(director, saved):
    stranger = saved(a_user, "coordinator")

    assert director.post("/settings", data=DISTRICT | {"deputy": stranger.ref}).status_code == 422


def test_a_deputy_who_left_is_refused_by_the_action_too(saved, signed_in, home, app):
    browser = signed_in("director", at=home)
    deputy = saved(a_user, "coordinator", at=home)
    browser.post("/settings", data=DISTRICT | {"deputy": deputy.ref})

    def leave():
        db.session.get(User, deputy.id).active = False

    saved(leave)
    shown = page(browser.get("/settings"))

    assert shown.select_one("#deputy option[selected]").get_text() == "No deputy"


def test_days_off_are_added_as_weekdays_and_removed_one_by_one(director, home, stored, app):
    first, last = date(YEAR, 2, 12), date(YEAR, 2, 19)
    answer = director.post("/settings/days-off", data={"first": first, "last": last})
    again = director.post("/settings/days-off", data={"first": last})

    assert (answer.status_code, again.status_code) == (303, 303)
    days = stored(home).days_off
    span = [first + timedelta(days=number) for number in range(8)]
    assert days == {day for day in span if day.weekday() < 5}
    one = min(days)
    director.post("/settings/days-off/remove", data={"day": one})
    director.post("/settings/days-off/remove", data={"day": one})
    assert stored(home).days_off == days - {one}
    assert [tag for tag, _ in audited(app)].count("settings:days_off:removed") == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "Enter the first day"),
        (f"{YEAR}-03-02", f"{YEAR}-03-01", "on or after the first"),
        (f"{YEAR}-03-02", f"{YEAR}-09-01", "at most 100 days later"),
        ("1999-01-01", "", "from last year to"),
        (f"{YEAR + 9}-01-01", "", "from last year to"),
    ],
)
def test_days_off_that_cannot_be_are_refused(director, first, last, said):
    answer = director.post("/settings/days-off", data={"first": first, "last": last})

    assert answer.status_code == 422
    assert said in page(answer).get_text()


def test_a_day_that_is_no_day_removes_nothing(director):
    assert director.post("/settings/days-off/remove", data={"day": "soon"}).status_code == 303


def test_others_do_not_set_anything(signed_in, home, director):
    coordinator = signed_in("coordinator", at=home)

    assert coordinator.get("/settings").status_code == 403
    assert director.get("/settings?at=another-district").status_code == 404


def test_who_directs_two_districts_finds_both(app, saved, signed_in, home):
    other = saved(a_district, name="Arlington District", slug="arlington")

    def both():
        from_user = a_user("director", at=home)
        from_user.assignments.append(a_user("director", at=other).assignments[0])
        return from_user

    browser = client_of(app, saved(both))
    shown = page(browser.get("/settings?at=arlington"))

    assert shown.h1.get_text() == "Settings of Arlington District"
    assert "Lexington District" in shown.main.get_text()


def test_the_database_holds_one_row_of_settings(director, home, app):
    for number in range(2):
        director.post("/settings", data=DISTRICT | {"version": str(number), "days_review": str(300 + number)})

    with app.app_context():
        [row] = db.session.scalars(select(OrganisationSettings)).all()
        assert (row.version, row.clock_days) == (2, {"review": 301})
        assert db.session.scalars(select(DayOff)).all() == []
