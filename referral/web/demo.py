"""One-click sign-in of the demo. This blueprint is registered only where the demo runs."""

from flask import Blueprint, redirect, url_for
from flask_security import login_user
from werkzeug.wrappers import Response

from referral.errors import RecordNotFound
from referral.queries.users import demo_user
from referral.rules.permissions import Role
from referral.web.access import open_to_all

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.post("/sign-in/<role>")
@open_to_all
def sign_in(role: str) -> Response:
    """Sign in as the demo's user of a role."""
    if role not in {member.value for member in Role}:
        raise RecordNotFound(kind="role")
    login_user(demo_user(Role(role)), authn_via=["demo"])
    return redirect(url_for("home.index"), code=303)
