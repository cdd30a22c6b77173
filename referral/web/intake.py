"""The intake: six steps in any order, saved as one types and by the button, then checked and finished."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from referral.actions import drafts as actions
from referral.errors import InvalidInput, StaleUpdate
from referral.models.base import utc_now
from referral.models.students import Draft
from referral.queries import drafts as queries
from referral.rules.intake import step_of
from referral.rules.permissions import Permission
from referral.rules.questions import STEPS, Step
from referral.web.access import current_actor, requires
from referral.web.forms.intake import FORMS, StepContext
from referral.web.intake_pages import (
    check_page,
    conflict_page,
    counts,
    names_of_programs,
    overview_page,
    step_page,
    way_on,
)
from referral.web.transactions import commits
from referral.wording import sentence

bp = Blueprint("intake", __name__, url_prefix="/intake")
Answer = str | Response | tuple[str, int]


@bp.get("/<ref>")
@requires(Permission.STUDENT_WRITE)
def overview(ref: str) -> Answer:
    """The steps with their status: where a draft is resumed."""
    draft = queries.get(current_actor(), ref)
    return _finished(draft) or overview_page(draft)


@bp.route("/<ref>/<step_key>", methods=["GET", "POST"])
@requires(Permission.STUDENT_WRITE)
@commits
def step(ref: str, step_key: str) -> Answer:
    """One step: shown as the draft holds it, saved with what can be read."""
    draft, page = queries.get(current_actor(), ref), step_of(step_key)
    if (finished := _finished(draft)) is not None:
        return finished
    if request.method == "GET":
        form = FORMS[page.key].of_draft(_context(draft, page), draft.refused)
        return step_page(draft, page, form)
    return _save(draft, page)


@bp.post("/<ref>/<step_key>/autosave")
@requires(Permission.STUDENT_WRITE)
@commits
def autosave(ref: str, step_key: str) -> tuple[Response, int]:
    """Save what was typed so far, and say how many programs still match."""
    draft, page = queries.get(current_actor(), ref), step_of(step_key)
    form = FORMS[page.key](_context(draft, page))
    form.read()
    try:
        draft = actions.save_step(current_actor(), ref, form.write(page, by_button=False))
    except StaleUpdate as error:
        return jsonify(conflict=True, version=draft.version, sentence=sentence(error)), 409
    return jsonify(
        version=draft.version,
        saved_at=utc_now().isoformat(),
        matching=counts(draft),
        conflict=False,
    ), 200


@bp.route("/<ref>/check", methods=["GET", "POST"])
@requires(Permission.STUDENT_WRITE)
@commits
def check(ref: str) -> Answer:
    """Every answer with its link, and exactly what a program would see; then finish."""
    actor = current_actor()
    draft = queries.get(actor, ref)
    if request.method == "GET":
        return _finished(draft) or check_page(draft)
    try:
        student = actions.finish(actor, ref)
    except InvalidInput as error:
        return check_page(draft, refusal=sentence(error)), 422
    return redirect(url_for("students.show", ref=student.ref), code=303)


@bp.post("/<ref>/discard")
@requires(Permission.STUDENT_WRITE)
@commits
def discard(ref: str) -> Response:
    """Remove a draft that will not be finished."""
    actions.discard(current_actor(), ref)
    flash("The draft was removed.", "success")
    return redirect(url_for("students.index"), code=303)


def _save(draft: Draft, page: Step) -> Answer:
    form = FORMS[page.key](_context(draft, page))
    readable = form.read()
    try:
        saved = actions.save_step(current_actor(), draft.ref, form.write(page, by_button=True))
    except StaleUpdate as error:
        return conflict_page(draft, page, form, sentence(error)), 409
    if "later" in request.form:
        flash("The draft was saved. It waits under “Drafts to finish”.", "success")
        return redirect(url_for("students.index"), code=303)
    if not readable:
        form.version.process(None, str(saved.version))
        return step_page(saved, page, form), 422
    return redirect(way_on(saved, page), code=303)


def _context(draft: Draft, page: Step) -> StepContext:
    named = page == STEPS[-1]
    return StepContext(
        answers=queries.answers_of(draft),
        program_names=names_of_programs() if named else {},
        version=draft.version,
    )


def _finished(draft: Draft) -> Response | None:
    """The way to the student a finished draft became; None while it can be written."""
    if draft.finished_at is None:
        return None
    student = queries.student_made_of(current_actor(), draft)
    return redirect(url_for("students.show", ref=student.ref), code=303)
