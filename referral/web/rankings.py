"""Rankings as they were kept: the page of options, and what a coordinator and a director do with it."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import rankings as actions
from referral.errors import InvalidInput, RecordNotFound
from referral.models.rankings import Ranking
from referral.queries import rankings as queries
from referral.queries.notes import known_of
from referral.queries.rankings import RankingFilters
from referral.rules.permissions import Permission
from referral.rules.rankings import compared
from referral.web.access import current_actor, requires
from referral.web.forms.rankings import (
    NoteForm,
    RankingSearchForm,
    compare_form,
    override_form,
    ruled_out_form,
)
from referral.web.forms.refusals import explain
from referral.web.names import current_vault, names_of
from referral.web.pages import first_asked, neighbors
from referral.web.ranked_options import blocks_shown, columns, options_shown
from referral.web.ranking_pages import (
    comparison_shown,
    head_shown,
    ruled_out_shown,
    team_sheet_shown,
)
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording.rankings.director import (
    change_sentence,
    override_sentence,
    policy_sentence,
    revised_sentence,
)

bp = Blueprint("rankings", __name__)
Answer = str | Response | tuple[str, int]
VIEWS = ("options", "table", "value")


@bp.app_context_processor
def sentences() -> dict[str, object]:
    """Sentences that the templates of this noun fill in."""
    if request.blueprint != "rankings":
        return {}
    return {
        "override_sentence": override_sentence,
        "changed_sentence": change_sentence,
        "revised_sentence": revised_sentence,
        "policy_sentence": policy_sentence,
    }


@bp.post("/students/<code>/rankings")
@requires(Permission.RANKING_MAKE)
@commits
def create(code: str) -> Answer:
    """Rank programs for a student's latest profile and keep it."""
    kept = actions.rank_for(
        current_actor(),
        code,
        today=today(),
        with_examples=current_app.config["SETTINGS"].demo,
    )
    return redirect(url_for(".show", ref=kept.ref), code=303)


@bp.get("/rankings")
@requires(Permission.RANKING_READ)
def index() -> str:
    """The rankings of the actor's districts, latest first."""
    form = RankingSearchForm(request.args)
    filters = RankingFilters(
        search=(form.q.data or "")[:20], moved=bool(form.moved.data), first=first_asked()
    )
    page = queries.listed(current_actor(), filters)
    names = names_of([line.student for line in page.rows])
    return render_template("rankings/index.html", search=form, page=page, names=names, **neighbors(page))


@bp.get("/rankings/<ref>")
@requires(Permission.RANKING_READ)
def show(ref: str) -> str:
    """A ranking as it was kept: cards, a table, or by value with the setting as a column."""
    actor = current_actor()
    row = queries.get(actor, ref)
    kept = queries.result_of(row)
    view = _view(row)
    costs = queries.may_see_costs(actor, row)
    options = options_shown(kept, costs=costs, all_in_full="all" in request.args and view == "options")
    if view == "value":
        options = sorted(options, key=lambda option: (-option.value, option.rank))
    blocks = {option.program_key: option.block for option in kept.ranking.ranked}
    return render_template(
        "rankings/show.html",
        **_head(row),
        student_names=names_of([row.student.ref]),
        view=view,
        columns=columns(costs=costs),
        options=options,
        blocks=blocks_shown(options, blocks),
        boxes=compare_form({option.key: option.name for option in options}).boxes(),
        all_in_full="all" in request.args,
    )


@bp.post("/rankings/<ref>/by-value")
@requires(Permission.RANKING_READ)
@commits
def by_value(ref: str) -> Answer:
    """Switch to the order by value, which is put on record."""
    row = actions.order_by_value(current_actor(), ref)
    return redirect(url_for(".show", ref=row.ref, view="value"), code=303)


@bp.get("/rankings/<ref>/compare")
@requires(Permission.RANKING_READ)
def compare(ref: str) -> Answer:
    """Two to four programs side by side, differences in words first."""
    actor = current_actor()
    row = queries.get(actor, ref)
    kept = queries.result_of(row)
    try:
        keys = compared(request.args.getlist("program"), kept.programs)
    except InvalidInput:
        flash("Tick two to four programs, then choose Compare.", "warning")
        return redirect(url_for(".show", ref=row.ref), code=303)
    shown = comparison_shown(kept, keys, costs=queries.may_see_costs(actor, row))
    return render_template("rankings/compare.html", ranking=row, **shown)


@bp.get("/rankings/<ref>/ruled-out")
@requires(Permission.RANKING_READ)
def ruled_out(ref: str) -> str:
    """Every program that is ruled out, with all its reasons and what would change them."""
    row = queries.get(current_actor(), ref)
    shown = ruled_out_shown(queries.result_of(row), request.args.get("gate", ""))
    return render_template(
        "rankings/ruled_out.html", ranking=row, form=ruled_out_form(shown["gates"]), **shown
    )


@bp.get("/rankings/<ref>/team-sheet")
@requires(Permission.TEAM_SHEET_READ)
def team_sheet(ref: str) -> str:
    """One page for the Team: options by setting, without cost, ranks or values."""
    row = queries.get(current_actor(), ref)
    return render_template(
        "rankings/team_sheet.html", **head_shown(row), **team_sheet_shown(queries.result_of(row))
    )


@bp.route("/rankings/<ref>/order", methods=["GET", "POST"])
@requires(Permission.RANKING_OVERRIDE)
@commits
def override(ref: str) -> Answer:
    """The director puts a program at another place, with a reason."""
    row = _directed(ref)
    kept = queries.result_of(row)
    names = {option.program_key: kept.programs[option.program_key].name for option in kept.ranking.ranked}
    form = override_form(names)
    if form.validate_on_submit():
        try:
            actions.override(
                current_actor(),
                row.ref,
                program_key=form.program.data,
                place=form.place.data,
                reason=form.reason.data,
                note_text=form.note.data or "",
                known=known_of(current_actor(), current_vault(), row.student),
            )
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for(".show", ref=row.ref), code=303)
    page = render_template("rankings/override.html", ranking=row, form=form)
    return page, 422 if form.errors else 200


@bp.post("/rankings/<ref>/order/<int:number>/withdraw")
@requires(Permission.RANKING_OVERRIDE)
@commits
def withdraw(ref: str, number: int) -> Answer:
    """The director takes an order back."""
    actions.withdraw_override(current_actor(), ref, number)
    return redirect(url_for(".show", ref=ref), code=303)


@bp.route("/rankings/<ref>/note", methods=["GET", "POST"])
@requires(Permission.RANKING_OVERRIDE)
@commits
def note(ref: str) -> Answer:
    """The director notes something on a ranking."""
    row = _directed(ref)
    form = NoteForm()
    if form.validate_on_submit():
        try:
            known = known_of(current_actor(), current_vault(), row.student)
            actions.note(current_actor(), row.ref, form.text.data, known=known)
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for(".show", ref=row.ref), code=303)
    page = render_template("rankings/note.html", ranking=row, form=form)
    return page, 422 if form.errors else 200


def _directed(ref: str) -> Ranking:
    """The ranking, where the actor directs its district; elsewhere it is not the actor's to change."""
    row = queries.get(current_actor(), ref)
    if not queries.may_direct(current_actor(), row):
        raise RecordNotFound(kind="ranking")
    return row


def _view(row: Ranking) -> str:
    """The view asked for; the order by value only after its switch is on record."""
    wanted = request.args.get("view", VIEWS[0])
    if wanted == "value" and not queries.looked_by_value(current_actor(), row):
        return VIEWS[0]
    return wanted if wanted in VIEWS else VIEWS[0]


def _head(row: Ranking) -> dict[str, object]:
    actor = current_actor()
    return head_shown(row) | {
        "since": queries.since(actor, row, today=today()),
        "overrides": queries.overrides(row),
        "notes": queries.notes(row),
        "may_direct": queries.may_direct(actor, row),
    }
