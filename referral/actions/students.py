"""What is done to students: create, add a version of the profile, archive and bring back."""

from typing import Any

from referral.actions import audit
from referral.models.base import db
from referral.models.students import ProfileVersion, Student
from referral.queries import students as queries
from referral.rules.answers import Answers
from referral.rules.drafts import Origin
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.students import pruned


def create(
    actor: Actor,
    district_id: int,
    answers: Answers,
    *,
    origin: Origin = Origin.NEW,
    draft_id: int | None = None,
) -> Student:
    """A new student of a district under a random code, with the first version of the profile."""
    check(actor, Permission.STUDENT_WRITE, district_id)
    student = Student(
        ref=make_reference(ReferenceKind.STUDENT),
        district_id=district_id,
        latest_number=1,
        archived=False,
        created_by_id=actor.user_id or None,
    )
    db.session.add(student)
    db.session.flush()
    _add(actor, student, answers, origin=origin, draft_id=draft_id)
    audit.record(actor, "student:record:created", "student", student.ref, origin=origin.value)
    return student


def add_version(actor: Actor, student: Student, answers: Answers, *, draft_id: int | None = None) -> Student:
    """The student with a further version of the profile; earlier ones and their rankings stay as they are."""
    student = queries.get(actor, student.ref, for_update=True)
    check(actor, Permission.STUDENT_WRITE, student.district_id)
    student.latest_number += 1
    _add(actor, student, answers, origin=Origin.REVISION, draft_id=draft_id)
    audit.record(actor, "student:profile:revised", "student", student.ref, version=student.latest_number)
    return student


def set_archived(actor: Actor, ref: str, *, archived: bool) -> Student:
    """The student, put away out of the list or brought back; nothing is removed."""
    student = queries.get(actor, ref, for_update=True)
    check(actor, Permission.STUDENT_WRITE, student.district_id)
    if student.archived != archived:
        student.archived = archived
        verb = "archived" if archived else "restored"
        audit.record(actor, f"student:record:{verb}", "student", student.ref)
    return student


def stored_answers(answers: Answers) -> dict[str, Any]:
    """Answers as the database keeps them: plain JSON values, without what is not known."""
    return answers.model_dump(mode="json", exclude_none=True)


def _add(actor: Actor, student: Student, answers: Answers, *, origin: Origin, draft_id: int | None) -> None:
    db.session.add(
        ProfileVersion(
            student_id=student.id,
            number=student.latest_number,
            answers=stored_answers(pruned(answers)),
            origin=origin.value,
            draft_id=draft_id,
            created_by_id=actor.user_id or None,
        )
    )
    db.session.flush()
