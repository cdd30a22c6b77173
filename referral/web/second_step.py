"""The second step of a sign-in: after the right password a code; and who must set one up."""

import time
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, render_template, request, session, url_for
from flask_security import current_user, login_user
from flask_security.tf_plugin import TfPlugin
from werkzeug.wrappers import Response

from referral import callers
from referral.actions import second_steps as actions
from referral.actions import throttles
from referral.actions.sessions import note_refused
from referral.actions.transactions import in_transaction
from referral.config import CODE_LIMIT
from referral.errors import InvalidInput
from referral.extensions import datastore
from referral.models.base import utc_now
from referral.models.users import User
from referral.rules.permissions import Role
from referral.rules.second_steps import due_at
from referral.rules.throttles import Throttle
from referral.web.access import open_to_all
from referral.web.addresses import own_address
from referral.web.forms.account import CodeForm
from referral.web.forms.refusals import explain

bp = Blueprint("second_step", __name__)
Answer = str | Response | tuple[str, int]
PENDING = "second_step"  # whose password was right, and when
KEY = "second step"
OPEN_WHEN_DUE = frozenset({"account", "confirm", "help", "second_step", "security", "health"})


class SecondStep(TfPlugin):
    """Flask-Security's question whether a password is enough; our answer."""

    def tf_enter(  # type: ignore[override]  # every user is ours
        self, user: User, remember_me: bool | None, primary_authn_via: str, next_loc: str | None
    ) -> Any:
        """Lead to the page that asks for a code, if the user has set one up."""
        del remember_me, primary_authn_via
        if user.second_step_at is None:
            return None
        session[PENDING] = [user.fs_uniquifier, time.time()]
        return redirect(url_for("second_step.ask", next=next_loc or None), code=303)


def install(app: Flask) -> None:
    """Keep to their account page those whose role needs a second step and whose time to set it up is over."""
    app.before_request(lead_to_set_up)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@open_to_all
def ask() -> Answer:
    """The code, after the right password."""
    user, form = _pending_user(), CodeForm()
    if user is None or current_user.is_authenticated:
        return redirect(url_for("security.login"), code=303)
    if not form.validate_on_submit():
        return render_template("security/code.html", form=form), 422 if form.errors else 200
    try:
        way = _use(user, form.code.data)
    except InvalidInput as error:
        in_transaction(lambda: note_refused(user))
        explain(form, error)
        return render_template("security/code.html", form=form), 422
    session.pop(PENDING)
    login_user(user, authn_via=[f"password+{way}"])
    return redirect(own_address(request.args.get("next")), code=303)


def lead_to_set_up() -> Response | None:
    """Nothing but the own account opens for who should have set up a second step by now."""
    if request.endpoint in (None, "static", "users.sign_out") or request.blueprint in OPEN_WHEN_DUE:
        return None
    if current_user.is_authenticated and is_overdue(current_user):
        return redirect(url_for("account.second_step"), code=303)
    return None


def is_overdue(user: User) -> bool:
    """Whether a role of the user needs a second step, and the time to set it up is over."""
    settings = current_app.config["SETTINGS"]
    if settings.demo or user.second_step_at is not None:
        return False
    held = ((Role(one.role), one.granted_at) for one in user.assignments)
    grace = timedelta(days=settings.second_step_grace_days)
    due = due_at(held, grace, of_everyone=settings.second_step_of_everyone)
    return due is not None and utc_now() >= due


def _pending_user() -> User | None:
    """Whose password was right a short while ago; None if none was, or the account changed since."""
    uniquifier, at = session.get(PENDING, ("", 0))
    if time.time() - at > CODE_LIMIT.total_seconds():
        session.pop(PENDING, None)
        return None
    user = datastore.find_user(fs_uniquifier=uniquifier)
    return user if user is not None and user.active and user.second_step_at is not None else None


def _use(user: User, code: str) -> str:
    """Use a code; counted before it is looked at, like a password."""
    tried = [callers.subject(Throttle.CODE, user.ref)]
    in_transaction(lambda: throttles.take(tried, now=utc_now()))
    way = in_transaction(lambda: actions.use(user, code, callers.key_for(KEY), now=utc_now()))
    in_transaction(lambda: throttles.give_back(tried, now=utc_now()))
    return way
