"""The first page: what waits for the actor, and where to go."""

from flask import Blueprint, render_template

from referral.rules.permissions import Permission
from referral.web.access import requires

bp = Blueprint("home", __name__)


@bp.get("/")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """Home of a signed-in user."""
    return render_template("home/index.html")
