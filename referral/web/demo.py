"""One-click sign-in of the demo. This blueprint is registered only where the demo runs."""

from flask import Blueprint, redirect, url_for
from flask_security import login_user
from werkzeug.wrappers import Response

from referral.queries.users import demo_user
from referral.rules.permissions import read_role
from referral.web.access import open_to_all

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.post("/sign-in/<role>")
@open_to_all
def sign_in(role: str) -> Response:
    """Sign in as the demo's user of a role."""
    login_user(demo_user(read_role(role)), authn_via=["demo"])
    return redirect(url_for("home.index"), code=303)
