"""Every form works with JavaScript off: what scripts reveal is shown, and the server does the rest."""

import re

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.windows import Look

PLAIN = Look(scripts=False)


@pytest.fixture
def coordinator(own_site, windows) -> Page:
    return windows.open(own_site, Role.COORDINATOR, PLAIN)


@pytest.fixture
def staff(own_site, windows) -> Page:
    return windows.open(own_site, Role.COLLABORATIVE_STAFF, PLAIN)


def test_the_intake_is_walked_and_what_is_not_asked_is_pruned(coordinator):
    hands = Hands(coordinator)
    coordinator.goto("/students/new")
    hands.click("Start")
    hands.write("And months", "4")  # asked only once there are years; shown, as nothing hides it
    hands.click("Save and continue")
    hands.reads("Disability and strengths")
    hands.pick("Primary disability", "Autism")
    for _ in range(4):
        hands.click("Save and continue")
    hands.reads("Setting, ride and preferences")
    hands.click("Save and add another wish")
    hands.reads("Setting, ride and preferences")
    hands.click("Save and continue")
    hands.reads("Check your answers")
    assert "4 months" not in coordinator.locator("main").inner_text()
    hands.click("Finish and make the student code")

    hands.click("Rank programs")

    expect(coordinator.get_by_role("heading", level=1)).to_have_text(re.compile("^Ranked programs for S-"))


def test_an_error_is_said_and_its_text_kept(coordinator, own_site):
    coordinator.goto(f"/intake/{own_site.names['draft']}/student")
    hands = Hands(coordinator)
    hands.write("Month the placement would start", "soon")

    hands.click("Save and continue")

    expect(coordinator).to_have_title(re.compile("^Error: Student and Team"))
    expect(coordinator.get_by_label("Month the placement would start")).to_have_value("soon")
    assert coordinator.locator(".error-summary a").count() == 2


def test_two_programs_are_compared(coordinator, own_site):
    coordinator.goto(f"/rankings/{own_site.names['ranking']}?view=table")
    for box in coordinator.locator("input[name=program]").all()[:2]:
        box.check()

    coordinator.get_by_role("button", name="Compare", exact=True).click()

    Hands(coordinator).reads("Compare 2 programs")


def test_seats_are_stepped_entered_and_confirmed(staff, own_site):
    staff.goto(f"/programs/{own_site.names['program']}/seats")
    hands = Hands(staff)
    staff.get_by_role("button", name=re.compile("one licensed seat more")).first.click()
    hands.click("Enter numbers of Ages 14 to 16")
    hands.write("Enrolled", "6")
    hands.click("Save seats")
    staff.get_by_role("button", name=re.compile("^Still right")).first.click()

    expect(staff.get_by_role("status").first).to_contain_text("Confirmed 1 room as of today.")
    expect(staff.locator("section.card").first).to_contain_text("6 enrolled")


def test_the_profile_and_a_price_are_saved(staff, own_site):
    hands = Hands(staff)
    staff.goto(f"/programs/{own_site.names['program']}/edit")
    hands.write("Ages served", "14-22")
    hands.click("Save profile")
    expect(staff.locator("main")).to_contain_text("14 to 22")
    staff.goto(f"/programs/{own_site.names['program']}/prices")
    hands.tick("Asked of", "All districts")
    hands.write("Dollars a year", "58,400")
    hands.write("First day", "7/1/2026")

    hands.click("Add price")

    expect(staff.get_by_role("row").filter(has_text="$58,400")).to_contain_text("Jul 1, 2026")


def test_the_director_sets_an_order(own_site, windows):
    page = windows.open(own_site, Role.DIRECTOR, PLAIN)
    page.goto(f"/rankings/{own_site.names['revised_ranking']}/order")
    hands = Hands(page)
    hands.tick("Reason", "The family's wish")

    hands.click("Set this order")

    expect(page.locator(".notice--good")).to_contain_text("the family's wish")


def test_the_directory_is_filtered(own_site, windows):
    page = windows.open(own_site, Role.COORDINATOR, PLAIN)
    page.goto("/programs")
    every = page.locator("tbody tr").count()
    page.get_by_label("Open seats now").check()
    page.get_by_label("Near a town or ZIP").fill("Lexington")
    page.get_by_role("button", name="Show").click()

    assert 0 < page.locator("tbody tr").count() < every


def test_the_menu_of_a_phone_opens(site, windows):
    page = windows.open(site, Role.COORDINATOR, Look(scripts=False, width=320))
    page.goto("/")

    page.get_by_role("button", name="Menu").click()

    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
