"""Reads of legal holds, of a student whose row the actor was given."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from referral.models.base import db
from referral.models.retention import LegalHold
from referral.models.students import Student
from referral.queries.rankings import named
from referral.rules.permissions import Actor, Permission, check


def standing(student: Student) -> LegalHold | None:
    """The hold that stands, if one does."""
    return db.session.scalar(
        select(LegalHold).where(LegalHold.student_id == student.id, LegalHold.lifted_at.is_(None))
    )


def is_held(student_id: int) -> bool:
    """Whether a hold stands on the student with this key."""
    found = exists().where(LegalHold.student_id == student_id, LegalHold.lifted_at.is_(None))
    return bool(db.session.scalar(select(found)))


def of_student(student: Student) -> Sequence[LegalHold]:
    """Every hold, the newest first."""
    return db.session.scalars(
        select(LegalHold)
        .where(LegalHold.student_id == student.id)
        .options(named(LegalHold.set_by))
        .order_by(LegalHold.id.desc())
    ).all()


def count_standing(actor: Actor) -> int:
    """How many students are under a hold."""
    check(actor, Permission.RETENTION_READ)
    return db.session.scalar(select(func.count()).where(LegalHold.lifted_at.is_(None))) or 0
