"""The intake in the browser: saved as typed, resumed anywhere, checked, finished once."""

import pytest

from referral.actions.drafts import begin
from referral.rules.answers import Answers
from referral.rules.questions import PAGES, STEPS
from tests.factories import a_district
from tests.pages import page
from tests.programs import load_file
from tests.students import everything
from tests.web.intake import answers_in, controls, fill, url


@pytest.fixture
def district(prepared):
    return prepared(a_district_and_a_program)


def a_district_and_a_program():
    load_file()
    return a_district(name="Concord", town="Concord", state="MA")


@pytest.fixture
def coordinator(signed_in, district):
    return signed_in("coordinator", at=district)


@pytest.fixture
def draft_ref(coordinator, saved, district):
    return saved(lambda: begin(coordinator.actor, district.id).ref)


@pytest.fixture
def full_ref(coordinator, saved, draft_ref):
    """A draft in which every question is answered."""
    return saved(fill, coordinator.actor, draft_ref)


def test_describing_a_student_begins_with_the_first_step(coordinator):
    page(coordinator.get("/students/new"))
    answer = coordinator.post("/students/new", data={})

    assert answer.status_code == 303
    assert page(coordinator.get(answer.location)).h1.text == "Student and Team"


def test_a_saved_step_leads_to_the_next_and_the_last_to_the_check_page(coordinator, draft_ref):
    ways = [coordinator.post(url(draft_ref, step.key), data={"version": "99"}).location for step in STEPS]

    assert ways == [url(draft_ref, step.key) for step in STEPS[1:]] + [url(draft_ref, "check")]


def test_a_change_from_the_check_page_leads_straight_back(coordinator, draft_ref):
    soup = page(coordinator.get(url(draft_ref, "check")))
    change = soup.find("a", href=lambda href: href and href.endswith("back=check#grade"))
    form = page(coordinator.get(change["href"])).select_one("form[data-autosave]")

    assert coordinator.post(form["action"], data={"version": "1"}).location == url(draft_ref, "check")


def test_save_and_finish_later_leads_to_the_list_even_with_errors(app, coordinator, draft_ref):
    answer = coordinator.post(url(draft_ref), data={"version": "1", "age_years": "abc", "later": "1"})

    assert answer.location == "/students"
    assert draft_ref in page(coordinator.get("/students")).select_one(".card--tint").text


@pytest.mark.parametrize("step", PAGES, ids=lambda step: step.key)
def test_a_step_sent_as_it_was_shown_changes_nothing(app, coordinator, full_ref, step):
    before = answers_in(app, coordinator, full_ref)

    answer = coordinator.post(
        url(full_ref, step.key), data=_multi(controls(_step(coordinator, full_ref, step)))
    )

    assert answer.status_code == 303
    assert before == everything()
    assert answers_in(app, coordinator, full_ref) == before


@pytest.mark.parametrize("step", PAGES, ids=lambda step: step.key)
def test_every_question_of_a_step_is_on_its_page(coordinator, full_ref, step):
    soup = _step(coordinator, full_ref, step)
    shown = {str(one["name"]).split("-")[0] for one in soup.select("form[data-autosave] [name]")}

    assert set(step.names) - {"services_not_needed"} <= shown


def test_what_cannot_be_read_is_shown_again_and_the_rest_is_kept(app, coordinator, draft_ref):
    answer = coordinator.post(url(draft_ref), data={"version": "1", "age_years": "abc", "grade": "6"})
    again = page(coordinator.get(url(draft_ref)))

    assert answer.status_code == 422
    assert page(answer).select_one(".error-summary a").text == "Enter the age in whole years, from 2 to 25."
    assert again.select_one("#age_years")["value"] == "abc"
    assert again.title.text.startswith("Error: ")
    assert answers_in(app, coordinator, draft_ref) == Answers(grade="6")


def test_the_task_list_says_how_far_each_step_is(coordinator, draft_ref):
    coordinator.post(url(draft_ref), data={"version": "1", "grade": "6"})
    coordinator.post(url(draft_ref, "place"), data={"version": "2", "home_zip": "2"})
    coordinator.post(url(draft_ref, "access", "/autosave"), data={"version": "3", "hearing": "mild"})

    tags = [tag.text for tag in page(coordinator.get(f"/intake/{draft_ref}")).select(".tasks .tag")]

    assert tags == [
        "Completed",
        "Not started",
        "In progress",
        "Not started",
        "Not started",
        "There is a problem",
    ]


def test_an_autosave_answers_with_the_version_and_the_programs_left(app, coordinator, draft_ref):
    answer = coordinator.post(
        url(draft_ref, end="/autosave"), data={"version": "1", "age_years": "20", "tab": "a"}
    )

    assert answer.json["version"] == 2
    assert answer.json["conflict"] is False
    assert answer.json["matching"] == {"possible": 0, "total": 1, "ruled_out": 1}
    assert answers_in(app, coordinator, draft_ref).age_years == 20


def test_an_autosave_over_another_tabs_is_a_conflict_and_changes_nothing(app, coordinator, draft_ref):
    address = url(draft_ref, end="/autosave")
    coordinator.post(address, data={"version": "1", "grade": "6", "tab": "a"})

    answer = coordinator.post(address, data={"version": "1", "grade": "7", "tab": "b"})
    own_late = coordinator.post(address, data={"version": "1", "grade": "8", "tab": "a"})

    assert (answer.status_code, answer.json["conflict"]) == (409, True)
    assert own_late.status_code == 200
    assert answers_in(app, coordinator, draft_ref).grade == "8"


def test_a_conflict_on_save_shows_both_and_keeps_either(app, coordinator, draft_ref):
    coordinator.post(url(draft_ref, end="/autosave"), data={"version": "1", "grade": "6", "tab": "a"})
    answer = coordinator.post(
        url(draft_ref), data={"version": "1", "grade": "7", "age_years": "12", "tab": "b"}
    )
    soup = page(answer)

    assert answer.status_code == 409
    assert [cell.text for cell in soup.select("tbody tr:nth-of-type(2) td")] == ["Grade 6", "Grade 7"]
    assert answers_in(app, coordinator, draft_ref).grade == "6"
    coordinator.post(url(draft_ref), data=_multi(controls(soup)))
    assert answers_in(app, coordinator, draft_ref) == Answers(grade="7", age_years=12)


def test_a_question_that_does_not_arise_is_neither_asked_nor_kept(app, coordinator, full_ref):
    coordinator.post(url(full_ref), data={"version": "99", "age_years": "9"})

    soup = _step(coordinator, full_ref, STEPS[5])

    assert not soup.select("[name=transition_goals]")
    assert answers_in(app, coordinator, full_ref).transition_goals is None


def test_a_program_is_named_in_words_and_a_near_miss_is_offered(app, coordinator, draft_ref):
    data = {"version": "9", "preferred_programs-0": "bridge program", "preferred_programs-1": "Brigde"}
    answer = coordinator.post(url(draft_ref, "place"), data=data)

    assert "Did you mean “Bridge Program, River Collaborative”?" in page(answer).text
    assert answers_in(app, coordinator, draft_ref).preferred_programs == ("bridge",)


def test_a_zip_code_that_does_not_exist_is_refused(app, coordinator, draft_ref):
    answer = coordinator.post(url(draft_ref, "place"), data={"version": "9", "home_zip": "00000"})

    assert "No ZIP code 00000 is known." in page(answer).text
    assert answers_in(app, coordinator, draft_ref).home_zip is None


def test_another_wish_gets_another_row(coordinator, draft_ref):
    data = {"version": "9", "wishes-0-feature": "lift", "wishes-0-insistence": "nice", "again": "1"}
    answer = coordinator.post(url(draft_ref, "place"), data=data)

    assert answer.location.endswith("#wishes")
    assert len(_step(coordinator, draft_ref, STEPS[5]).select("[name$=-feature]")) == 2


@pytest.mark.parametrize(
    ("step", "data", "message"),
    [
        ("place", {"wishes-0-feature": "lift"}, "Choose how the Team holds this"),
        (
            "place",
            {
                "wishes-0-feature": "lift",
                "wishes-0-insistence": "nice",
                "wishes-1-feature": "lift",
                "wishes-1-insistence": "nice",
            },
            "This is named in another row.",
        ),
        ("levels", {"level_corrections-medical-level": "2"}, "Say why the level was set by hand."),
        ("disability", {"other_categories": ["autism", "none-of-these"]}, "not both."),
        (
            "services",
            {"services-nursing-asked": "required", "services-nursing-minutes_per_week": "x"},
            "minutes",
        ),
    ],
)
def test_answers_that_belong_together_are_asked_for_together(coordinator, draft_ref, step, data, message):
    answer = coordinator.post(url(draft_ref, step), data={"version": "9", **data})

    assert answer.status_code == 422
    assert message in page(answer).select_one(".error-summary").text


@pytest.mark.parametrize(
    ("data", "services"),
    [
        ({}, None),
        ({"services-others": "not_needed"}, ()),
        ({"services-nursing-asked": "preferred"}, ("nursing",)),
        ({"services-nursing-asked": "not_needed"}, None),
    ],
    ids=["unknown", "none", "some", "one not needed"],
)
def test_services_are_unknown_until_something_is_said(app, coordinator, draft_ref, data, services):
    coordinator.post(url(draft_ref, "services"), data={"version": "9", **data})

    asked = answers_in(app, coordinator, draft_ref).services
    assert services == (None if asked is None else tuple(one.service for one in asked))


@pytest.mark.parametrize(("seen", "types"), [("none", 7), ("unknown", 0), ("some", 1)])
def test_behavior_is_settled_by_one_answer_where_there_was_none(app, coordinator, draft_ref, seen, types):
    data = {"version": "9", "behaviors-seen": seen, "behaviors-property-frequency": "daily"}
    coordinator.post(url(draft_ref, "behavior"), data=data)

    assert len(answers_in(app, coordinator, draft_ref).behaviors or {}) == types


def _step(client, ref, step):
    return page(client.get(url(ref, step.key)))


def _multi(pairs):
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data
