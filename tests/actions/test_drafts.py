"""What is done to intake drafts, on both databases."""

import pytest
from sqlalchemy import func, select

from referral.actions import drafts, students
from referral.errors import InvalidInput, NotPermitted, RecordNotFound, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.students import Draft, Student
from referral.queries import drafts as queries
from referral.queries import students as student_queries
from referral.rules.answers import Answers
from referral.rules.intake import StepWrite
from referral.rules.questions import STEPS
from tests.students import a_coordinator, a_draft, a_student, district_of, everything

STUDENT, ACCESS = STEPS[0], STEPS[2]


def a_write(step=STUDENT, seen_version=1, tab="", by_button=True, refused=None, **values):
    return StepWrite(
        step=step,
        values=values,
        refused=refused or {},
        seen_version=seen_version,
        tab=tab,
        by_button=by_button,
    )


def test_a_saved_step_is_kept_with_what_could_not_be_read(database):
    actor = a_coordinator()
    draft = a_draft(actor)

    drafts.save_step(actor, draft.ref, a_write(grade="6", refused={"age_years": "abc"}))

    assert queries.answers_of(draft) == Answers(grade="6")
    assert draft.refused == {"age_years": "abc"}
    assert (draft.saved_steps, draft.version) == (["student"], 2)


def test_a_corrected_answer_takes_the_place_of_what_could_not_be_read(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    drafts.save_step(actor, draft.ref, a_write(refused={"age_years": "abc"}))

    drafts.save_step(actor, draft.ref, a_write(seen_version=2, age_years=12))

    assert (draft.refused, queries.answers_of(draft).age_years) == ({}, 12)


def test_text_typed_into_a_question_that_no_longer_arises_is_dropped(database):
    actor = a_coordinator()
    draft = a_draft(actor)

    drafts.save_step(actor, draft.ref, a_write(refused={"age_extra_months": "abc"}, age_years=None))

    assert draft.refused == {}


def test_an_autosave_is_not_audited_and_completes_no_step(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    before = db.session.scalar(select(func.count()).select_from(AuditEvent))

    drafts.save_step(actor, draft.ref, a_write(grade="6", by_button=False))

    assert draft.saved_steps == []
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_a_save_that_changes_nothing_keeps_the_version(database):
    actor = a_coordinator()
    draft = a_draft(actor)

    drafts.save_step(actor, draft.ref, a_write(tab="a"))
    drafts.save_step(actor, draft.ref, a_write(tab="b"))

    assert (draft.version, draft.saved_steps) == (1, ["student"])


def test_two_tabs_on_one_step_are_in_conflict_and_nothing_is_lost(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    drafts.save_step(actor, draft.ref, a_write(tab="a", grade="6"))

    with pytest.raises(StaleUpdate):
        drafts.save_step(actor, draft.ref, a_write(tab="b", grade="7"))

    assert queries.answers_of(draft).grade == "6"


def test_two_tabs_on_two_steps_are_in_nobodys_way(database):
    actor = a_coordinator()
    draft = a_draft(actor)

    drafts.save_step(actor, draft.ref, a_write(tab="a", grade="6"))
    drafts.save_step(actor, draft.ref, a_write(step=ACCESS, tab="b", hearing="mild"))

    assert queries.answers_of(draft) == Answers(grade="6", hearing="mild")


def test_finishing_makes_one_student_however_often_it_is_pressed(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    drafts.save_step(actor, draft.ref, a_write(grade="6"))

    first, second = drafts.finish(actor, draft.ref), drafts.finish(actor, draft.ref)

    assert first.ref == second.ref
    assert db.session.scalar(select(func.count()).select_from(Student)) == 1
    assert student_queries.answers_of(student_queries.version(first)) == Answers(grade="6")


def test_a_finished_draft_is_emptied_and_takes_no_more_answers(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    drafts.save_step(actor, draft.ref, a_write(grade="6"))
    drafts.finish(actor, draft.ref)

    assert (draft.answers, draft.writes) == ({}, {})
    with pytest.raises(StaleUpdate):
        drafts.save_step(actor, draft.ref, a_write(seen_version=9, grade="7"))


def test_a_draft_with_text_that_cannot_be_read_does_not_finish(database):
    actor = a_coordinator()
    draft = a_draft(actor)
    drafts.save_step(actor, draft.ref, a_write(refused={"age_years": "abc"}))

    with pytest.raises(InvalidInput):
        drafts.finish(actor, draft.ref)

    assert draft.finished_at is None


def test_a_revision_becomes_the_next_version_of_the_same_student(database):
    actor = a_coordinator()
    student = a_student(actor, grade="6")
    draft = drafts.begin_revision(actor, student.ref)

    assert queries.answers_of(draft) == Answers(grade="6")
    assert drafts.finish(actor, draft.ref).ref == student.ref
    assert (student.latest_number, student_queries.version(student).origin) == (2, "revision")


def test_a_copy_becomes_another_student_with_the_same_answers(database):
    actor = a_coordinator()
    student = students.create(actor, district_of(actor), everything())
    made = drafts.finish(actor, drafts.begin_copy(actor, student.ref).ref)

    assert made.ref != student.ref
    assert student_queries.answers_of(student_queries.version(made)) == everything()
    assert student_queries.version(made).origin == "copy"


def test_a_discarded_draft_is_gone_with_its_answers(database):
    actor = a_coordinator()
    draft = a_draft(actor)

    drafts.discard(actor, draft.ref)

    assert db.session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("deed", ["save", "finish", "discard", "copy", "revise", "begin"])
def test_a_stranger_finds_neither_the_draft_nor_the_student(database, deed):
    draft, student, stranger = a_draft(), a_student(), a_coordinator()
    deeds = {
        "save": lambda: drafts.save_step(stranger, draft.ref, a_write()),
        "finish": lambda: drafts.finish(stranger, draft.ref),
        "discard": lambda: drafts.discard(stranger, draft.ref),
        "copy": lambda: drafts.begin_copy(stranger, student.ref),
        "revise": lambda: drafts.begin_revision(stranger, student.ref),
        "begin": lambda: drafts.begin(stranger, draft.district_id),
    }

    with pytest.raises((RecordNotFound, NotPermitted)):
        deeds[deed]()


def test_a_draft_that_came_to_nothing_leads_to_no_student(database):
    actor = a_coordinator()

    with pytest.raises(RecordNotFound):
        queries.student_made_of(actor, a_draft(actor))


def test_drafts_to_finish_are_those_of_the_district_and_not_the_finished(database):
    actor, other = a_coordinator(), a_coordinator()
    done, waiting, foreign = a_draft(actor), a_draft(actor), a_draft(other)
    drafts.finish(actor, done.ref)

    assert [draft.ref for draft in queries.unfinished(actor)] == [waiting.ref]
    assert [draft.ref for draft in queries.unfinished(other)] == [foreign.ref]
