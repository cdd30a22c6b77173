"""Legal holds: while one stands, nothing of its student is purged."""

from datetime import datetime

from referral.actions import audit
from referral.models.base import db
from referral.models.retention import LegalHold
from referral.queries import holds as queries
from referral.queries import students
from referral.rules.permissions import Actor, Permission, check
from referral.rules.retention import HoldReason


def set_hold(actor: Actor, student_ref: str, reason: HoldReason, *, now: datetime) -> LegalHold:
    """The hold of a student; one that stands already stays as it is.

    Raises
    ------
    RecordNotFound, NotPermitted
    """
    student = students.get(actor, student_ref, for_update=True)
    check(actor, Permission.HOLD_SET, student.district_id)
    standing = queries.standing(student)
    if standing is not None:
        return standing
    hold = LegalHold(student_id=student.id, reason=reason.value, set_at=now, set_by_id=actor.user_id or None)
    db.session.add(hold)
    db.session.flush()
    audit.record(actor, "student:hold:set", "student", student.ref, reason=reason.value)
    return hold


def lift(actor: Actor, student_ref: str, *, now: datetime) -> None:
    """Lift the hold of a student, if one stands.

    Raises
    ------
    RecordNotFound, NotPermitted
    """
    student = students.get(actor, student_ref, for_update=True)
    check(actor, Permission.HOLD_SET, student.district_id)
    hold = queries.standing(student)
    if hold is not None:
        hold.lifted_at, hold.lifted_by_id = now, actor.user_id or None
        audit.record(actor, "student:hold:lifted", "student", student.ref, reason=hold.reason)
