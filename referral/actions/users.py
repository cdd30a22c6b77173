"""What is done to users: invite, give and take roles, disable, issue a link, end a session."""

from datetime import timedelta

from sqlalchemy import delete

from referral.actions import audit
from referral.config import ABSOLUTE_LIMIT
from referral.models.base import db, utc_now
from referral.models.users import EndedSession
from referral.rules.permissions import Actor

KEEP_ENDED = ABSOLUTE_LIMIT + timedelta(hours=1)  # by then the cookie itself is refused


def end_session(actor: Actor, session_key: str) -> None:
    """Make a sign-in's cookie worthless, and forget ended sessions that are too old to matter."""
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < utc_now() - KEEP_ENDED))
    db.session.add(EndedSession(session_key=session_key))
    audit.record(actor, "user:session:ended", "user", str(actor.user_id))
