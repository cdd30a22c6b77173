"""A sign-in's life: named and recorded when it begins, over after 12 hours, ended for good by signing out."""

import time
from typing import Any

from flask import Flask, g, session
from flask_security import password_reset, user_authenticated
from flask_security.signals import user_failed_authn

from referral.actions import sessions as actions
from referral.actions.transactions import in_transaction
from referral.config import ABSOLUTE_LIMIT
from referral.extensions import SESSION_KEY, new_session_key
from referral.models.users import User
from referral.queries.users import actor_of
from referral.web.freshness import FRESH_UNTIL, PASSWORD_AT

BEGUN_AT = "begun_at"  # when the sign-in began; the password may be given again later


def install(app: Flask) -> None:
    """Watch over the sessions of the app; the idle limit is the lifetime of its cookie.

    Sign-in hashes a password, which is slow on purpose: so it records in a short transaction of its own
    and does not hold the database while it hashes.
    """
    user_authenticated.connect(begin, app)
    user_failed_authn.connect(refuse, app)
    password_reset.connect(set_password, app)
    app.before_request(end_if_too_old)


def begin(_app: Flask, user: User, authn_via: list[str] | None = None, **_signal: Any) -> None:
    """Name a new sign-in, give it new form tokens, and record it."""
    session.permanent = True
    for old in ("csrf_token", FRESH_UNTIL):
        session.pop(old, None)
    session[BEGUN_AT] = time.time()
    session[SESSION_KEY] = new_session_key()
    g.pop("actor", None)
    way = (authn_via or ["unknown"])[0]
    in_transaction(lambda: actions.note_begun(actor_of(user), user, way))


def refuse(_app: Flask, user: User, **_signal: Any) -> None:
    """Record a wrong password."""
    in_transaction(lambda: actions.note_refused(user))


def set_password(_app: Flask, user: User, **_signal: Any) -> None:
    """Record that a link was used."""
    actions.note_password_set(actor_of(user), user)


def end_if_too_old() -> None:
    """Forget a sign-in that has lasted for the absolute limit, or that was never named."""
    if "_user_id" not in session:
        return
    age_seconds = time.time() - session.get(BEGUN_AT, session.get(PASSWORD_AT, 0))
    if SESSION_KEY not in session or age_seconds > ABSOLUTE_LIMIT.total_seconds():
        session.clear()
