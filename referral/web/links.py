"""One-time links: shown once on the next page of the administrator who made one."""

from flask import session, url_for
from flask_security.recoverable import generate_reset_password_token

from referral.models.users import User

KEPT = "one_time_link"


def keep_for_next_page(user: User) -> None:
    """Make a link for a user and keep it for the administrator's next page."""
    session[KEPT] = [user.ref, generate_reset_password_token(user)]


def kept_for_this_page(user: User) -> str | None:
    """The link kept for this user's page, which forgets it; None when there is none."""
    ref, token = session.get(KEPT, (None, None))
    if ref != user.ref:
        return None
    session.pop(KEPT)
    return url_for("security.reset_password", token=token, _external=True)
