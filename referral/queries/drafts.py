"""Reads of intake drafts: those of the actor's districts, and no others."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.students import Draft, ProfileVersion, Student
from referral.rules.answers import Answers
from referral.rules.permissions import Actor, Permission, places
from referral.rules.references import ReferenceKind, read_reference


def get(actor: Actor, ref: str, *, for_update: bool = False) -> Draft:
    """The draft with this reference, finished or not.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    statement = select(Draft).where(
        Draft.ref == read_reference(ref, ReferenceKind.DRAFT),
        Draft.district_id.in_(places(actor, Permission.STUDENT_WRITE)),
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    draft = db.session.scalar(statement)
    if draft is None:
        raise RecordNotFound(kind="draft")
    return draft


def unfinished(actor: Actor) -> Sequence[Draft]:
    """Drafts of the actor's districts that can be resumed, latest first."""
    return db.session.scalars(
        select(Draft)
        .where(
            Draft.district_id.in_(places(actor, Permission.STUDENT_WRITE)),
            Draft.finished_at.is_(None),
        )
        .options(joinedload(Draft.author), joinedload(Draft.student))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(50)
    ).all()


def student_made_of(actor: Actor, draft: Draft) -> Student:
    """The student of the version that a finished draft became.

    Raises
    ------
    RecordNotFound : nothing came of it, or not in the actor's districts.
    """
    student = db.session.scalar(
        select(Student)
        .join(ProfileVersion, ProfileVersion.student_id == Student.id)
        .where(
            ProfileVersion.draft_id == draft.id,
            Student.district_id.in_(places(actor, Permission.STUDENT_READ)),
        )
    )
    if student is None:
        raise RecordNotFound(kind="student")
    return student


def answers_of(draft: Draft) -> Answers:
    """What can be read in a draft so far."""
    return Answers.model_validate(draft.answers)
