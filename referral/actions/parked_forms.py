"""Forms kept for their users for an hour: parked, and discarded."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select

from referral.actions import audit
from referral.models.base import db
from referral.models.parked_forms import ParkedForm
from referral.models.users import User
from referral.rules.ciphers import seal
from referral.rules.parked_forms import FORMS_MAX, KEPT_FOR, packed
from referral.rules.permissions import NOBODY


def park(
    user: User, address: str, fields: Iterable[tuple[str, str]], key: bytes, *, now: datetime
) -> ParkedForm | None:
    """Keep a form for its user; None where it is too large. The user's oldest make room."""
    content = packed(address, fields)
    if content is None:
        return None
    forget_old(now=now)
    ref = uuid4().hex
    made = ParkedForm(ref=ref, user_id=user.id, sealed=seal(key, content, place=f"form:{ref}"), parked_at=now)
    db.session.add(made)
    db.session.flush()
    newest = (
        select(ParkedForm.id)
        .where(ParkedForm.user_id == user.id)
        .order_by(ParkedForm.id.desc())
        .limit(FORMS_MAX)
    )
    kept = db.session.scalars(newest).all()
    db.session.execute(delete(ParkedForm).where(ParkedForm.user_id == user.id, ParkedForm.id.not_in(kept)))
    audit.record(NOBODY, "user:form:parked", "user", user.ref, bytes=len(content))
    return made


def discard(user_id: int, ref: str) -> None:
    """Forget a form of this user; nobody else's."""
    db.session.execute(delete(ParkedForm).where(ParkedForm.user_id == user_id, ParkedForm.ref == ref))


def forget_old(*, now: datetime) -> int:
    """Remove every form whose hour is over; gives how many."""
    done = db.session.execute(delete(ParkedForm).where(ParkedForm.parked_at < now - KEPT_FOR))
    return int(getattr(done, "rowcount", 0))
