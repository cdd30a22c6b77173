"""The outbox, for the administrator: how many mails wait, and those that were given up."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import mail as actions
from referral.models.base import utc_now
from referral.queries import mails as queries
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.transactions import commits
from referral.wording.counts import counted
from referral.wording.notices import MAIL_FAULTS
from referral.wording.programs import day_words

bp = Blueprint("mails", __name__, url_prefix="/mails")


@bp.get("")
@requires(Permission.USERS_MANAGE)
def index() -> str:
    """Mails by state, and those that were given up; never the text of one."""
    failed = [
        {
            "to": one.to_address,
            "subject": one.subject,
            "made": day_words(one.made_at.date()),
            "attempts": one.attempts,
            "fault": MAIL_FAULTS.get(one.fault, one.fault),
        }
        for one in queries.failed(current_actor())
    ]
    is_set = bool(current_app.config["SETTINGS"].mail)
    counts = queries.counts(current_actor())
    return render_template("mails/index.html", counts=counts, failed=failed, is_set=is_set)


@bp.post("/retry")
@requires(Permission.USERS_MANAGE)
@commits
def retry() -> Response:
    """Put what was given up back into the queue."""
    count = actions.retry_failed(current_actor(), utc_now())
    flash(f"{counted(count, 'mail')} will be tried again with the next run.", "success")
    return redirect(url_for(".index"), code=303)
