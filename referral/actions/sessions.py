"""What a sign-in leaves behind: when one began, was refused or ended, and when a password was set."""

from datetime import timedelta

from sqlalchemy import delete

from referral.actions import audit
from referral.config import ABSOLUTE_LIMIT
from referral.models.base import db, utc_now
from referral.models.users import EndedSession, User, new_uniquifier
from referral.rules.permissions import NOBODY, Actor

KEEP_ENDED = ABSOLUTE_LIMIT + timedelta(hours=1)  # by then the cookie itself is refused


def end(actor: Actor, user_ref: str, session_key: str) -> None:
    """Make a sign-in's cookie worthless, and forget ended sessions that are too old to matter."""
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < utc_now() - KEEP_ENDED))
    if db.session.get(EndedSession, session_key) is None:
        db.session.add(EndedSession(session_key=session_key))
    audit.record(actor, "user:session:ended", "user", user_ref)


def note_begun(actor: Actor, user: User, way: str) -> None:
    """Record that a user signed in, and by which way."""
    audit.record(actor, "user:session:begun", "user", user.ref, way=way)


def renew(actor: Actor, user: User, session_key: str) -> None:
    """The password was given once more: what the session was called before opens nothing any more."""
    if db.session.get(EndedSession, session_key) is None:
        db.session.add(EndedSession(session_key=session_key))
    audit.record(actor, "user:session:confirmed", "user", user.ref)


def end_others(actor: Actor, user: User) -> None:
    """End every session of the user; the door signs in again where the user is now."""
    user.fs_uniquifier = new_uniquifier()
    audit.record(actor, "user:sessions:ended", "user", user.ref)


def change_password(actor: Actor, user: User, hashed: str) -> None:
    """Set a user's own new password and end every session."""
    user.password = hashed
    user.fs_uniquifier = new_uniquifier()
    audit.record(actor, "user:password:changed", "user", user.ref)


def note_refused(user: User) -> None:
    """Record that someone tried to sign in as this user and failed."""
    audit.record(NOBODY, "user:session:refused", "user", user.ref)


def note_password_set(actor: Actor, user: User) -> None:
    """Record that a user chose a password by a link."""
    audit.record(actor, "user:password:set", "user", user.ref)
