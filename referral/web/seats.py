"""Seats, for the staff of the collaborative that runs the program."""

from typing import Any, get_args

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import seats as actions
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.queries import seats as queries
from referral.queries import upkeep
from referral.queries.programs import own_row
from referral.queries.seat_ledger import moves_by_referrals
from referral.queries.seats import RoomEntry
from referral.queries.settings import zone_of
from referral.rules.permissions import Permission
from referral.rules.seats import SeatNumbers
from referral.web.access import current_actor, requires
from referral.web.forms.reading import number_sent
from referral.web.forms.seats import SeatsForm
from referral.web.own_programs import mine_shown, own_shown, reports_shown
from referral.web.room_words import room_shown
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.programs import day_words

bp = Blueprint("seats", __name__, url_prefix="/programs")
Answer = str | Response | tuple[str, int]
COUNTED = get_args(actions.Counted)


@bp.get("/mine")
@requires(Permission.SEATS_UPDATE)
def mine() -> str:
    """The actor's programs, their rooms at a glance and how old each fact is."""
    shown = mine_shown(queries.mine(current_actor()), today=today(), demo=_is_demo())
    return render_template("seats/mine.html", programs=shown)


@bp.get("/<slug>/seats")
@requires(Permission.SEATS_UPDATE)
def index(slug: str) -> str:
    """The seats of a program's rooms, each to confirm, step or change."""
    actor = current_actor()
    program = own_shown(queries.program(actor, slug), today=today(), demo=_is_demo())
    gone = upkeep.told_gone_on(actor, slug)
    return render_template("seats/index.html", program=program, told_gone=day_words(gone) if gone else "")


@bp.get("/<slug>/seats/history")
@requires(Permission.SEATS_UPDATE)
def history(slug: str) -> str:
    """What was reported of a program's seats and what referrals did; it cannot be changed."""
    actor = current_actor()
    return render_template(
        "seats/history.html",
        program=own_row(actor, slug, Permission.SEATS_UPDATE),
        reports=reports_shown(queries.history(actor, slug), moves_by_referrals(actor, slug), zone_of(actor)),
    )


@bp.post("/<slug>/seats/confirm")
@requires(Permission.SEATS_UPDATE)
@commits
def confirm(slug: str) -> Response:
    """Still right: confirm the rooms whose versions were sent."""
    versions = {
        name.removeprefix("version-"): number_sent(value)
        for name, value in request.form.items()
        if name.startswith("version-")
    }
    count = actions.confirm(
        current_actor(), slug, versions, today=today(), examples_may_be_confirmed=_is_demo()
    )
    flash(f"Confirmed {count} {'room' if count == 1 else 'rooms'} as of today.", "success")
    back = "seats.mine" if request.form.get("back") == "mine" else "seats.index"
    return redirect(url_for(back, slug=None if back == "seats.mine" else slug), code=303)


@bp.post("/<slug>/seats/<key>/step")
@requires(Permission.SEATS_UPDATE)
@commits
def step(slug: str, key: str) -> Answer:
    """One seat more or less."""
    counted, by = request.form.get("counted", ""), request.form.get("by", "")
    if counted not in COUNTED or by not in ("1", "-1"):
        raise RecordNotFound(kind="number")
    try:
        actions.step(
            current_actor(),
            slug,
            key,
            counted,  # type: ignore[arg-type]
            int(by),
            version_seen=number_sent(request.form.get("version", "")),
            today=today(),
        )
    except InvalidInput as error:
        flash(sentence(error.errors[0]), "error")
    return redirect(url_for(".index", slug=slug, _anchor=f"room-{key}"), code=303)


@bp.route("/<slug>/seats/<key>", methods=["GET", "POST"])
@requires(Permission.SEATS_UPDATE)
@commits
def edit(slug: str, key: str) -> Answer:
    """All numbers of a room; a save over someone else's shows both."""
    actor = current_actor()
    program, room = queries.program(actor, slug), queries.room(actor, slug, key)
    form = SeatsForm.of(room)
    if form.validate_on_submit():
        try:
            actions.update(
                actor, slug, key, form.to_numbers(), version_seen=form.version_seen(), today=today()
            )
        except InvalidInput as error:
            form.explain(error)
        except StaleUpdate:
            return _conflict_page(program, room, form)
        else:
            flash("Seats saved, confirmed as of today.", "success")
            return redirect(url_for(".index", slug=slug, _anchor=f"room-{key}"), code=303)
    return _form_page(program, room, form)


def _form_page(program: queries.OwnProgram, room: RoomEntry, form: SeatsForm, **also: Any) -> Answer:
    shown = room_shown(room.record, today=today(), example=room.is_example)
    refused = bool(form.problems())
    page = render_template(
        "seats/edit.html", program=program, room=shown, form=form, form_errors=refused, **also
    )
    return (page, 422) if refused else page


def _conflict_page(program: queries.OwnProgram, room: RoomEntry, form: SeatsForm) -> Answer:
    """Both versions side by side; the numbers typed stay in the form, ready to be saved over the others."""
    yours = form.to_numbers()
    form.version.data = str(room.version)
    theirs = SeatNumbers(0, 0) if room.record.seats is None else room.record.seats
    names = {"licensed": "Licensed", "enrolled": "Enrolled", "held": "Held"}
    differences = [(label, getattr(theirs, name), getattr(yours, name)) for name, label in names.items()]
    page = _form_page(program, room, form, differences=differences)
    return (page if isinstance(page, str) else str(page)), 409


def _is_demo() -> bool:
    return bool(current_app.config["SETTINGS"].demo)
