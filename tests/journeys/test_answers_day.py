"""Answers of a program's side, by hand: from the inbox, from a mail without an account, about capacity."""

from playwright.sync_api import expect

from referral.rules.permissions import Role
from tests.journeys import steps
from tests.journeys.hands import Hands


def test_interest_is_one_act_and_a_decline_two(own_site, windows, record_property):
    page = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    page.goto("/inbox")
    hands = Hands(page)

    steps.answer_in_inbox(
        hands, own_site.names["enquiry_sent_answer"], "We are interested", "The district was told"
    )

    assert hands.acts == 1
    record_property("acts", f"answer a referral from the inbox: {hands.acts}")

    hands = Hands(page)
    steps.decline_in_inbox(hands, own_site.names["visit_answer"], "Not enough staff for this need")
    record_property("acts", f"decline a referral from the inbox: {hands.acts}")
    assert hands.acts == 2


def test_seats_are_confirmed_from_a_mail_in_two_acts(own_site, windows, record_property):
    page = windows.open(own_site)
    before = own_site.count("seat_reports")

    acts = steps.confirm_seats(page, f"/c/{own_site.names['seats_link']}")

    assert own_site.count("seat_reports") > before
    record_property("acts", f"confirm the seats from a mail: {acts}")


def test_an_enquiry_is_answered_from_a_mail_without_an_account(own_site, windows, record_property):
    page = windows.open(own_site)
    hands = Hands(page, acts=1)
    page.goto(f"/c/{own_site.names['enquiry_link']}")

    hands.click("We are interested")

    hands.reads("Done")
    assert hands.acts == 2
    record_property("acts", f"answer an enquiry from a mail: {hands.acts}")
    page.goto(f"/c/{own_site.names['enquiry_link']}")
    hands.reads("Page not found")


def test_capacity_is_asked_from_a_ranking_and_answered_in_one_act(own_site, windows, record_property):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/rankings/{own_site.names['ranking']}")
    hands = Hands(page)
    page.locator("input[name=program]").first.check()
    hands.click("Ask them for capacity")
    hands.click("Ask for capacity")
    hands.reads("Capacity")
    record_property("acts", f"ask a program for capacity from a ranking: {hands.acts + 1}")

    staff = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    staff.goto("/capacity")
    program = staff.locator("section.card h3").first.inner_text()
    staff.locator("section.card").first.get_by_role("button").nth(1).click()
    expect(staff.get_by_role("status").first).to_contain_text("Your answer was sent.")
    assert program.startswith("Does ")
