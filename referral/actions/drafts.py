"""What is done to intake drafts: begin, save a step, finish into a version of a profile, discard."""

from collections.abc import Mapping
from typing import Any

from referral.actions import audit
from referral.actions import students as student_actions
from referral.errors import InvalidInput
from referral.models.base import db, utc_now
from referral.models.students import Draft, Student
from referral.queries import drafts as queries
from referral.queries import students as student_queries
from referral.rules.answers import Answers
from referral.rules.drafts import Origin, after_write, check_not_stale, check_open
from referral.rules.intake import StepWrite, with_step
from referral.rules.permissions import Actor, Permission, check
from referral.rules.questions import STEPS
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.students import not_asked, pruned


def begin(actor: Actor, district_id: int) -> Draft:
    """A new, empty draft for a student of a district."""
    return _begin(actor, district_id, Answers(), Origin.NEW)


def begin_copy(actor: Actor, ref: str) -> Draft:
    """A draft for a new student, filled in with the latest profile of another."""
    student = student_queries.get(actor, ref)
    answers = student_queries.answers_of(student_queries.version(student))
    return _begin(actor, student.district_id, answers, Origin.COPY)


def begin_revision(actor: Actor, ref: str) -> Draft:
    """A draft that will become the next version of a student's profile."""
    student = student_queries.get(actor, ref)
    answers = student_queries.answers_of(student_queries.version(student))
    return _begin(actor, student.district_id, answers, Origin.REVISION, student)


def save_step(actor: Actor, ref: str, write: StepWrite) -> Draft:
    """The draft with one step saved: readable answers kept, unreadable text kept beside them.

    Autosaves are not audited; a step saved by the button is.

    Raises
    ------
    StaleUpdate : the step was changed elsewhere after the page was drawn.
    """
    draft = _open_draft(actor, ref)
    check_not_stale(draft.writes, write)
    answers = pruned(with_step(queries.answers_of(draft), write.values))
    refused = _refused(draft.refused, write, not_asked(answers))
    stored = student_actions.stored_answers(answers)
    changed = stored != draft.answers or refused != draft.refused
    if changed:
        draft.version += 1
        draft.answers, draft.refused = stored, refused
        draft.updated_at = utc_now()
    draft.writes = after_write(draft.writes, write, version=draft.version, changed=changed)
    if write.by_button:
        _mark_saved(actor, draft, write)
    return draft


def finish(actor: Actor, ref: str) -> Student:
    """The student whose profile the draft became; finishing a finished draft gives the same student.

    Raises
    ------
    InvalidInput : some text could not be read yet.
    """
    draft = queries.get(actor, ref, for_update=True)
    if draft.finished_at is not None:
        return queries.student_made_of(actor, draft)
    check(actor, Permission.STUDENT_WRITE, draft.district_id)
    if draft.refused:
        raise InvalidInput(code="draft_has_problems")
    answers, origin = queries.answers_of(draft), Origin(draft.origin)
    if origin is Origin.REVISION and draft.student is not None:
        student = student_actions.add_version(actor, draft.student, answers, draft_id=draft.id)
    else:
        student = student_actions.create(actor, draft.district_id, answers, origin=origin, draft_id=draft.id)
    draft.finished_at = utc_now()
    draft.answers, draft.refused, draft.writes = {}, {}, {}
    return student


def discard(actor: Actor, ref: str) -> None:
    """Remove an unfinished draft and all that was typed into it."""
    draft = _open_draft(actor, ref)
    audit.record(actor, "student:draft:discarded", "draft", draft.ref)
    db.session.delete(draft)


def _begin(
    actor: Actor, district_id: int, answers: Answers, origin: Origin, student: Student | None = None
) -> Draft:
    check(actor, Permission.STUDENT_WRITE, district_id)
    draft = Draft(
        ref=make_reference(ReferenceKind.DRAFT),
        district_id=district_id,
        author_id=actor.user_id or None,
        student_id=student.id if student else None,
        origin=origin.value,
        answers=student_actions.stored_answers(answers),
        refused={},
        saved_steps=[] if origin is Origin.NEW else [step.key for step in STEPS],
        writes={},
        version=1,
    )
    db.session.add(draft)
    db.session.flush()
    audit.record(actor, "student:draft:begun", "draft", draft.ref, origin=origin.value)
    return draft


def _open_draft(actor: Actor, ref: str) -> Draft:
    """The draft, locked, if it can still be written.

    Raises
    ------
    StaleUpdate : it was finished in the meantime.
    """
    draft = queries.get(actor, ref, for_update=True)
    check(actor, Permission.STUDENT_WRITE, draft.district_id)
    check_open(draft.finished_at)
    return draft


def _refused(before: Mapping[str, Any], write: StepWrite, skipped: frozenset[str]) -> dict[str, Any]:
    kept = {name: typed for name, typed in before.items() if name not in write.step.names}
    merged = kept | dict(write.refused)
    return {name: typed for name, typed in merged.items() if name not in skipped}


def _mark_saved(actor: Actor, draft: Draft, write: StepWrite) -> None:
    if write.step.key not in draft.saved_steps:
        draft.saved_steps = [*draft.saved_steps, write.step.key]
    audit.record(actor, "student:draft:saved", "draft", draft.ref, step=write.step.key, version=draft.version)
