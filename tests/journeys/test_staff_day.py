"""A day of collaborative staff: keep seats true in seconds, keep the profile and the tuition."""

import re

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands
from tests.journeys.steps import number, room, step


@pytest.fixture
def page(own_site, windows) -> Page:
    return windows.open(own_site, Role.COLLABORATIVE_STAFF)


@pytest.fixture
def seats(own_site) -> str:
    return f"/programs/{own_site.names['program']}/seats"


def test_still_right_is_one_click(page, own_site, record_property):
    before = own_site.count("seat_reports")
    page.goto("/")
    hands = Hands(page)
    hands.click("My programs")
    row = page.locator("tbody tr").first
    row.get_by_role("button", name=re.compile("^Still right")).click()

    expect(page.get_by_role("status").first).to_contain_text("Confirmed 1 room as of today.")
    expect(page.locator("tbody tr").first).to_contain_text("Confirmed today")
    assert own_site.count("seat_reports") == before + 1
    record_property("acts", f"confirm a room's seats from home: {hands.acts + 1}")


def test_plus_and_minus_move_one_seat(page, seats, record_property):
    page.goto(seats)
    enrolled = number(page, "Enrolled")

    step(page, "one enrolled seat less")

    assert number(page, "Enrolled") == enrolled - 1
    step(page, "one enrolled seat more")
    assert number(page, "Enrolled") == enrolled
    record_property("acts", "one seat more or less: 1")


def test_a_number_that_cannot_be_is_refused_in_words(page, seats):
    page.goto(seats)
    full = number(page, "Licensed") - number(page, "Enrolled") - number(page, "Held")
    for _ in range(full):
        step(page, "one enrolled seat more")
    enrolled = number(page, "Enrolled")

    step(page, "one enrolled seat more")

    expect(page.get_by_role("status").first).to_contain_text("exceed licensed")
    assert number(page, "Enrolled") == enrolled


def test_all_numbers_are_entered_with_an_error_on_the_way(page, seats, record_property):
    page.goto(seats)
    hands = Hands(page)
    hands.click("Enter numbers of Ages 14 to 16")
    hands.write("Licensed", "10")
    hands.write("Enrolled", "11")
    hands.write("Youngest student in the room", "old")
    hands.click("Save seats")
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    expect(page.get_by_label("Licensed", exact=True)).to_have_value("10")
    hands.write("Youngest student in the room", "14y 1m")
    hands.click("Save seats")
    check_gate(page)
    hands.write("Enrolled", "7")
    hands.write("Held", "1")
    hands.click("Save seats")

    expect(room(page)).to_contain_text("2 open")
    expect(room(page)).to_contain_text("Confirmed today")
    assert room(page).locator(".tag--example").count() == 0
    hands.click("History of seats")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("10 licensed, 7 enrolled, 1 held")
    expect(first).to_contain_text("Collaborative staff, LABBB (demo)")
    record_property("acts", f"enter all numbers of a room, two errors on the way: {hands.acts}")


def test_a_stale_save_shows_both_and_can_be_kept(own_site, windows, page):
    address = f"/programs/{own_site.names['program']}/seats/{own_site.names['room']}"
    other = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    for window in (page, other):
        window.goto(address)
    Hands(other).write("Licensed", "12")
    Hands(other).click("Save seats")

    Hands(page).write("Licensed", "14")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        Hands(page).click("Save seats")

    assert answered.value.status == 409
    row = page.get_by_role("row").filter(has_text="Licensed")
    expect(row).to_contain_text("12")
    expect(row).to_contain_text("14")
    check_gate(page)
    Hands(page).click("Save seats")
    expect(room(page)).to_contain_text("of 14")


def test_the_profile_is_edited_and_a_stale_save_shows_both(own_site, windows, page):
    address = f"/programs/{own_site.names['program']}/edit"
    other = windows.open(own_site, Role.COLLABORATIVE_STAFF)
    for window in (page, other):
        window.goto(address)
    Hands(other).write("Ages served", "14-18")
    Hands(other).write("Students to adults", "8:3")
    Hands(other).click("Save profile")
    Hands(other).reads("LABBB at Lexington High School")
    expect(other.locator("main")).to_contain_text("14 to 18")

    Hands(page).write("Ages served", "14-22")
    Hands(page).click("Save profile")

    row = page.get_by_role("row").filter(has_text="Ages")
    expect(row.first).to_contain_text("14 to 18")
    expect(row.first).to_contain_text("14 to 22")
    check_gate(page)
    Hands(page).click("take theirs")
    expect(page.get_by_label("Ages served", exact=True)).to_have_value("14-18")


def test_a_wrong_profile_keeps_what_was_typed_and_says_why(page, own_site):
    page.goto(f"/programs/{own_site.names['program']}/edit")
    hands = Hands(page)
    hands.write("Ages served", "young")
    hands.write("Name", "")
    hands.click("Save profile")

    expect(page.locator(".error-summary li")).to_have_count(2)
    expect(page.get_by_label("Ages served", exact=True)).to_have_value("young")
    check_gate(page)


def test_tuition_is_dated_and_two_never_hold_on_one_day(page, own_site):
    page.goto(f"/programs/{own_site.names['program']}/prices")
    hands = Hands(page)

    def add(first_day: str, amount: str) -> None:
        hands.tick("Asked of", "Member districts")
        hands.write("Dollars a year", amount)
        hands.write("First day", first_day)
        hands.click("Add price")

    add("Jul 1, 2026", "$61,250")
    expect(page.get_by_role("status").first).to_contain_text("Price added.")
    row = page.get_by_role("row").filter(has_text="$61,250")
    expect(row).to_contain_text("Jul 1, 2026")
    assert row.locator(".tag--example").count() == 0
    add("Jan 2027", "$64,000")
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    page.goto(f"/programs/{own_site.names['program']}/prices")
    hands.click("Set the last day of tuition, $61,250")
    hands.write("Last day", "Jun 30, 2027")
    page.get_by_role("button").last.click()
    add("Jul 2027", "64k")
    expect(page.get_by_role("row").filter(has_text="$64,000")).to_contain_text("Jul 1, 2027")


def test_a_room_is_added_filled_retired_and_restored(page, own_site):
    page.goto(f"/programs/{own_site.names['bare']}/rooms")
    hands = Hands(page)
    hands.click("Add a room")
    hands.click("Save room")
    expect(page.locator(".error-summary")).to_be_focused()
    hands.write("Name", "Room 12")
    hands.write("Ages", "6-9")
    hands.click("Save room")
    hands.reads("Seats in Room 12")
    hands.write("Licensed", "8")
    hands.write("Enrolled", "5")
    hands.write("Held", "0")
    hands.click("Save seats")
    expect(room(page)).to_contain_text("3 open")

    page.goto(f"/programs/{own_site.names['bare']}/rooms")
    page.get_by_role("button", name=re.compile("^Retire")).click()

    expect(page.get_by_role("status").first).to_contain_text("Room retired. Its history stays.")
    expect(page.get_by_role("heading", name="Retired rooms")).to_be_visible()
    check_gate(page)
    page.get_by_role("button", name=re.compile("^Restore")).click()
    expect(page.get_by_role("button", name=re.compile("^Retire"))).to_be_visible()


def test_staff_see_no_student(page, own_site):
    for address in ("/students", f"/students/{own_site.names['student']}", "/rankings"):
        assert page.goto(address).status == 403
    assert page.get_by_role("navigation", name="Main").get_by_role("link", name="Students").count() == 0
