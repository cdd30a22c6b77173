"""One-click sign-in of the demo. This blueprint is registered only where the demo runs."""

from flask import Blueprint, redirect, url_for
from flask_security import login_user
from werkzeug.wrappers import Response

from referral.errors import RecordNotFound
from referral.queries.users import demo_user, demo_users
from referral.rules.permissions import read_role
from referral.web.access import open_to_all

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.app_context_processor
def everyone() -> dict[str, object]:
    """The demo's users, for the sign-in page."""
    return {"demo_users": demo_users}


@bp.post("/sign-in/<role>")
@open_to_all
def sign_in(role: str) -> Response:
    """Sign in as the demo's user of a role."""
    login_user(demo_user(read_role(role)), authn_via=["demo"])
    return redirect(url_for("home.index"), code=303)


@bp.post("/sign-in-as/<ref>")
@open_to_all
def sign_in_as(ref: str) -> Response:
    """Sign in as one of the demo's users."""
    user = next((one for one in demo_users() if one.ref == ref), None)
    if user is None:
        raise RecordNotFound(kind="user")
    login_user(user, authn_via=["demo"])
    return redirect(url_for("home.index"), code=303)
