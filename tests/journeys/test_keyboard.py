"""The core task of each user by keyboard alone; the focus shows and stays in view at every step."""

import re

from playwright.sync_api import expect

from referral.rules.permissions import Role
from tests.journeys.hands import Keys


def test_a_coordinator_describes_a_student_and_ranks_by_keyboard(own_site, windows, record_property):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto("/students")
    keys = Keys(page)
    keys.skip_to_main()
    keys.use("Describe a student")
    keys.use("Start")
    keys.to("Age when the placement would start")
    keys.write("9")
    keys.to("Grade")
    keys.write("Grade 3")
    keys.to("Not known yet")  # the group is one stop; arrows move in it
    keys.press("ArrowUp", "ArrowUp")
    expect(page.get_by_label("The Team supports a placement outside the district")).to_be_checked()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Disability and strengths")
    keys.to("Primary disability")
    keys.write("Autism")
    with page.expect_navigation():
        keys.to("Save and continue")
        keys.press("Enter")
    page.goto(re.sub("/[a-z]+$", "/check", page.url))
    keys.use("Finish and make the student code")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Student S-"))
    keys.use("Rank programs")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ranked programs for S-"))
    keys.to("Choose")
    keys.press("Space")
    assert page.locator("input[name=program]:checked").count() == 1
    record_property("acts", f"describe a student and rank, keys pressed: {keys.presses}")


def test_an_error_is_corrected_by_keyboard(own_site, windows):
    page = windows.open(own_site, Role.COORDINATOR)
    page.goto(f"/intake/{own_site.names['draft']}/student")
    expect(page.locator(".error-summary")).to_be_focused()
    keys = Keys(page)

    keys.to("Enter the months beyond the years")
    keys.press("Enter")

    expect(page.get_by_label("And months")).to_be_focused()
    keys.press("Control+A")
    keys.write("4")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Disability and strengths")


def test_a_director_sets_another_order_by_keyboard(own_site, windows, record_property):
    page = windows.open(own_site, Role.DIRECTOR)
    page.goto(f"/rankings/{own_site.names['revised_ranking']}")
    keys = Keys(page)
    keys.skip_to_main()
    keys.use("Set another order")
    keys.to("Program")
    keys.press("ArrowDown", "ArrowDown")
    keys.to("Place")
    keys.to("The Team's decision")
    keys.press("Space")

    keys.use("Set this order")

    expect(page.locator(".notice--good")).to_contain_text("The tool's order is below.")
    record_property("acts", f"set another order, keys pressed: {keys.presses}")


def test_staff_confirm_and_change_seats_by_keyboard(own_site, windows, record_property):
    page = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    page.goto("/programs/mine")
    keys = Keys(page)
    keys.skip_to_main()
    keys.use("Still right")
    expect(page.get_by_role("status").first).to_contain_text("Confirmed 1 room as of today.")
    record_property("acts", f"confirm seats, keys pressed: {keys.presses}")

    page.goto(f"/programs/{own_site.names['program']}/seats/{own_site.names['room']}")
    keys.to("Licensed")
    keys.press("Control+A")
    keys.write("11")
    with page.expect_navigation():
        keys.press("Enter")

    expect(page.locator("section.card").first).to_contain_text("of 11")


def test_an_administrator_invites_a_user_by_keyboard(own_site, windows):
    page = windows.open(own_site, Role.SITE_ADMINISTRATOR)
    page.goto("/users/invite")
    keys = Keys(page)
    for label, text in (("E-mail address", "a@b.example"), ("Name", "Director"), ("Role", "Special")):
        keys.to(label)
        keys.write(text)
    keys.to("Organization")
    keys.write("Lexington")

    with page.expect_navigation():
        keys.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Director")
    expect(page.locator("main")).to_contain_text("Special education director")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    keys = Keys(page)

    keys.to("Menu")
    keys.press("Enter")

    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
