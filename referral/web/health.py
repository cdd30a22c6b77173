"""Whether the process runs and whether it can serve; for monitors, without an account."""

from flask import Blueprint
from sqlalchemy import text

from referral.models.base import db
from referral.web.access import open_to_all

bp = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@open_to_all
def alive() -> tuple[str, dict[str, str]]:
    """The process answers."""
    return "alive\n", PLAIN


@bp.get("/readyz")
@open_to_all
def ready() -> tuple[str, dict[str, str]]:
    """The database answers too."""
    db.session.execute(text("SELECT 1"))
    return "ready\n", PLAIN
