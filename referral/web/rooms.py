"""Rooms of a program, for the staff of the collaborative that runs it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import rooms as actions
from referral.errors import InvalidInput
from referral.queries import programs as program_queries
from referral.queries import seats as queries
from referral.queries.programs import ProgramEntry
from referral.queries.seats import RoomEntry
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.reading import number_sent
from referral.web.forms.refusals import explain
from referral.web.forms.rooms import RoomForm
from referral.web.room_words import RoomShown, room_shown
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence

bp = Blueprint("rooms", __name__, url_prefix="/programs/<slug>/rooms")
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.PROGRAM_EDIT)
def index(slug: str) -> str:
    """The rooms in use, to change or retire, and retired ones to restore."""
    actor = current_actor()
    program = queries.program(actor, slug)
    return render_template(
        "rooms/index.html",
        program=program,
        rooms=[_shown(room) for room in program.rooms],
        retired=[_shown(room) for room in queries.retired(actor, slug)],
    )


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
@commits
def add(slug: str) -> Answer:
    """Add a room."""
    entry = _own(slug)
    form = RoomForm.of(entry.record.sites)
    if form.validate_on_submit():
        try:
            made = actions.add(current_actor(), slug, form.to_record())
        except InvalidInput as error:
            explain(form, error)
        else:
            flash("Room added. Enter its seats.", "success")
            return redirect(url_for("seats.edit", slug=slug, key=made.key), code=303)
    return _page(entry, form, "Add a room")


@bp.route("/<key>", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
@commits
def edit(slug: str, key: str) -> Answer:
    """Change a room's name, site, ages, grades or staff."""
    entry = _own(slug)
    room = queries.room(current_actor(), slug, key)
    form = RoomForm.of(entry.record.sites, room)
    if form.validate_on_submit():
        record = form.to_record(key)
        actions.edit(current_actor(), slug, key, record, version_seen=form.version_seen())
        flash("Room saved.", "success")
        return redirect(url_for(".index", slug=slug), code=303)
    return _page(entry, form, f"Room {queries.room_name(room.record.name, key)}")


@bp.post("/<key>/retire")
@requires(Permission.PROGRAM_EDIT)
@commits
def retire(slug: str, key: str) -> Response:
    """Take a room out of use; its history stays."""
    version = number_sent(request.form.get("version"))
    try:
        actions.retire(current_actor(), slug, key, version_seen=version, today=today())
    except InvalidInput as error:
        flash(sentence(error), "error")
    else:
        flash("Room retired. Its history stays. It can be restored.", "success")
    return redirect(url_for(".index", slug=slug), code=303)


@bp.post("/<key>/restore")
@requires(Permission.PROGRAM_EDIT)
@commits
def restore(slug: str, key: str) -> Response:
    """Take a retired room into use again."""
    version = number_sent(request.form.get("version"))
    actions.restore(current_actor(), slug, key, version_seen=version)
    flash("Room restored. Check its seats.", "success")
    return redirect(url_for(".index", slug=slug), code=303)


def _shown(room: RoomEntry) -> tuple[RoomShown, int]:
    return room_shown(room.record, today=today(), example=room.is_example), room.version


def _own(slug: str) -> ProgramEntry:
    return program_queries.get_own(current_actor(), slug, Permission.PROGRAM_EDIT)


def _page(entry: ProgramEntry, form: RoomForm, heading: str) -> Answer:
    page = render_template("rooms/edit.html", record=entry.record, form=form, heading=heading)
    return (page, 422) if form.errors else page
