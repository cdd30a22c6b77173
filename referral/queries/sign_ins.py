"""Reads of when and how a user signed in, from the audit log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.users import User

SHOWN_MAX = 20


def sign_ins(user: User, *, since: datetime) -> Sequence[AuditEvent]:
    """The user's own sign-ins since a moment, refused ones too, the newest first."""
    tags = ("user:session:begun", "user:session:refused")
    own = (AuditEvent.subject_kind == "user", AuditEvent.subject_ref == user.ref, AuditEvent.tag.in_(tags))
    newest = AuditEvent.id.desc()
    return db.session.scalars(
        select(AuditEvent).where(*own, AuditEvent.at >= since).order_by(newest).limit(SHOWN_MAX)
    ).all()
