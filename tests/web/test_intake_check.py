"""The check page: every answer, what a program would see, and one student however often it is finished."""

import json

import pytest
from sqlalchemy import func, select

from referral.actions.drafts import begin
from referral.models.base import db
from referral.models.students import Draft, Student
from referral.queries import students as student_queries
from referral.rules.questions import LABELS
from tests.databases import at_most
from tests.factories import a_district
from tests.pages import page
from tests.programs import load_file
from tests.students import everything
from tests.web.intake import fill, url


@pytest.fixture
def district(saved):
    saved(load_file)
    return saved(a_district, name="Concord", town="Concord", state="MA")


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


def test_the_check_page_shows_every_answer_and_what_a_program_would_see(coordinator, full_ref):
    soup = page(coordinator.get(url(full_ref, "check")))
    seen = soup.select_one("section[aria-labelledby=enquiry] dl").text

    assert all(label in soup.text for name, label in LABELS.items() if name != "level_corrections")
    assert "Bridge Program, River Collaborative" in soup.text
    assert "Set by hand: it changed since the answers were given." in soup.text
    assert "Massachusetts" in seen
    assert "15 to 17 years" in seen
    assert not [word for word in ("Concord", "02421", "tactile", "Grade 9") if word in seen]


def test_a_draft_with_text_that_cannot_be_read_says_so_and_does_not_finish(app, coordinator, draft_ref):
    coordinator.post(url(draft_ref), data={"version": "1", "age_years": "abc"})

    answer = coordinator.post(url(draft_ref, "check"))

    assert answer.status_code == 422
    assert page(answer).find("a", string="Correct or clear: age when the placement would start")


def test_pressing_finish_twice_makes_one_student(app, coordinator, full_ref):
    first, second = (coordinator.post(url(full_ref, "check")) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Student)) == 1
        (student,) = db.session.scalars(select(Student))
        assert student_queries.answers_of(student_queries.version(student)) == everything()


def test_a_finished_draft_leads_to_its_student(coordinator, full_ref):
    student = coordinator.post(url(full_ref, "check")).location

    for address in (f"/intake/{full_ref}", url(full_ref), url(full_ref, "check")):
        assert coordinator.get(address).location == student
    assert coordinator.post(url(full_ref), data={"grade": "6"}).location == student


def test_a_draft_can_be_removed(app, coordinator, draft_ref):
    assert coordinator.post(f"/intake/{draft_ref}/discard").location == "/students"
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_a_strangers_draft_is_not_there(coordinator, signed_in, draft_ref):
    stranger = signed_in("coordinator")

    for address in (f"/intake/{draft_ref}", url(draft_ref), url(draft_ref, "check")):
        assert stranger.get(address).status_code == 404
    for address in (url(draft_ref), url(draft_ref, end="/autosave"), f"/intake/{draft_ref}/discard"):
        assert stranger.post(address).status_code == 404


def test_a_step_asks_the_database_a_bounded_number_of_times(coordinator, full_ref, engine):
    coordinator.get(url(full_ref, "place"))

    with at_most(9, engine):
        coordinator.get(url(full_ref, "place"))


def test_a_draft_holds_nothing_in_the_cookie(coordinator, draft_ref):
    coordinator.post(url(draft_ref), data={"version": "1", "age_years": "nine-ish", "grade": "6"})

    with coordinator.session_transaction() as session:
        assert "nine-ish" not in json.dumps(dict(session), default=str)
