"""A coordinator's day: describe a student without a name, see what fits and why, and come back to it."""

import re

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands

CODE = re.compile(r"^Student (S-[0-9A-HJKMNP-TV-Z]{11})$")


@pytest.fixture
def page(own_site, windows) -> Page:
    return windows.open(own_site, Role.COORDINATOR)


def begin(hands: Hands) -> None:
    """From the list of students to the first step."""
    hands.page.goto("/students")
    hands.click("Describe a student")
    hands.click("Start")
    hands.reads("Student and Team")


def answer_student(hands: Hands) -> None:
    hands.write("Age when the placement would start", "9")
    hands.pick("Grade", "Grade 3")
    hands.tick("Where the IEP Team stands", "The Team supports a placement outside the district")
    hands.tick("Kind of placement", "School-year placement")


def answer_disability(hands: Hands) -> None:
    hands.pick("Primary disability", "Autism")
    hands.tick("Academic level", "Significantly below average")


def answer_services(hands: Hands) -> None:
    speech = hands.page.get_by_role("group", name="Speech-language therapy", exact=True)
    hands.pick("Asked", "Required", within=speech)
    hands.write("Minutes a week", "1 hour", within=speech)


def finish(hands: Hands) -> str:
    """Finish the draft from any page of it; gives the student's code."""
    hands.click("Finish and make the student code")
    heading = hands.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(CODE)
    return CODE.match(heading.inner_text())[1]


def test_one_click_signs_in_and_home_says_what_waits(own_site, windows):
    page = windows.open(own_site)
    page.goto("/students")
    hands = Hands(page)
    hands.reads("Sign in")

    hands.click("Out-of-district coordinator")

    hands.reads("Home")
    expect(page.get_by_text("need profiles begun and not finished")).to_be_visible()
    assert hands.acts == 1


def test_a_student_is_described_out_of_order_corrected_checked_and_ranked(page, own_site, record_property):
    before = own_site.count("students")
    hands = Hands(page)
    begin(hands)
    answer_student(hands)
    hands.write("And months", "some")
    hands.click("Save and continue")

    expect(page).to_have_title(re.compile("^Error: Student and Team"))
    expect(page.locator(".error-summary")).to_be_focused()
    check_gate(page)
    hands.click("Enter the months beyond the years, from 0 to 11.")
    expect(page.get_by_label("And months")).to_be_focused()
    expect(page.get_by_label("Age when the placement would start")).to_have_value("9")
    hands.write("And months", "4")
    hands.click("Save and continue")
    hands.reads("Disability and strengths")
    answer_disability(hands)
    hands.click("Related services")  # another step, out of order and before the pause that saves is over
    hands.reads("Related services")
    answer_services(hands)
    hands.click("Save and finish later")

    hands.reads("Students")
    page.get_by_role("link", name=re.compile("^New student ?, draft")).first.click()
    hands.reads("Describe a student")
    expect(page.get_by_role("listitem").filter(has_text="Related services")).to_contain_text("Completed")
    hands.click("Check your answers")
    speech = page.locator("main div").filter(has=page.locator("dt", has_text="Related services")).last
    expect(speech).to_contain_text("60 minutes")
    expect(page.locator("main")).to_contain_text("Significantly below average")
    check_gate(page)
    page.get_by_role("link", name=re.compile("^Change.*grade", re.IGNORECASE)).click()
    hands.reads("Student and Team")
    hands.pick("Grade", "Grade 4")
    hands.click("Save and return to check")
    hands.reads("Check your answers")
    expect(page.locator("main")).to_contain_text("Grade 4")
    code = finish(hands)

    assert own_site.count("students") == before + 1
    hands.click("Rank programs")
    hands.reads(f"Ranked programs for {code}")
    record_property("acts", f"describe a student with an error and a resumed draft, and rank: {hands.acts}")


def test_the_shortest_way_from_a_new_student_to_ranked_programs(page, record_property):
    hands = Hands(page)
    begin(hands)
    answer_student(hands)
    hands.click("Save and continue")
    answer_disability(hands)
    hands.click("Save and continue")
    for _ in range(4):
        hands.click("Save and continue")
    hands.reads("Check your answers")
    code = finish(hands)
    hands.click("Rank programs")

    hands.reads(f"Ranked programs for {code}")
    assert hands.acts <= 20
    record_property("acts", f"describe a student in the shortest way and rank: {hands.acts}")


def test_the_count_beside_the_form_follows_what_is_typed(page):
    hands = Hands(page)
    begin(hands)
    count = page.locator("[data-match-count=possible]")
    at_first = int(count.inner_text())

    hands.write("Age when the placement would start", "9")

    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("^Draft saved "))
    expect(count).not_to_have_text(str(at_first))
    assert int(count.inner_text()) < at_first
    page.reload()
    expect(page.get_by_label("Age when the placement would start")).to_have_value("9")


def test_two_tabs_lose_nothing(own_site, windows):
    first = windows.open(own_site, Role.COORDINATOR)
    begin(Hands(first))
    second = windows.open(own_site, Role.COORDINATOR)
    second.goto(first.url)
    Hands(second).write("Age when the placement would start", "12")
    Hands(second).click("Save and continue")

    Hands(first).pick("Grade", "Grade 1")
    expect(first.locator("[data-autosave-status]")).to_contain_text("changed in another tab")
    Hands(first).click("Save and continue")

    Hands(first).reads("Two versions of student and team")
    row = first.get_by_role("row").filter(has_text="Age when the placement would start")
    expect(row).to_contain_text("12 years")
    expect(first.get_by_label("Grade", exact=True)).to_have_value("1")
    check_gate(first)


def test_a_double_click_on_finish_makes_one_student(page, own_site):
    before = own_site.count("students")
    hands = Hands(page)
    begin(hands)
    page.goto(page.url.replace("/student", "/check"))

    page.get_by_role("button", name="Finish and make the student code").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text(CODE)
    assert own_site.count("students") == before + 1


def test_the_key_slip_has_the_code_and_a_line_for_the_name_only(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/students/{site.names['student']}")

    page.get_by_role("link", name="Key slip").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text(site.names["student"])
    expect(main).to_contain_text("Keep in the district.")
    assert main.locator("input, textarea").count() == 0


def test_the_ranked_page_gives_reasons_seats_ride_setting_and_cost(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/rankings/{site.names['ranking']}")
    first = page.locator("article").first

    expect(page.get_by_text("This ranking rests on example figures")).to_be_visible()
    expect(page.locator("main")).to_contain_text(
        re.compile(r"\d+ programs? meets? every must|0 programs meet every must")
    )
    for fact in ("Seats", "Setting", "Ride", "Cost"):
        expect(first.locator("dt", has_text=fact).first).to_be_visible()
    assert 1 <= first.locator(".option__why > .reasons").first.locator("li").count() <= 3
    first.locator("summary", has_text="What the cost is made of").click()
    expect(first.locator("details[open]")).to_contain_text("Tuition")


def test_three_programs_are_compared_side_by_side(site, windows, record_property):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/rankings/{site.names['ranking']}")
    hands = Hands(page)
    names = [one.inner_text() for one in page.locator("article h4").all()[:3]]

    hands.tick("Programs to refer to or compare", *(f"Choose {name}" for name in names))
    hands.click("Compare")

    hands.reads("Compare 3 programs")
    for name in names:
        expect(page.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Where it differs")).to_be_visible()
    record_property("acts", f"compare three programs of a ranking: {hands.acts}")


def test_one_ticked_program_is_not_compared_and_the_page_says_why(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/rankings/{site.names['ranking']}")

    Hands(page).click("Compare")

    expect(page.get_by_role("status").first).to_contain_text("Tick two to four programs")


def test_every_ruled_out_program_has_a_reason_and_can_be_found_by_it(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/rankings/{site.names['ranking']}")
    page.get_by_role("link", name=re.compile("^Ruled out, with reasons")).click()
    page.wait_for_load_state()  # a long page; what is counted must have arrived
    programs = page.locator("main dl > div")
    total = programs.count()

    assert f"{total} programs are ruled out" in page.locator("main").inner_text()
    for program in programs.all()[:: max(total // 10, 1)]:
        assert program.locator(".reasons li").count() >= 1
    page.get_by_label("Reason", exact=True).select_option(index=1)
    page.get_by_role("button", name="Show").click()
    assert 0 < programs.count() <= total


def test_the_team_sheet_has_no_cost_no_place_and_no_value(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto(f"/rankings/{site.names['ranking']}/team-sheet")
    text = page.locator("main").inner_text()

    assert "For the Team's consideration. The Team decides." in text
    assert not re.search(r"\$|cost|tuition|price|of 1000|\bplace \d|\brank\b|\b[12]\. ", text, re.IGNORECASE)
    for section in page.locator("main section").all():
        names = [one.inner_text().casefold() for one in section.locator("dt strong").all()]
        assert names == sorted(names)


def test_every_team_sheet_prints_on_one_page(site, windows):
    page = windows.open(site, Role.COORDINATOR)
    page.goto("/rankings")
    addresses = [link.get_attribute("href") for link in page.locator("tbody th a").all()]

    for address in addresses:
        page.goto(f"{address}/team-sheet")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1, address


def test_after_a_revision_the_old_ranking_says_what_changed_and_keeps_its_facts(page, own_site):
    student, old = own_site.names["student"], own_site.names["ranking"]
    page.goto(f"/rankings/{old}")
    first_then = page.locator("article h4").first.inner_text()
    page.goto(f"/students/{student}")
    hands = Hands(page)
    hands.click("Revise")
    hands.reads(f"Revise student {student}")
    hands.click("Student and Team")
    hands.write("Age when the placement would start", "16")
    hands.click("Save and continue")
    hands.click("All steps")
    hands.click("Check your answers")
    hands.click("Save as the next version")
    hands.reads(f"Student {student}")

    page.goto(f"/rankings/{old}")

    expect(page.get_by_text("The page below shows the facts as they were.")).to_be_visible()
    expect(page.locator(".notice--warn")).to_contain_text("revised")
    assert page.locator("article h4").first.inner_text() == first_then
    hands.click("Rank again with today's facts")
    expect(page.locator("main")).to_contain_text("Ages 15 to 17")
