"""Referrals: the list, the page of one for both sides, its moves and notes."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import referrals as actions
from referral.actions.referrals import MoveRefused, Said
from referral.errors import InvalidInput, RecordNotFound, SeatUnavailable, StaleUpdate
from referral.models.base import utc_now
from referral.queries import referral_lists as lists
from referral.queries import referrals as queries
from referral.rules.permissions import Permission, may
from referral.rules.referrals import Verb, read_verb
from referral.web.access import current_actor, requires
from referral.web.files import csv_file, xlsx_file
from referral.web.forms.once import new_key
from referral.web.forms.referrals import ReferralNoteForm, filter_form
from referral.web.forms.refusals import explain
from referral.web.freshness import require_fresh
from referral.web.names import names_of
from referral.web.note_review import held_shown, reviewing_of
from referral.web.pages import neighbors, query_sent
from referral.web.referral_moves import Step, form_of, refusal_sentence, step_of, tell, what_leaves
from referral.web.referral_pages import label_of, page_shown, state_kind, url_of
from referral.web.referral_table import TITLE, Line, cells, columns, filters_of, lines
from referral.web.referral_timeline import happened_since
from referral.web.referral_turns import calendar_of_turn, is_mine, turn_of
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.counts import counted
from referral.wording.referral_story import ABOUT
from referral.wording.referrals import DONE

bp = Blueprint("referrals", __name__, url_prefix="/referrals")
Answer = str | Response | tuple[str, int]
NEED_PASSWORD = frozenset({Verb.APPROVE, Verb.DISCLOSE})


@bp.get("")
@requires(Permission.REFERRAL_READ)
def index() -> str:
    """The actor's referrals, the next due first."""
    actor, form = current_actor(), filter_form()
    page = lists.listed(actor, filters_of(form), today=today())
    shown = lines(actor, page.rows, utc_now())
    return render_template(
        "referrals/index.html",
        form=form,
        page=page,
        lines=shown,
        names=names_of([line.student for line in shown if line.student]),
        is_district=_is_district(),
        query=query_sent(),
        may_approve=may(actor, Permission.REFERRAL_APPROVE),
        **neighbors(page),
    )


@bp.get("/list.csv")
@requires(Permission.REFERRAL_READ)
def csv() -> Response:
    """The list with the filters of the address, as CSV."""
    district = _is_district()
    return csv_file("referrals", columns(district=district), cells(_exported(), district=district))


@bp.get("/list.xlsx")
@requires(Permission.REFERRAL_READ)
def xlsx() -> Response:
    """The same list as a spreadsheet."""
    district = _is_district()
    return xlsx_file("referrals", TITLE, columns(district=district), cells(_exported(), district=district))


@bp.get("/<ref>")
@requires(Permission.REFERRAL_READ)
def show(ref: str) -> str:
    """One referral: its state, whose turn it is, what can be done, and what happened."""
    return _page(ref, ReferralNoteForm())


@bp.post("/<ref>/notes")
@requires(Permission.REFERRAL_READ)
@commits
def note(ref: str) -> Answer:
    """A note beside the moves."""
    found, form, held = queries.get(current_actor(), ref), ReferralNoteForm(), {}
    if form.validate_on_submit():
        text, for_both = form.note.data or "", form.for_both.data
        try:
            about = {"for_both": for_both, "reviewing": reviewing_of(found), "now": utc_now()}
            actions.add_note(current_actor(), ref, text, **about)
        except InvalidInput as error:
            explain(form, error)
            held = held_shown(error, form)
        else:
            flash("The note was added.", "success")
            return redirect(url_for(".show", ref=ref), code=303)
    return _page(ref, form, **held), 422


@bp.route("/<ref>/<verb>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_READ)
@commits
def move(ref: str, verb: str) -> Answer:
    """The form of a move; sent, the move is made."""
    said = read_verb(verb)
    step = step_of(current_actor(), ref, said, utc_now())
    if _leaves(said, step) and step.refusal is None:
        require_fresh()
    if request.method == "POST":
        return _send(step)
    if step.refusal is not None:
        flash(refusal_sentence(step), "warning")
        return redirect(url_for(".show", ref=step.row_ref), code=303)
    if said is Verb.DECLINE:
        return redirect(url_of(said, step.row_ref), code=303)
    return _form_page(step)


def _leaves(verb: Verb, step: Step) -> bool:
    """Whether something leaves the district by this move: where nobody approves, by submitting."""
    return verb in NEED_PASSWORD or (verb is Verb.SUBMIT and step.found.district.sends_at_once)


def _is_district() -> bool:
    return may(current_actor(), Permission.REFERRAL_WRITE)


def _exported() -> list[Line]:
    actor = current_actor()
    rows = lists.exported(actor, filters_of(filter_form()), today=today())
    return lines(actor, rows, utc_now())


def _send(step: Step) -> Answer:
    """Make the move, or show the form again with what is wrong or what happened meanwhile."""
    form = form_of(current_actor(), step)
    sent = Said(form_key=form.key, version_seen=form.version_seen)
    if step.move is not None and step.refusal is None:
        if not form.validate():
            return _form_page(step, form), 422
        sent = Said(form.terms(), form.key, form.version_seen)
    try:
        sent = replace(sent, reviewing=reviewing_of(step.found)) if sent.terms.note else sent
        row = actions.move(current_actor(), step.row_ref, step.verb, sent, now=utc_now())
    except StaleUpdate as error:
        return _stale_page(step, form, error)
    except MoveRefused as error:
        return _refused_page(step, error)
    except (InvalidInput, SeatUnavailable) as error:
        tell(form, error)
        return _form_page(step, form, **held_shown(error, form)), error.status
    flash(_success(row.ref, step.verb), "success")
    return redirect(url_for(".show", ref=row.ref), code=303)


def _success(ref: str, verb: Verb) -> str:
    """What happened, and what is next."""
    try:
        found = queries.get(current_actor(), ref)
    except RecordNotFound:
        return f"{DONE[verb.value]}."
    calendar = calendar_of_turn(found.row, found.district, found.collaborative)
    mine = is_mine(current_actor(), found.row, found.district)
    closed = queries.closed_by(found.row) if verb is Verb.ACCEPT else ()
    others = f" {counted(len(closed), 'other referral')} of the student withdrawn." if closed else ""
    return f"{DONE[verb.value]}.{others} {turn_of(found.row, calendar, utc_now(), mine=mine).sentence}"


def _page(ref: str, form: ReferralNoteForm, **more: object) -> str:
    actor = current_actor()
    found = queries.get(actor, ref)
    names = names_of([found.row.student.ref] if found.is_district else [])
    shown = page_shown(actor, found, utc_now())
    return render_template("referrals/show.html", form=form, names=names, **shown, **more)


def _form_page(step: Step, form: object = None, **more: object) -> str:
    return render_template(
        "referrals/move.html",
        form=form or form_of(current_actor(), step),
        label=label_of(step.verb, step.found),
        about=ABOUT.get(step.verb.value, ""),
        row=step.found.row,
        verb=step.verb.value,
        is_district=step.found.is_district,
        **what_leaves(step),
        **more,
    )


def _stale_page(step: Step, form: object, error: StaleUpdate) -> Answer:
    """What happened meanwhile, and the same form to go on with where the move is still possible."""
    since = happened_since(step.found, error.facts["seen"])
    if step.refusal is not None:
        return _refused_page(step, MoveRefused(step.refusal), since=since)
    form.version.data, form.form_key.data = str(step.found.row.version), new_key()  # type: ignore[attr-defined]
    return _form_page(step, form, since=since), 409


def _refused_page(step: Step, error: MoveRefused, **more: object) -> tuple[str, int]:
    facts: Mapping[str, object] = {"row": step.found.row, "state_kind": state_kind(step.found.row)}
    refused = refusal_sentence(step) if step.refusal else sentence(error)
    return render_template("referrals/refused.html", refusal=refused, **facts, **more), 409
