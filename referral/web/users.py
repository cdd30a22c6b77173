"""Users: sign out, and the administrator's pages."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask_security import logout_user
from werkzeug.wrappers import Response

from referral.actions import users as actions
from referral.extensions import SESSION_KEY
from referral.queries import users as queries
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.transactions import commits

bp = Blueprint("users", __name__)


@bp.post("/sign-out")
@requires(Permission.SIGNED_IN)
@commits
def sign_out() -> Response:
    """End this sign-in, here and wherever its cookie was copied."""
    actions.end_session(current_actor(), session[SESSION_KEY])
    logout_user()
    return redirect(url_for("security.login"), code=303)


@bp.get("/users")
@requires(Permission.USERS_MANAGE)
def index() -> str:
    """The users of this installation."""
    return render_template("users/index.html", users=queries.listed(current_actor()))
