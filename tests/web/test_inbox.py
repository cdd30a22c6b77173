"""The inbox: what waits stands first, an answer is one click, and a decline hears the program's own facts."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Referral, ReferralMove
from referral.rules.permissions import Role
from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import NOW, a_cast, moved, referred

HOUR_LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    """Pages are read an hour after what the tests prepare."""
    with time_machine.travel(HOUR_LATER):
        yield


@pytest.fixture
def cast(prepared):
    return prepared(a_cast, at=HOUR_LATER)


@pytest.fixture
def staff(signed_in, saved, cast):
    """A browser of staff at the collaborative of the Bridge Program."""
    at = cast.river_staff.assignments[0].organisation_id
    return signed_in(Role.COLLABORATIVE_STAFF, at=saved(lambda: db.session.get_one(Organisation, at)))


@pytest.fixture
def sent(saved, cast):
    """The reference of a referral after some moves, an enquiry that was sent unless others are named."""

    def send(*verbs: Verb) -> str:
        return saved(lambda: moved(cast, referred(cast)[0], Verb.APPROVE, *verbs).ref)

    return send


def state_of(app, ref: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Referral.state).where(Referral.ref == ref)).one()


def press(browser, soup, label: str):
    """Press the button that begins with this label, with all its form sends."""
    form = next(one for one in soup.select("main form") if re.match(label, one.get_text(strip=True)))
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return browser.post(form["action"], data=fields)


def test_an_enquiry_waits_with_its_days_and_its_code(staff, sent):
    ref = sent()

    soup = page(staff.get("/inbox"))

    assert soup.select_one("main th a").text == ref
    assert "working days left" in soup.select_one("main tbody").text


def test_the_student_is_told_by_band_and_area_and_by_nothing_else(staff, sent, cast):
    sent()

    text = page(staff.get("/inbox")).text

    assert "9 to 11 years, Massachusetts" in text
    assert not [one for one in ("Lexington District", cast.student.ref, cast.ranking.ref) if one in text]


def test_a_draft_is_nothing_to_the_program(staff, saved, cast):
    saved(lambda: referred(cast)[0].ref)

    assert "Nothing waits for an answer" in page(staff.get("/inbox")).text


def test_interest_is_one_click(app, staff, sent):
    ref = sent()

    answer = press(staff, page(staff.get("/inbox")), "We are interested")

    assert (answer.status_code, answer.location, state_of(app, ref)) == (303, "/inbox", "interested")


def test_a_double_click_answers_once(app, staff, sent):
    sent()
    soup = page(staff.get("/inbox"))

    for _ in range(2):
        press(staff, soup, "We are interested")

    with app.app_context():
        said = db.session.scalars(select(ReferralMove).where(ReferralMove.verb == "show_interest")).all()
        assert len(said) == 1
    assert "interested" in page(staff.get("/inbox")).select_one(".messages").text


def test_an_answer_to_what_moved_meanwhile_is_refused_in_words(staff, sent, saved, cast):
    ref = sent()
    soup = page(staff.get("/inbox"))
    saved(lambda: moved(cast, db.session.scalars(select(Referral)).one(), Verb.WITHDRAW))

    answer = press(staff, soup, "Put on the waiting list")

    assert f"{ref}: This was answered in the meantime" in page(staff.get(answer.location)).text


def test_receipt_is_confirmed_once(staff, sent):
    sent()

    press(staff, page(staff.get("/inbox")), "We have it")

    assert "We have it" not in page(staff.get("/inbox")).select_one("main table").text


def test_a_decline_takes_its_reason_from_the_list(app, staff, sent):
    ref = sent()
    form = page(staff.get("/inbox")).select_one(f'form[action="/inbox/{ref}/decline"]')
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}

    answer = staff.post(form["action"], data=fields | {f"{ref}-reason": "distance"})

    assert (answer.status_code, state_of(app, ref)) == (303, "declined")


def test_a_decline_against_the_own_seats_is_questioned_before_it_is_final(app, staff, sent):
    ref = sent()

    answer = staff.post(f"/inbox/{ref}/decline", data={"reason": "no_seat"})

    soup = page(answer)
    assert (answer.status_code, state_of(app, ref)) == (409, "enquiry_sent")
    assert "Your profile says that seats are open" in soup.text
    assert soup.select_one('a[href="/programs/bridge/seats"]')


def test_declining_all_the_same_is_a_second_click(app, staff, sent):
    ref = sent()
    soup = page(staff.post(f"/inbox/{ref}/decline", data={"reason": "no_seat"}))

    fields = {field["name"]: field.get("value", "") for field in soup.select("main form input[name]")}
    staff.post(f"/inbox/{ref}/decline", data=fields | {"reason": "no_seat"})

    assert state_of(app, ref) == "declined"


def test_both_sides_read_what_the_profile_said(staff, sent, signed_in, saved, cast):
    ref = sent()
    staff.post(f"/inbox/{ref}/decline", data={"reason": "no_seat", "shown": "seats_open"})
    at = cast.coordinator.assignments[0].organisation_id
    coordinator = signed_in(Role.COORDINATOR, at=saved(lambda: db.session.get_one(Organisation, at)))

    for browser in (staff, coordinator):
        assert "published profile says that seats are open" in page(browser.get(f"/referrals/{ref}")).text


@pytest.mark.parametrize("data", [{}, {"reason": "nonsense"}, {"reason": "other"}])
def test_a_decline_without_a_reason_is_explained(app, staff, sent, data):
    ref = sent()

    answer = staff.post(f"/inbox/{ref}/decline", data=data)

    assert (answer.status_code, state_of(app, ref)) == (422, "enquiry_sent")
    assert page(answer).select(".error-summary a")


def test_what_was_answered_lately_is_kept_in_its_view(staff, sent):
    ref = sent(Verb.DECLINE)

    text = page(staff.get("/inbox?view=answered")).select_one("main table").text

    assert ref in text
    assert "Declined: Not enough staff for this need" in text


def test_the_waiting_list_shows_the_place(staff, sent):
    sent(Verb.WAITLIST)

    assert "Place in line 1" in page(staff.get("/inbox?view=waitlists")).text


def test_an_offer_shows_its_room_and_its_day(staff, sent):
    sent(Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)

    text = page(staff.get("/inbox?view=offers")).text

    assert "Room 1" in text
    assert "Held until Wed, Dec 23" in text


def test_an_enrolled_student_is_a_code_with_dates(staff, sent):
    sent(Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER, Verb.ACCEPT, Verb.ENROLL)

    assert "Started Mon, Jan 4, 2027" in page(staff.get("/inbox?view=placed")).text


@pytest.mark.parametrize("query", ["program=harbor", "age=3-5", "code=F-ZZZ", "overdue=y"])
def test_filters_lie_in_the_address(staff, sent, query):
    sent()

    assert "Nothing matches all of this" in page(staff.get(f"/inbox?{query}")).text


@pytest.mark.parametrize("query", ["program=bridge", "age=9-11", "code=f-"])
def test_a_filter_that_matches_keeps_the_line(staff, sent, query):
    ref = sent()

    assert ref in page(staff.get(f"/inbox?{query}")).text


@pytest.mark.parametrize(
    "query", ["view=nonsense", "first=99999", "first=-3", "age=%00", "program=%00", "code=%00%25"]
)
def test_an_address_that_makes_no_sense_opens_the_inbox(staff, sent, query):
    sent()

    assert staff.get(f"/inbox?{query}").status_code == 200


def test_an_address_narrows_to_no_move_that_needs_more(staff, sent):
    ref = sent()

    assert staff.post(f"/inbox/{ref}/answer", data={"verb": "offer"}).status_code == 404


def test_the_home_page_says_what_waits(staff, sent):
    sent()

    task = page(staff.get("/")).select_one(".card--best")
    assert "1 referral waits for you: 1 to answer." in task.text
    assert task.a["href"] == "/inbox"
