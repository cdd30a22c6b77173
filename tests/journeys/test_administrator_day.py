"""An administrator's day: organizations, memberships with dates, users by one-time link."""

import re

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands

PASSWORD = "four plain words together"


@pytest.fixture
def page(own_site, windows) -> Page:
    return windows.open(own_site, Role.SITE_ADMINISTRATOR)


def test_an_organization_is_added_with_an_error_on_the_way(page):
    page.goto("/organizations")
    hands = Hands(page)
    hands.click("Add an organization")
    page.get_by_label(re.compile("^State")).fill("Mass")
    hands.click("Add organization")
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    hands.write("Name", "Hill Towns Regional")
    page.get_by_label(re.compile("^State")).fill("ma")
    hands.click("Add organization")

    hands.reads("Hill Towns Regional")
    expect(page.locator("main")).to_contain_text("hill-towns-regional")


def test_a_membership_has_dates_and_never_overlaps(page, own_site):
    page.goto("/organizations/river")
    hands = Hands(page)

    def add(first: str, last: str = "") -> None:
        page.goto("/organizations/river/members/add")
        hands.write("District", "Lexington")
        hands.write("First day", first)
        hands.page.get_by_label(re.compile("^Last day")).fill(last)
        hands.click("Add member")

    add("2026-07-01", "2027-06-30")
    row = page.get_by_role("row").filter(has_text="Lexington")
    expect(row).to_contain_text("Jul 1, 2026")
    expect(row).to_contain_text("Jun 30, 2027")
    add("2027-01-01")
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    page.goto("/organizations/river")
    page.get_by_role("link", name=re.compile("^Change the membership")).click()
    page.get_by_label(re.compile("^Last day")).fill("2026-06-30")
    page.locator("main form button").first.click()
    expect(page).to_have_title(re.compile("^Error: "))


def test_an_invited_user_chooses_a_password_by_the_link_and_signs_in(
    page, own_site, windows, record_property
):
    page.goto("/users")
    hands = Hands(page)
    hands.click("Invite a user")
    hands.write("E-mail address", "Director@Hill.Example")
    hands.write("Name", "Director, Hill Towns")
    hands.pick("Role", "Special education director")
    hands.write("Organization", "Lexington")
    hands.click("Invite user")
    hands.reads("Director, Hill Towns")
    check_gate(page)
    link = page.locator("main code").inner_text()
    record_property("acts", f"invite a user: {hands.acts}")
    page.reload()
    assert page.locator("main code").count() == 0

    stranger = windows.open(own_site)
    stranger.goto(link.replace("http://127.0.0.1/", "/"))
    person = Hands(stranger)
    person.write("New password", "short")
    stranger.locator("input[type=password]").last.fill("short")
    person.click("Save password")
    check_gate(stranger)
    person.write("New password", PASSWORD)
    stranger.locator("input[type=password]").last.fill(PASSWORD)
    person.click("Save password")
    stranger.goto("/sign-in")
    person.write("E-mail address", "director@hill.example")
    person.write("Password", PASSWORD)
    person.click("Sign in")
    person.reads("Home")
    expect(stranger.locator("header")).to_contain_text("Director, Hill Towns")

    hands.click("Disable this user")
    expect(page.locator("main")).to_contain_text("Disabled")
    stranger.goto("/students")
    person.reads("Sign in")


def test_a_wrong_password_is_told_without_saying_what_was_wrong(site, windows):
    page = windows.open(site)
    page.goto("/sign-in")
    hands = Hands(page)
    for address in ("coordinator-lexington@demo.example", "nobody@demo.example"):
        hands.write("E-mail address", address)
        hands.write("Password", "not the password")
        hands.click("Sign in")

        expect(page.locator(".error-summary")).to_be_focused()
        check_gate(page)
    assert "nobody@demo.example" not in page.locator(".error-summary").inner_text()


def test_an_administrator_opens_no_student_page(page, own_site):
    names = own_site.names
    for address in (
        f"/students/{names['student']}",
        f"/rankings/{names['ranking']}",
        f"/intake/{names['draft']}",
    ):
        assert page.goto(address).status == 403
