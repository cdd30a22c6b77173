"""Questions about capacity before a referral: asked by a district, answered by programs in one click."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import capacity as actions
from referral.errors import InvalidInput
from referral.models.base import utc_now
from referral.models.capacity import CapacityAnswer
from referral.models.programs import Program
from referral.queries import capacity as queries
from referral.queries.seats_at_a_glance import seats_of
from referral.rules.capacity import PROGRAMS_MAX
from referral.rules.listings import SeatSummary
from referral.rules.permissions import Permission, may
from referral.web.access import current_actor, requires
from referral.web.forms.capacity import AskForm
from referral.web.forms.refusals import explain
from referral.web.pages import first_asked, neighbors
from referral.web.released_words import seats_words
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.capacity import ANSWERED, LOOK_AT_SEATS, REPLIES, REPLY_KINDS, seats_reminder
from referral.wording.places import STATE_NAMES
from referral.wording.programs import day_words
from referral.wording.referrals import CAPACITY_REPLIES

bp = Blueprint("capacity", __name__, url_prefix="/capacity")
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.CAPACITY_READ)
def index() -> str:
    """What a district asked with the answers as they come, and what a collaborative has to answer."""
    actor, now = current_actor(), utc_now()
    page = queries.asked(actor, first=first_asked()) if may(actor, Permission.CAPACITY_ASK) else None
    to_answer = queries.to_answer(actor, now=now) if may(actor, Permission.CAPACITY_ANSWER) else None
    answers = [*to_answer.waiting, *to_answer.answered] if to_answer else []
    seats = seats_of(actor, [one.program.slug for one in answers], today())
    return render_template(
        "capacity/index.html",
        page=page,
        to_answer=to_answer
        and {
            "waiting": [_to_answer(one, seats) for one in to_answer.waiting],
            "answered": [_to_answer(one, seats) for one in to_answer.answered],
        },
        replies=REPLIES,
        reply_words=CAPACITY_REPLIES,
        reply_kinds=REPLY_KINDS,
        **(neighbors(page) if page else {}),
    )


@bp.route("/ask", methods=["GET", "POST"])
@requires(Permission.CAPACITY_ASK)
@commits
def ask() -> Answer:
    """Ask chosen programs; the question names no student, and nothing of one."""
    actor = current_actor()
    sent = request.form.getlist("programs") if request.method == "POST" else request.args.getlist("program")
    programs = [one for one in queries.programs_named(actor, sent[:100]) if queries.takes_referrals(one)]
    districts = queries.districts(actor)
    form = AskForm(data={"programs": [one.slug for one in programs[:PROGRAMS_MAX]]})
    form.offer(_choices(programs), districts)
    if form.validate_on_submit():
        try:
            actions.ask(actor, sent, now=utc_now(), district_id=form.district_of(districts))
        except InvalidInput as error:
            explain(form, error)
        else:
            flash("The question was sent. Answers appear here as they come.", "success")
            return redirect(url_for(".index"), code=303)
    refused = bool(form.problems())
    page = render_template(
        "capacity/ask.html", form=form, form_errors=refused, programs=programs, most=PROGRAMS_MAX
    )
    return (page, 422) if refused else page


@bp.post("/<ref>/<slug>")
@requires(Permission.CAPACITY_ANSWER)
@commits
def answer(ref: str, slug: str) -> Answer:
    """A program's answer, in one click."""
    actor = current_actor()
    try:
        row = actions.answer(actor, ref, slug, request.form.get("reply", ""), now=utc_now())
    except InvalidInput as error:
        flash(sentence(error.errors[0]), "error")
        return redirect(url_for(".index"), code=303)
    flash(f"{ANSWERED} {LOOK_AT_SEATS.format(program=row.program.name)}", "success")
    return redirect(url_for(".index", _anchor="answered"), code=303)


def _choices(programs: list[Program]) -> dict[str, tuple[str, str]]:
    seats = seats_of(current_actor(), [one.slug for one in programs], today())
    return {
        one.slug: (one.name, f"{one.organisation.name}; {seats_words(seats.get(one.slug))}")
        for one in programs
    }


def _to_answer(row: CapacityAnswer, seats: dict[str, SeatSummary]) -> dict[str, Any]:
    """A question as staff read it: the state of the district that asks, never its name."""
    summary = seats.get(row.program.slug)
    state = STATE_NAMES.get(row.question.district.state or "")
    return {
        "ref": row.question.ref,
        "slug": row.program.slug,
        "program": row.program.name,
        "asked": f"A district{f' in {state}' if state else ''}, {_day(row.question.asked_at)}",
        "seats": seats_words(summary),
        "reply": row.reply,
        "answered": _day(row.answered_at) if row.answered_at else "",
        "reminder": seats_reminder(row.reply, summary.open if summary else None),
    }


def _day(at: datetime) -> str:
    return day_words(at.date())
