"""A sign-in's life: named when it begins, over after 12 hours, and ended for good by signing out."""

import secrets
import time
from typing import Any

from flask import Flask, session
from flask_security import user_authenticated

from referral.config import ABSOLUTE_LIMIT
from referral.extensions import SESSION_KEY


def install(app: Flask) -> None:
    """Watch over the sessions of the app; the idle limit is the lifetime of its cookie."""
    user_authenticated.connect(begin, app)
    app.before_request(end_if_too_old)


def begin(_app: Flask, **_signal: Any) -> None:
    """Name a new sign-in and give it new form tokens."""
    session.permanent = True
    session.pop("csrf_token", None)
    session[SESSION_KEY] = secrets.token_urlsafe(18)


def end_if_too_old() -> None:
    """Forget a sign-in that has lasted for the absolute limit, or that was never named."""
    if "_user_id" not in session:
        return
    age_seconds = time.time() - session.get("fs_paa", 0)
    if SESSION_KEY not in session or age_seconds > ABSOLUTE_LIMIT.total_seconds():
        session.clear()
