"""Pages behind a one-use link: no account, two acts, and a spent link tells a stranger nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from referral.actions import links, upkeep
from referral.models.base import db
from referral.models.capacity import ContactLink
from referral.models.notices import Mail
from referral.models.referrals import Referral
from referral.rules.links import LinkAct
from referral.rules.referrals import Verb
from referral.rules.upkeep import UpkeepEntry
from tests.pages import page
from tests.programs import a_program, room_of
from tests.referrals import NOW, a_cast, moved, referred
from tests.web.hostile_strings import HOSTILE

CONTACT = "contact@river.example"
HOUR_LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    """Pages are opened an hour after the mail was made."""
    with time_machine.travel(HOUR_LATER):
        yield


@pytest.fixture
def seats_page(prepared) -> str:
    """The address in a mail that asks to confirm the seats of the Bridge Program."""
    return f"/c/{prepared(a_link_for_seats, at=HOUR_LATER)}"


def a_link_for_seats() -> str:
    """The secret of a link to confirm seats."""
    return links.make_link(a_real_program(), LinkAct.CONFIRM_SEATS, CONTACT, now=NOW)


def a_real_program():
    """The Bridge Program without its example rooms."""
    return a_program(examples=None)


@pytest.fixture
def enquiry_page(prepared) -> str:
    """The address in a mail that brings an enquiry."""
    return prepared(an_enquiry_by_mail, at=HOUR_LATER)


def an_enquiry_by_mail() -> str:
    """The address in the mail."""
    cast = a_cast()
    upkeep.save(cast.river_staff, "bridge", UpkeepEntry(CONTACT))
    moved(cast, referred(cast)[0], Verb.APPROVE)
    return str(db.session.scalar(select(Mail.path).where(Mail.to_address == CONTACT)))


def press(client, soup, label: str = "", **typed: str):
    """Send the form whose button begins with this label, the first unless one is named."""
    found = [form for form in soup.select("main form") if form.select_one("button").text.startswith(label)]
    hidden = {field["name"]: field.get("value", "") for field in found[0].select("input[type=hidden]")}
    return client.post(found[0]["action"], data=hidden | typed)


def state(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Referral.state)).one()


def test_confirming_from_a_mail_takes_two_acts(app, client, seats_page):
    soup = page(client.get(seats_page))  # the first: open the link
    answer = press(client, soup)  # the second: press the button

    assert "1 room is confirmed as of today" in page(answer).text
    with app.app_context():
        assert room_of().confirmed_on == NOW.date()


def test_answering_from_a_mail_takes_two_acts(app, client, enquiry_page):
    answer = press(client, page(client.get(enquiry_page)), "We are interested")

    assert "The district was told that you are interested" in page(answer).text
    assert state(app) == "interested"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_mail_program_that_looks_ahead_uses_nothing(client, seats_page, method):
    for _ in range(3):
        client.open(seats_page, method=method)

    assert press(client, page(client.get(seats_page))).status_code == 200


def test_used_old_and_unknown_links_are_the_same_to_a_stranger(app, client, saved, seats_page):
    press(client, page(client.get(seats_page)))
    old = saved(
        lambda: links.make_link(a_program(), LinkAct.CONFIRM_SEATS, CONTACT, now=NOW - timedelta(days=9))
    )
    addresses = (seats_page, f"/c/{old}", "/c/never-made")

    answers = [client.open(address, method=method) for address in addresses for method in ("GET", "POST")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "A link from our mails works once, for eight days." in page(answers[0]).text


def test_a_second_press_says_that_the_link_is_used(client, seats_page):
    soup = page(client.get(seats_page))
    press(client, soup)

    assert press(client, soup).status_code == 404


def test_seats_that_changed_are_shown_again_and_the_link_stays(app, client, saved, seats_page):
    soup = page(client.get(seats_page))

    def change() -> None:
        room = room_of()
        room.enrolled, room.version = 6, room.version + 1

    saved(change)

    answer = press(client, soup)

    assert answer.status_code == 409
    assert "The seats changed after you opened the link" in page(answer).text
    assert press(client, page(client.get(seats_page))).status_code == 200


def test_the_enquiry_shows_the_released_copy_and_nothing_else_of_the_student(client, enquiry_page):
    text = page(client.get(enquiry_page)).text

    assert "9 to 11 years" in text
    assert not [one for one in ("Lexington District", "S-", "R-") if one in text]


@pytest.mark.parametrize("verb", ["offer", "approve", "nonsense", ""])
def test_a_link_takes_no_other_answer(app, client, enquiry_page, verb):
    assert client.post(enquiry_page, data={"verb": verb}).status_code == 404
    assert state(app) == "enquiry_sent"
    assert client.get(enquiry_page).status_code == 200


@pytest.mark.parametrize("typed", [{}, {"reason": "nonsense"}, {"reason": "other"}])
def test_a_decline_that_says_too_little_is_explained_and_uses_nothing(app, client, enquiry_page, typed):
    answer = press(client, page(client.get(enquiry_page)), "Decline", **typed)

    assert answer.status_code == 422
    assert page(answer).select(".error-summary a")
    assert state(app) == "enquiry_sent"
    with app.app_context():
        assert db.session.scalars(select(ContactLink.used_at)).one() is None


def test_a_decline_against_the_own_seats_is_questioned_first(app, client, enquiry_page):
    answer = press(client, page(client.get(enquiry_page)), "Decline", reason="no_seat")

    soup = page(answer)
    assert (answer.status_code, state(app)) == (409, "enquiry_sent")
    assert "Your profile says that seats are open" in soup.text

    press(client, soup, "Decline all the same", reason="no_seat")
    assert state(app) == "declined"


def test_a_signed_in_reader_of_the_mail_acts_as_the_contact(app, signed_in, seats_page):
    browser = signed_in(None)

    assert press(browser, page(browser.get(seats_page))).status_code == 200
    with app.app_context():
        assert room_of().confirmed_by is None


def test_the_page_of_a_link_is_not_kept_and_tells_no_other_site(client, seats_page):
    answer = client.get(seats_page)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["reason", "note", "shown", "verb"])
def test_no_text_in_an_answer_is_a_fault_or_markup(client, enquiry_page, name):
    for text in HOSTILE[::40]:
        answer = client.post(enquiry_page, data={"verb": "decline", "reason": "nonsense", name: text})

        assert answer.status_code in (404, 409, 422), text[:80]
        assert "<" not in text or text not in answer.text
