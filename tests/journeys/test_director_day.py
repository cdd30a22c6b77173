"""A director's day: look at a ranking as it was kept, note on it, set another order, take it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands
from tests.journeys.scenes import NOTE


@pytest.fixture
def page(own_site, windows) -> Page:
    return windows.open(own_site, Role.DIRECTOR)


def test_the_list_leads_to_a_ranking_with_cost_and_restrictiveness(page):
    page.goto("/")
    hands = Hands(page)
    hands.click("Rankings")
    hands.reads("Rankings")
    rows = page.locator("tbody tr")
    everything = rows.count()

    page.get_by_label("Only where the director set an order").check()
    hands.click("Show")

    expect(rows).to_have_count(1)
    assert everything > 1
    rows.locator("th a").click()
    expect(page.locator("main")).to_contain_text(NOTE)
    first = page.locator("article").first
    expect(first.locator("dt", has_text="Setting").first).to_be_visible()
    expect(first.locator("dd", has_text="Tuition $").first).to_be_visible()


def test_a_note_is_kept_and_the_coordinator_reads_it(page, own_site, windows):
    address = f"/rankings/{own_site.names['ranking']}"
    page.goto(address)
    hands = Hands(page)
    hands.click("Add a note")
    hands.click("Save the note")
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    hands.write("Note", "Ask the first two for a visit in January.")
    hands.click("Save the note")

    expect(page.locator("main")).to_contain_text("Ask the first two for a visit in January.")
    other = windows.open(own_site, Role.COORDINATOR)
    other.goto(address)
    expect(other.locator("main")).to_contain_text("Ask the first two for a visit in January.")
    assert other.get_by_role("link", name="Add a note").count() == 0


def test_another_order_needs_a_reason_stands_above_the_tools_and_can_be_taken_back(
    page, own_site, record_property
):
    page.goto(f"/rankings/{own_site.names['ranking']}")
    hands = Hands(page)
    order = [one.inner_text() for one in page.locator("article h4").all()]
    hands.click("Set another order")
    hands.pick("Program", order[2])
    hands.click("Set this order")
    check_gate(page)
    hands.click("Choose a reason")
    hands.tick("Reason", "Seen on a visit")
    hands.write("Place", "2")
    hands.click("Set this order")

    notice = page.locator(".notice--good", has_text=order[2])
    expect(notice).to_contain_text("The tool's order is below.")
    expect(notice).to_contain_text("seen on a visit")
    assert [one.inner_text() for one in page.locator("article h4").all()] == order
    record_property("acts", f"set another order with a reason, one error on the way: {hands.acts}")
    notice.get_by_role("button", name=re.compile("^Take this back")).click()
    expect(page.locator(".notice--good", has_text=order[2])).to_have_count(0)
    page.locator("summary", has_text="Orders the director took back").click()
    expect(page.locator("details[open]")).to_contain_text("Taken back on")


def test_the_same_program_is_not_moved_twice(page, own_site):
    page.goto(f"/rankings/{own_site.names['ranking']}/order")
    hands = Hands(page)
    page.get_by_label("Program", exact=True).select_option(own_site.names["second"])
    hands.tick("Reason", "Seen on a visit")

    hands.click("Set this order")

    expect(page).to_have_title(re.compile("^Error: "))
    check_gate(page)


def test_the_order_by_value_opens_only_by_its_button_and_says_what_it_may_do(page, own_site):
    ranking = own_site.names["revised_ranking"]
    page.goto(f"/rankings/{ranking}?view=value")
    expect(page.locator("main")).not_to_contain_text("By value alone")

    Hands(page).click("By value, setting as a column")

    expect(page.locator("main")).to_contain_text("By value alone")
    values = [int(cell.inner_text().split()[0]) for cell in page.locator("td[data-label=Value]").all()]
    assert values == sorted(values, reverse=True)


def test_the_director_of_another_district_finds_nothing(own_site, windows):
    page = windows.open(own_site, Role.COLLABORATIVE_STAFF)

    answer = page.goto(f"/rankings/{own_site.names['ranking']}")

    assert answer.status == 403
    check_gate(page)
