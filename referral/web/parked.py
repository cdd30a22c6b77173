"""The forms kept for a user: what waits, to be shown again or discarded."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral import callers
from referral.actions import parked_forms as actions
from referral.models.base import utc_now
from referral.queries import parked_forms as queries
from referral.rules.permissions import Permission
from referral.web import parking
from referral.web.access import current_actor, requires
from referral.web.transactions import commits
from referral.wording.counts import counted

bp = Blueprint("parked", __name__, url_prefix="/parked")


@bp.get("")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """What was sent after the sign-in had ended, not saved, and kept."""
    key, now = callers.key_for(parking.KEY), utc_now()
    lines = [
        {
            "ref": row.ref,
            "address": queries.content_of(row, key).address,
            "ago": counted(int((now - row.parked_at).total_seconds()) // 60 + 1, "minute"),
        }
        for row in queries.waiting(current_actor(), now=now)
    ]
    return render_template("account/parked.html", lines=lines, mark=parking.MARK)


@bp.post("/discard")
@requires(Permission.SIGNED_IN)
@commits
def discard() -> Response:
    """Forget one."""
    actions.discard(current_actor().user_id, request.form.get("ref", ""))
    return redirect(url_for(".index"), code=303)
