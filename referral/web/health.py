"""Whether the process runs and whether it can serve; for monitors, without an account."""

from flask import Blueprint
from sqlalchemy.exc import DatabaseError

from referral.migrations import newest_revision, revision_of
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
def ready() -> tuple[str, int, dict[str, str]]:
    """The database answers too, and has the schema of this version; 503 until then."""
    try:
        found = revision_of(db.session.connection())
    except DatabaseError:
        return "the database does not answer\n", 503, PLAIN
    if found != newest_revision():
        return "the database needs: placewell init\n", 503, PLAIN
    return "ready\n", 200, PLAIN
