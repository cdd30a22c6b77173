"""What matters here: a ranking under other priorities, tried in the address and never saved."""

from flask import Blueprint, render_template, request

from referral.queries import priorities, rankings
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.policies import emphases_of, priorities_form
from referral.web.policy_pages import tried_shown
from referral.wording.policies import NOTHING_SAVED, kept_sentence

bp = Blueprint("priorities", __name__)


@bp.get("/rankings/<ref>/what-matters")
@requires(Permission.RANKING_READ)
def show(ref: str) -> str:
    """Who moves and what stays put when some criteria matter more or less."""
    actor = current_actor()
    row = rankings.get(actor, ref)
    found = priorities.tried(actor, row, emphases_of(request.args))
    names = {key: label.name for key, label in rankings.result_of(row).programs.items()}
    return render_template(
        "policies/what_matters.html",
        ranking=row,
        found=found,
        form=priorities_form(found.policy, request.args),
        kept=kept_sentence(found.change.kept, found.change.ranked),
        nothing_saved=NOTHING_SAVED,
        **tried_shown(found, names),
    )
