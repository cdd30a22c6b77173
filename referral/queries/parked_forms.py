"""Reads of forms kept for a user."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.parked_forms import ParkedForm
from referral.models.users import EndedSession, User
from referral.rules.ciphers import unseal
from referral.rules.parked_forms import KEPT_FOR, ParkedContent, unpacked
from referral.rules.permissions import Actor


def waiting(actor: Actor, *, now: datetime) -> Sequence[ParkedForm]:
    """The actor's forms of the last hour, the newest first."""
    mine = (ParkedForm.user_id == actor.user_id, ParkedForm.parked_at >= now - KEPT_FOR)
    return db.session.scalars(select(ParkedForm).where(*mine).order_by(ParkedForm.id.desc())).all()


def get(actor: Actor, ref: str, key: bytes, *, now: datetime) -> ParkedContent:
    """What a form of the actor's holds.

    Raises
    ------
    RecordNotFound : there is none, or its hour is over.
    """
    row = next((one for one in waiting(actor, now=now) if one.ref == ref), None)
    if row is None:
        raise RecordNotFound(kind="parked_form")
    return content_of(row, key)


def content_of(row: ParkedForm, key: bytes) -> ParkedContent:
    """What a form holds."""
    return unpacked(unseal(key, row.sealed, place=f"form:{row.ref}"))


def owner(uniquifier: str, session_key: str) -> User | None:
    """Whose a session was that has grown too old; nobody's if it was ended or its account changed since."""
    ended = exists().where(EndedSession.session_key == session_key)
    return db.session.scalar(select(User).where(User.fs_uniquifier == uniquifier, User.active, ~ended))
