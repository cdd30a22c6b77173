"""All rooms of a collaborative as a spreadsheet: out, and back in one step after a look at what changes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import seat_sheets as actions
from referral.actions.seat_sheets import Saved
from referral.errors import InvalidInput, StaleUpdate
from referral.formats.seats_sheet import COLUMNS, Sheet, as_text, read_sheet
from referral.queries import seats as queries
from referral.rules.permissions import Permission
from referral.rules.seat_sheets import Outcome
from referral.web.access import current_actor, requires
from referral.web.files import csv_file, xlsx_file
from referral.web.forms.seat_sheets import SaveForm, SheetForm
from referral.web.sheet_words import outcome_words, problem_words, rows_out, stale_words
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording.counts import counted

bp = Blueprint("seat_sheets", __name__, url_prefix="/programs/mine")
Answer = str | Response | tuple[str, int]


@bp.get("/rooms.xlsx")
@requires(Permission.SEATS_UPDATE)
def xlsx() -> Response:
    """Every room in use of the actor's programs, as a spreadsheet."""
    return xlsx_file("rooms", "Rooms", COLUMNS, rows_out(queries.mine(current_actor())))


@bp.get("/rooms.csv")
@requires(Permission.SEATS_UPDATE)
def csv() -> Response:
    """The same as text that every program reads."""
    return csv_file("rooms", COLUMNS, rows_out(queries.mine(current_actor())))


@bp.route("/rooms", methods=["GET", "POST"])
@requires(Permission.SEATS_UPDATE)
@commits
def send() -> Answer:
    """Send a sheet back and look at what it would change; nothing is saved."""
    form = SheetForm()
    if not form.validate_on_submit():
        page = render_template("seats/sheet.html", form=form)
        return (page, 422) if form.is_submitted() else page
    return _preview(read_sheet(form.sheet.data.read()))


@bp.post("/rooms/save")
@requires(Permission.SEATS_UPDATE)
@commits
def save() -> Answer:
    """Save the sheet that was looked at, all of it or nothing."""
    form = SaveForm()
    sheet = read_sheet((form.sheet.data or "").encode())
    try:
        done = actions.save(
            current_actor(),
            sheet,
            stale_seen=(form.stale_seen.data or "").split(),
            keep_mine=form.keep_mine.data or (),
            confirm_same=bool(form.confirm_same.data),
            today=today(),
        )
    except StaleUpdate:
        return _preview(sheet, 409)
    except InvalidInput:
        return _preview(sheet, 422)
    flash(_done(done), "success")
    return redirect(url_for("seats.mine"), code=303)


def _preview(sheet: Sheet, status: int = 200) -> Answer:
    preview = actions.look_at(current_actor(), sheet, today=today())
    form = SaveForm(formdata=None)
    stale = {actions.stale_key(one): stale_words(one) for one in preview.of(Outcome.STALE)}
    form.sheet.data, form.stale_seen.data = as_text(sheet), " ".join(stale)
    form.keep_mine.choices = stale
    page = render_template(
        "seats/sheet_preview.html",
        form=form,
        problems=[problem_words(one) for one in preview.problems],
        changed=[outcome_words(one) for one in preview.of(Outcome.CHANGED)],
        stale=len(stale),
        same=len(preview.of(Outcome.SAME)),
    )
    return page, 422 if preview.problems else status


def _done(done: Saved) -> str:
    also = f" {counted(done.confirmed, 'room')} confirmed as before." if done.confirmed else ""
    return f"{counted(done.changed, 'room')} saved, confirmed as of today.{also}"
