"""From a ranking to referrals: what would be sent to whom, then submitted or kept as drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matching.vocabulary import Verdict
from referral.actions.referrals import MoveRefused
from referral.actions.referring import PROGRAMS_AT_ONCE, refer
from referral.errors import InvalidInput
from referral.formats.kept_rankings import KeptResult
from referral.models.base import utc_now
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.queries import rankings as ranking_queries
from referral.queries import referral_lists as lists
from referral.queries.meter import sending_of
from referral.queries.settings import settings_of
from referral.queries.students import answers_of
from referral.rules.disclosure import hidden_labels
from referral.rules.permissions import Permission
from referral.rules.referrals import State
from referral.web.access import current_actor, requires
from referral.web.forms.referring import Candidate, ReferForm, refer_form
from referral.web.forms.refusals import explain
from referral.web.freshness import require_fresh
from referral.web.ranked_options import option_shown
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.counts import counted
from referral.wording.referrals import STATES

bp = Blueprint("referring", __name__)
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Asked:
    """The ranking, the programs chosen from it, and the open referrals by program there are already."""

    ranking: Ranking
    candidates: Sequence[Candidate]
    already: Mapping[str, Referral]


@bp.route("/rankings/<ref>/refer", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
@commits
def choose(ref: str) -> Answer:
    """The programs chosen, exactly what each would see, and what is said to it."""
    row = ranking_queries.get(current_actor(), ref)
    candidates = candidates_of(ranking_queries.result_of(row), request.args.getlist("program"))
    if not candidates or len(candidates) > PROGRAMS_AT_ONCE:
        flash(f"Tick the programs to refer to, at most {PROGRAMS_AT_ONCE}, then choose Refer.", "warning")
        return redirect(url_for("rankings.show", ref=row.ref), code=303)
    already = lists.open_by_program(current_actor(), row.student)
    asked = Asked(row, candidates, already)
    form = refer_form([one for one in candidates if one.slug not in already])
    return _page(asked, form) if request.method == "GET" else _send(asked, form)


def _send(asked: Asked, form: ReferForm) -> Answer:
    """Refer, or show the page again with what is wrong."""
    if not form.validate():
        return _page(asked, form), 422
    submit = request.form.get("later") is None
    actor, ranking = current_actor(), asked.ranking
    if submit and settings_of(ranking.student.district).sends_at_once:
        require_fresh()  # it goes to the programs at once
    try:
        made = refer(actor, ranking.ref, form.chosen(), submit=submit, now=utc_now(), form_key=form.key)
    except InvalidInput as error:
        if not form.chosen():
            flash("The student is referred to these programs already.", "warning")
            return redirect(url_for("referrals.index", q=ranking.student.ref), code=303)
        explain(form, error)
        return _page(asked, form), 422
    except MoveRefused as error:
        form.form_errors.append(sentence(error))
        return _page(asked, form), 409
    flash(said(made), "success")
    return redirect(_next(made), code=303)


def candidates_of(kept: KeptResult, slugs: Sequence[str]) -> list[Candidate]:
    """The programs of a ranking among those asked for, in the ranking's order."""
    wanted = set(slugs)
    return [
        Candidate(
            option.program_key,
            kept.programs[option.program_key].name,
            ruled_out=option.verdict is Verdict.NOT_ELIGIBLE,
        )
        for option in kept.ranking.options
        if option.program_key in wanted
    ]


def said(made: Sequence[Referral]) -> str:
    """What became of the referrals."""
    number = counted(len(made), "referral")
    states = {row.state for row in made}
    if states == {State.DRAFT.value}:
        return (
            f"{number} saved as {'a draft' if len(made) == 1 else 'drafts'}. Nothing has left the district."
        )
    if states == {State.AWAITING_APPROVAL.value}:
        return f"{number} submitted. The director approves next; nothing has left the district."
    return f"{number} sent. The clock of each program runs from today."


def _next(made: Sequence[Referral]) -> str:
    """The referral, or the list of the student's."""
    if len(made) == 1:
        return url_for("referrals.show", ref=made[0].ref)
    return url_for("referrals.index", q=made[0].student.ref)


def _page(asked: Asked, form: ReferForm) -> str:
    row, candidates = asked.ranking, asked.candidates
    district, answers = row.student.district, answers_of(row.profile_version)
    settings, now = settings_of(district), utc_now()
    sending = sending_of(row.student_id, answers, district, settings, now)
    return render_template(
        "referrals/refer.html",
        ranking=row,
        form=form,
        candidates=[_shown(row, one, form) for one in candidates],
        already={slug: (one, STATES[one.state]) for slug, one in asked.already.items()},
        count=len(form.candidates),
        live=lists.live_of_student(row.student),
        most=settings.live_referrals_max,
        needs_approval=not settings.sends_at_once,
        view=sending.view(),
        meter=sending.words_before(row.student_id, settings.calendar(district.state).day_of(now)),
        record_url=url_for("disclosures.index", code=row.student.ref),
        hidden=hidden_labels(),
        is_latest=row.profile_version.number == row.student.latest_number,
        slugs=[one.slug for one in candidates],
    )


def _shown(row: Ranking, one: Candidate, form: ReferForm) -> dict[str, Any]:
    kept = ranking_queries.result_of(row)
    names = {key: label.name for key, label in kept.programs.items()}
    option = kept.ranking.option(one.slug)
    return {
        "candidate": one,
        "option": option_shown(option, kept.programs[one.slug], kept.student, names=names, costs=False),
        "phrases": form.part("phrases", one.slug),
        "reason": form.part("override_reason", one.slug),
    }
