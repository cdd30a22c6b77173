"""Referrals from the ranking to the return: a coordinator, a director and a program at their pages."""

import re

from playwright.sync_api import expect

from referral.rules.permissions import Role
from tests.journeys import steps
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands
from tests.journeys.steps import MOST_TO_ANSWER, state


def test_the_top_three_are_referred_in_five_acts_and_approved_at_once(own_site, windows, record_property):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/rankings/{own_site.names['fresh_ranking']}")
    hands = Hands(page)

    steps.refer(hands, [one.inner_text() for one in page.locator("article h4").all()[:3]])

    record_property("acts", f"refer the top three of a ranking: {hands.acts}")
    steps.approve_all(windows.open(own_site, Role.DIRECTOR))


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
        steps.say_the_family_accepts(hands)
        if page.get_by_text("Acceptance undone").count() == 0:
            hands.click("Undo")
            state(page, "Seat offered")

    steps.enroll(hands)
    steps.plan_return(hands)
    steps.record_return(hands)


def test_a_packet_waits_for_a_consent_which_is_recorded_on_the_way(own_site, windows):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/referrals/{own_site.names['interested_referral']}")
    hands = Hands(page)
    expect(page.get_by_role("button", name="Send the packet")).to_be_disabled()

    steps.record_consent(hands)
    steps.send_packet(hands)

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
