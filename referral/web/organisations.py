"""The administrator's pages for organizations and memberships."""

from flask import Blueprint, render_template

from referral.rules.permissions import Permission
from referral.web.access import requires

bp = Blueprint("organisations", __name__, url_prefix="/organizations")


@bp.get("")
@requires(Permission.ORGANISATIONS_MANAGE)
def index() -> str:
    """The organizations of this installation."""
    return render_template("organisations/index.html")
