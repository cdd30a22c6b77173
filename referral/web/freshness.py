"""What leaves a district, opens the vault or makes a token needs a password given in this sitting.

The password of the sign-in counts, and each act that needed it makes the sitting last on: so who works
without a long break is asked once.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, redirect, request, session, url_for
from werkzeug.wrappers import Response

from referral.config import FRESH_LIMIT
from referral.errors import ReferralError
from referral.web import parking

View = TypeVar("View", bound=Callable[..., Any])
PASSWORD_AT = "fs_paa"  # noqa: S105 - Flask-Security's name for the time of the password
FRESH_UNTIL = "fresh_until"


class NotFresh(ReferralError):
    """The password was given too long ago for this."""

    status = 403
    default_code = "not_fresh"


def fresh(view: View) -> View:
    """Ask for the password again before this view, unless it was given in this sitting."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        require_fresh()
        return view(*args, **kwargs)

    guarded.fresh = True  # type: ignore[attr-defined]
    return cast(View, guarded)


def require_fresh() -> None:
    """Go on only in a sitting that began with a password.

    Raises
    ------
    NotFresh : it is asked for first; a form that was sent is kept meanwhile.
    """
    now = time.time()
    until = max(session.get(PASSWORD_AT, 0) + FRESH_LIMIT.total_seconds(), session.get(FRESH_UNTIL, 0))
    if now >= until:
        raise NotFresh
    session[FRESH_UNTIL] = now + FRESH_LIMIT.total_seconds()


def note_password() -> None:
    """A password was given now."""
    session[PASSWORD_AT] = time.time()
    session.pop(FRESH_UNTIL, None)


def install(app: Flask) -> None:
    """Lead who is not fresh to the page that asks for the password."""
    app.register_error_handler(NotFresh, _ask)


def _ask(_error: NotFresh) -> Response:
    if request.method == "GET":
        back = request.full_path.rstrip("?")
    else:
        back = parking.address_of_parked() if parking.park() else url_for("home.index")
    return redirect(url_for("confirm.ask", next=back), code=303)
