"""Referrals from the ranking to the return: a coordinator, a director and a program at their pages."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands

MOST_TO_REFER, MOST_TO_ANSWER = 5, 2


def day(days: int) -> str:
    """A day near today, as the browser's date field takes it."""
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the day of the computer, as the page reads it


def state(page: Page, words: str) -> None:
    """The page of a referral says its state."""
    expect(page.get_by_role("heading", level=2).first).to_have_text(words)


def test_the_top_three_are_referred_in_five_acts_and_approved_at_once(own_site, windows, record_property):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/rankings/{own_site.names['fresh_ranking']}")
    hands = Hands(page)
    names = [one.inner_text() for one in page.locator("article h4").all()[:3]]

    hands.tick("Programs to refer to or compare", *(f"Choose {name}" for name in names))
    hands.click("Refer to the chosen programs")
    check_gate(page)
    hands.click("Submit for approval")

    expect(page.get_by_role("status").first).to_contain_text("3 referrals submitted.")
    assert page.locator("tbody tr").count() == 3
    assert hands.acts <= MOST_TO_REFER
    record_property("acts", f"refer the top three of a ranking: {hands.acts}")

    director = windows.open(own_site, Role.DIRECTOR)
    director.goto("/referrals/approvals")
    waiting = director.locator("main input[type=checkbox]").count()
    for box in director.locator("main input[type=checkbox]").all():
        box.check()
    Hands(director).click("Approve and send the ticked")
    expect(director.get_by_role("status").first).to_contain_text(f"{waiting} referrals approved")
    expect(director.locator(".empty__title")).to_have_text("Nothing waits for approval")


def test_a_program_answers_a_referral_in_two_acts(own_site, windows, record_property):
    page = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    page.goto(f"/referrals/{own_site.names['enquiry_sent_answer']}")
    hands = Hands(page)

    hands.click("We are interested")

    state(page, "Program is interested")
    expect(page.get_by_role("status").first).to_contain_text("Waits for the district's coordinator")
    assert hands.acts <= MOST_TO_ANSWER
    record_property("acts", f"answer a referral on its page: {hands.acts}")


def test_a_coordinator_goes_from_the_offer_to_the_return_with_an_undo(own_site, windows):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/referrals/{own_site.names['offered_referral']}")
    hands = Hands(page)

    for _ in range(2):
        hands.click("Accept the offer")
        hands.click("Accept the offer")
        expect(page.locator(".error-summary")).to_be_focused()
        check_gate(page)
        hands.write("Day of the Team's proposal", day(-2))
        hands.tick("The parent's answer", "Accepted")
        hands.write("Day of the answer", day(-1))
        hands.click("Accept the offer")
        state(page, "Accepted")
        if page.get_by_text("Acceptance undone").count() == 0:
            hands.click("Undo")
            state(page, "Seat offered")

    hands.click("Enroll")
    hands.write("First day in the program", day(7))
    hands.click("Enroll")
    state(page, "Enrolled")
    hands.click("Plan the return")
    hands.write("Day of the return", day(200))
    hands.tick("What must be so before", "The goals named in the IEP are met")
    hands.tick("Where the student returns to", "A program of the district")
    hands.click("Plan the return")
    state(page, "Return planned")
    expect(page.locator("main")).to_contain_text("When: the goals named in the IEP are met")
    hands.click("Record the return")
    hands.click("Record the return")
    state(page, "Returned to the district")
    expect(page.locator("main ol").first).to_contain_text("Returned to the district")


def test_a_packet_waits_for_a_consent_which_is_recorded_on_the_way(own_site, windows):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/referrals/{own_site.names['interested_referral']}")
    hands = Hands(page)
    expect(page.get_by_role("button", name="Send the packet")).to_be_disabled()

    hands.click("Record one now")
    hands.tick("What it rests on", "Signed consent")
    hands.tick("Who signed", "Parent")
    hands.write("Good until", day(100))
    hands.click("Add the record")
    hands.click("Send the packet")
    expect(page.locator("main")).to_contain_text("Exactly what the program would see")
    hands.click("Send the packet")

    state(page, "Packet sent")
    expect(page.get_by_role("status").first).to_contain_text(re.compile("Waits for the program to decide"))


def test_two_people_at_one_referral_see_what_the_other_did(own_site, windows):
    ref = own_site.names["enquiry_sent_referral"]
    coordinator = windows.open(own_site, Role.COORDINATOR)
    coordinator.goto(f"/referrals/{ref}/withdraw")
    other = windows.open(own_site, Role.DIRECTOR)
    other.goto(f"/referrals/{ref}/withdraw")
    for page in (coordinator, other):
        page.get_by_label("Reason").select_option(label="The IEP Team decided")

    Hands(coordinator).click("Withdraw")
    state(coordinator, "Withdrawn")
    with other.expect_response(lambda answer: answer.request.method == "POST") as sent:
        Hands(other).click("Withdraw")

    assert sent.value.status == 409
    Hands(other).reads("This step cannot be taken now")
    expect(other.locator("main")).to_contain_text("Withdrawn")
    check_gate(other)
    Hands(coordinator).click("Undo")
    state(coordinator, "Enquiry sent")
