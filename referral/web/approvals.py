"""Approvals: what waits for the director or the deputy, exactly what would leave, one or many at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions.referrals import MoveRefused
from referral.actions.referring import move_many
from referral.models.base import utc_now
from referral.models.referrals import Referral
from referral.queries import referral_lists as lists
from referral.queries.lists import Page
from referral.queries.meter import covered_by_record, sendings_of, stated_by_slug
from referral.rules.disclosure import hidden_labels
from referral.rules.permissions import Permission
from referral.rules.referrals import Verb
from referral.rules.settings import Settings, approval_refusal
from referral.web.access import current_actor, requires
from referral.web.forms.approvals import ApprovalsForm, approvals_form
from referral.web.freshness import require_fresh
from referral.web.pages import first_asked, neighbors
from referral.web.referral_turns import Turn, settings_of_sides, turns_under
from referral.web.released_words import enquiry_rows
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.counts import counted
from referral.wording.rankings.director import OVERRIDE_REASONS
from referral.wording.referrals import PHRASES, REFUSALS

bp = Blueprint("approvals", __name__, url_prefix="/referrals/approvals")
Answer = str | Response | tuple[str, int]


@bp.route("", methods=["GET", "POST"])
@requires(Permission.REFERRAL_APPROVE)
@commits
def index() -> Answer:
    """What awaits approval; sent, the ticked ones are approved and go to their programs."""
    if request.method == "POST":
        require_fresh()
    page = lists.to_approve(current_actor(), first=first_asked())
    form = approvals_form(_labels(page))
    if not form.validate_on_submit():
        return _page(page, form), 422 if form.errors else 200
    try:
        approved = move_many(current_actor(), form.chosen.data, Verb.APPROVE, now=utc_now())
    except MoveRefused as error:
        form.form_errors.append(sentence(error))
        return _page(lists.to_approve(current_actor(), first=first_asked()), form), 409
    flash(f"{counted(len(approved), 'referral')} approved and sent to the programs.", "success")
    return redirect(url_for(".index"), code=303)


def _labels(page: Page[Referral]) -> dict[str, str]:
    """What can be ticked: the rows of the page; sent, also one that has moved to another page meanwhile."""
    others = lists.refs_to_approve(current_actor()) if request.method == "POST" else ()
    shown = {row.ref: f"Approve {row.student.ref} to {row.program.name}" for row in page.rows}
    return dict.fromkeys(others, "") | shown


def _page(page: Page[Referral], form: ApprovalsForm) -> str:
    actor, rows, now = current_actor(), page.rows, utc_now()
    settings = settings_of_sides(rows)
    turns, boxes = turns_under(settings, actor, rows, now), {option.data: option for option in form.chosen}
    leaving = _leaving(rows, settings, now)
    return render_template(
        "referrals/approvals.html",
        form=form,
        page=page,
        lines=[
            _line(row, settings[row.district_id], turns[row.ref], boxes.get(row.ref)) | leaving[row.ref]
            for row in rows
        ],
        hidden=hidden_labels(),
        **neighbors(page),
    )


def _line(row: Referral, settings: Settings, turn: Turn, box: object) -> dict[str, Any]:
    actor = current_actor()
    refusal = approval_refusal(actor, row.district_id, settings, row.submitted_by_id)
    return {
        "row": row,
        "turn": turn,
        "box": None if refusal else box,
        "may_send_back": not refusal,
        "refusal": REFUSALS[refusal] if refusal else "",
        "phrases": [PHRASES[code] for code in row.phrases if code in PHRASES],
        "override": OVERRIDE_REASONS.get(row.override_reason or ""),
    }


def _leaving(
    rows: Sequence[Referral], settings: Mapping[int, Settings], now: datetime
) -> dict[str, dict[str, Any]]:
    """Exactly what would leave, what the meter says of it, and whether a record covers it where it must."""
    days = {
        row.district_id: settings[row.district_id].calendar(row.district.state).day_of(now) for row in rows
    }
    sendings, covered = sendings_of(rows, settings, now), covered_by_record(rows, days)
    stated = stated_by_slug({row.program.slug for row in rows}, now)
    shown = {}
    for row in rows:
        sending, is_covered = sendings[row.ref], row.ref in covered
        shown[row.ref] = {
            "leaves": enquiry_rows(sending.view(stated[row.program.slug])),
            "meter": sending.words(is_covered=is_covered),
            "record_url": url_for("disclosures.index", code=row.student.ref, referral=row.ref),
        }
        if not sending.verdict.passes and not is_covered:
            shown[row.ref] |= {"box": None, "refusal": REFUSALS["identifiable_needs_disclosure"]}
    return shown
