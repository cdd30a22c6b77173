"""The long way of a student: a ranking, two collaboratives, a place in one of them, and home again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from referral.actions.demo import coordinator_of
from referral.actions.transactions import in_transaction
from referral.models.base import db
from referral.models.notices import Mail
from referral.rules.permissions import Role
from referral.wording.links import MAILS
from tests.journeys import steps
from tests.journeys.answer_scenes import CONTACT
from tests.journeys.demo_site import DemoSite
from tests.journeys.hands import Hands
from tests.journeys.referral_scenes import fresh_ranking
from tests.journeys.steps import fact, number, state

FULL = "LABBB at Lexington High School"
OFFERING = "CAPS Deaf and Hard of Hearing Program"
DECLINING = "CAPS Deaf and Hard of Hearing middle and high school (Newton)"
STUDENT_OF_FIFTEEN = 2  # among the demo's students; both collaboratives are in this one's ranking
INTEREST, INTEREST_TOLD = "We are interested", "The district was told that you are interested."
STAFFING = "Not enough staff for this need"
CLOSED = "A referral was withdrawn, since the family accepted another offer."


@dataclass(frozen=True)
class People:
    """Everybody's window."""

    coordinator: Page
    director: Page
    labbb: Page
    caps: Page
    office: Page


@pytest.fixture
def people(own_site, windows) -> People:
    caps = windows.open(own_site)
    caps.goto("/sign-in")
    caps.locator("summary", has_text="More users").click()
    Hands(caps).click("Collaborative staff, CAPS (demo)")
    return People(
        coordinator=windows.open(own_site, Role.COORDINATOR),
        director=windows.open(own_site, Role.DIRECTOR),
        labbb=windows.open(own_site, Role.COLLABORATIVE_STAFF),
        caps=caps,
        office=windows.open(own_site),
    )


def test_a_student_is_placed_after_a_decline_a_wait_and_a_lapse_and_returns(
    own_site, people, record_property
):
    told = partial(record_property, "acts")
    hands = Hands(people.coordinator)
    refs = _referred(own_site, hands)
    told(f"refer to three programs of two collaboratives: {hands.acts}")
    steps.approve_all(people.director)
    _answered(people, refs)
    _offered(people.coordinator, people.caps, refs[OFFERING], "Ages 14 to 18")
    _lapsed_and_reopened(own_site, people, refs[OFFERING])
    acts = steps.confirm_seats(people.office, _mailed_link(own_site))
    told(f"confirm the seats from a mail that the clock sent: {acts}")
    _offered_from_the_waiting_list(own_site, people, refs[FULL])
    _accepted_undone_and_accepted(people, refs)
    _placed_and_returned(own_site, people, refs[FULL])


def _referred(site: DemoSite, hands: Hands) -> Mapping[str, str]:
    """Three programs of two collaboratives are referred to; gives the references by program."""
    with site.app.app_context():
        ranking = in_transaction(lambda: fresh_ranking(coordinator_of("Lexington"), STUDENT_OF_FIFTEEN))
    hands.page.goto(f"/rankings/{ranking}")
    steps.refer(hands, (FULL, OFFERING, DECLINING))
    rows = hands.page.locator("tbody tr")
    return {
        name: rows.filter(has_text=name).get_by_role("link", name=re.compile("^F-")).inner_text()
        for name in (FULL, OFFERING, DECLINING)
    }


def _answered(people: People, refs: Mapping[str, str]) -> None:
    """One program declines with its reason, a full one gives a place in line, one is interested."""
    for page in (people.labbb, people.caps):
        page.goto("/inbox")
    steps.decline_in_inbox(Hands(people.caps), refs[DECLINING], STAFFING)
    steps.answer_in_inbox(Hands(people.caps), refs[OFFERING], INTEREST, INTEREST_TOLD)
    on_the_list = "The student stands on the waiting list, and the district was told."
    steps.answer_in_inbox(Hands(people.labbb), refs[FULL], "Put on the waiting list", on_the_list)
    expect(_at(people.caps, refs[OFFERING]).locator(".lead")).not_to_contain_text("Lexington")

    page = _at(people.coordinator, refs[DECLINING])
    state(page, "Declined")
    expect(page.locator("main ol").first).to_contain_text(STAFFING)
    page = _at(people.coordinator, refs[FULL])
    state(page, "On the waiting list")
    expect(fact(page, "Place in line")).to_have_text("1")


def _offered(coordinator: Page, program: Page, ref: str, room: str) -> None:
    """The packet goes under a record, and the program holds a seat in a room until tomorrow."""
    page = _at(coordinator, ref)
    hands = Hands(page)
    if page.get_by_role("link", name="Record one now").count():
        steps.record_consent(hands)
    steps.send_packet(hands)

    hands = Hands(_at(program, ref))
    expect(program.locator(".lead")).to_contain_text("From Lexington to")
    hands.click("Offer a seat")
    program.get_by_role("radiogroup", name="Room").get_by_label(re.compile(f"^{room}: [1-9]")).check()
    hands.write("Seat held until", steps.day(1))
    hands.click("Offer a seat")
    state(program, "Seat offered")
    expect(fact(program, "Room")).to_have_text(room)


def _lapsed_and_reopened(site: DemoSite, people: People, ref: str) -> None:
    """Nobody answers the offer in time: the clock frees the seat, and the coordinator asks for it again."""
    site.tick(days=3)
    page = _at(people.coordinator, ref)
    state(page, "Offer lapsed")
    expect(page.locator("main ol").first).to_contain_text("The offer's date passed")
    _is_told(people.caps, ref, "The date of an offer passed. The seat is free again.")

    hands = Hands(_at(people.coordinator, ref))
    hands.click("Reopen")
    hands.pick("Reason", "There is new information")
    hands.click("Reopen")
    state(page, "Seat offered")  # for the site's own clock the day has not come


def _mailed_link(site: DemoSite) -> str:
    """The link in the newest mail that asks a program's contact for its seats."""
    subject, _ = MAILS["confirm_seats"]
    mails = select(Mail.path).where(Mail.to_address == CONTACT, Mail.subject == subject)
    with site.app.app_context():
        return str(db.session.scalars(mails.order_by(Mail.id.desc())).first())


def _offered_from_the_waiting_list(site: DemoSite, people: People, ref: str) -> None:
    """A student leaves the full room, and the first in line is offered the seat."""
    page = people.labbb
    page.goto(f"/programs/{site.names['program']}/seats")
    steps.step(page, "one enrolled seat less")
    page.goto("/inbox?view=waitlists")
    resumed = "The referral is back where it was before the waiting list."
    hands = Hands(page)
    steps.answer_in_inbox(hands, ref, "A seat is opening", resumed)
    page.goto("/inbox")
    steps.answer_in_inbox(hands, ref, INTEREST, INTEREST_TOLD)
    _offered(people.coordinator, page, ref, "Ages 14 to 16")


def _accepted_undone_and_accepted(people: People, refs: Mapping[str, str]) -> None:
    """Accepting one offer withdraws the other; undone, the other comes back with its seat."""
    page = people.coordinator
    _accept(page, refs[FULL])
    state(_at(people.caps, refs[OFFERING]), "Withdrawn")
    _is_told(people.caps, refs[OFFERING], CLOSED)

    Hands(_at(page, refs[FULL])).click("Undo")
    state(page, "Seat offered")
    state(_at(people.caps, refs[OFFERING]), "Seat offered")

    _accept(page, refs[FULL])
    state(_at(people.caps, refs[OFFERING]), "Withdrawn")
    state(_at(page, refs[DECLINING]), "Declined")
    _is_told(people.labbb, refs[FULL], "Your offer was accepted.")


def _accept(page: Page, ref: str) -> None:
    hands = Hands(_at(page, ref))
    hands.click("Accept the offer")
    steps.say_the_family_accepts(hands)
    expect(page.locator("main")).to_contain_text("Waits for you to enroll the student")
    expect(page.get_by_role("status").first).to_contain_text("1 other referral of the student withdrawn.")


def _placed_and_returned(site: DemoSite, people: People, ref: str) -> None:
    """The held seat becomes an enrolled one, is expected to open, and is free when the student is home."""
    seats = f"/programs/{site.names['program']}/seats"
    hands = Hands(_at(people.coordinator, ref))
    people.labbb.goto(seats)
    assert (number(people.labbb, "Enrolled"), number(people.labbb, "Held")) == (7, 1)

    steps.enroll(hands)
    people.labbb.goto(seats)
    assert (number(people.labbb, "Enrolled"), number(people.labbb, "Held")) == (8, 0)

    steps.plan_return(hands)
    people.labbb.goto(seats)
    expect(steps.room(people.labbb)).to_contain_text("Expected:")

    steps.record_return(hands)
    state(_at(people.labbb, ref), "Returned to the district")
    expect(fact(people.labbb, "Planned return")).to_be_visible()
    people.labbb.goto(seats)
    assert (number(people.labbb, "Enrolled"), number(people.labbb, "Held")) == (7, 0)
    expect(steps.room(people.labbb)).not_to_contain_text("Expected:")


def _at(page: Page, ref: str) -> Page:
    """The page of a referral."""
    page.goto(f"/referrals/{ref}")
    return page


def _is_told(page: Page, ref: str, sentence: str) -> None:
    """A notice of the site says so about a referral."""
    page.goto("/notices")
    line = page.locator("tbody tr").filter(has_text=ref).filter(has_text=sentence)
    expect(line.first).to_be_visible()
