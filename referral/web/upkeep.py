"""How a program is kept up: its contact and rhythm, and a district that was told no seat is left."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import links
from referral.actions import upkeep as actions
from referral.errors import InvalidInput
from referral.models.base import utc_now
from referral.queries import upkeep as queries
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.refusals import explain
from referral.web.forms.upkeep import UpkeepForm
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording.programs import day_words

bp = Blueprint("upkeep", __name__, url_prefix="/programs")
Answer = str | Response | tuple[str, int]


@bp.route("/<slug>/upkeep", methods=["GET", "POST"])
@requires(Permission.SEATS_UPDATE)
@commits
def edit(slug: str) -> Answer:
    """The contact of a program and how often its seats are asked for."""
    actor = current_actor()
    program = queries.of_program(actor, slug)
    form = UpkeepForm(obj=program.entry)
    if form.validate_on_submit():
        try:
            actions.save(actor, slug, form.to_entry())
        except InvalidInput as error:
            explain(form, error)
        else:
            flash("Saved.", "success")
            return redirect(url_for(".edit", slug=slug), code=303)
    gone = program.told_gone_on
    refused = bool(form.problems())
    page = render_template(
        "upkeep/edit.html",
        program=program,
        form=form,
        form_errors=refused,
        has_contact=program.entry.contact_email is not None,
        told_gone=day_words(gone) if gone else "",
    )
    return (page, 422) if refused else page


@bp.post("/<slug>/upkeep/ask")
@requires(Permission.SEATS_UPDATE)
@commits
def ask_contact(slug: str) -> Response:
    """Mail the contact a link to confirm the seats now."""
    if links.ask_contact(current_actor(), slug, now=utc_now()):
        flash("A link to confirm the seats is on its way. It works once, for eight days.", "success")
    else:
        flash("Enter the contact's email first.", "error")
    return redirect(url_for(".edit", slug=slug), code=303)


@bp.post("/<slug>/told-gone")
@requires(Permission.CAPACITY_ASK)
@commits
def told_gone(slug: str) -> Response:
    """A district was told that no seat is left: the program's staff are asked to look."""
    actions.tell_gone(current_actor(), slug, today=today())
    flash("Thank you. The program was asked to look at its seats.", "success")
    return redirect(url_for("programs.show", slug=slug), code=303)
