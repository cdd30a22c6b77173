"""Who a student is, for the district alone: shown, entered, removed, searched; and whether names are kept."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import identities as actions
from referral.errors import InvalidInput, StaleUpdate
from referral.models.base import utc_now
from referral.models.students import Student
from referral.queries import identities as queries
from referral.queries import students
from referral.queries.identities import FOUND_MOST
from referral.queries.settings import calendar_of
from referral.queries.vault import state_of
from referral.rules.identities import Identity, IdentityHeld, VaultClosed, VaultState
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.identities import IdentityForm, NameSearchForm, identity_form
from referral.web.forms.refusals import explain
from referral.web.freshness import fresh, require_fresh
from referral.web.names import current_vault, identity_of
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.identities import LABELS, REFUSALS

bp = Blueprint("identities", __name__)
Answer = str | Response | tuple[str, int]


@bp.get("/students/<ref>/identity")
@requires(Permission.IDENTITY_READ)
@fresh
def show(ref: str) -> str:
    """Everything the vault holds of a student; opening it is on record."""
    student = students.get(current_actor(), ref)
    try:
        identity = identity_of(student)
    except VaultClosed as closed:
        return _closed_page(student, closed.state)
    return render_template("identities/show.html", student=student, rows=rows_of(identity))


@bp.route("/students/<ref>/identity/edit", methods=["GET", "POST"])
@requires(Permission.IDENTITY_WRITE)
@commits
def edit(ref: str) -> Answer:
    """Enter or change who a student is; opening it asks for the password, sending what was typed does not."""
    if request.method == "GET":
        require_fresh()
    student = students.get(current_actor(), ref)
    state = state_of(current_vault(), student.district_id)
    if state is not VaultState.OPEN:
        return _closed_page(student, state), 200 if request.method == "GET" else 409
    held = identity_of(student)
    today = calendar_of(student.district).day_of(utc_now())
    form = identity_form(held, number=student.identity_number, today=today)
    if not form.validate_on_submit():
        return _form_page(student, form), 422 if form.errors else 200
    try:
        actions.save(
            current_actor(),
            current_vault(),
            student.ref,
            form.identity(),
            seen_number=form.seen_number,
            today=today,
        )
    except InvalidInput as error:
        explain(form, error)
        return _form_page(student, form), 422
    except StaleUpdate:
        form.number.data = str(student.identity_number)
        return _form_page(student, form, theirs=held), 409
    flash("The name was saved. Only your district sees it.", "success")
    return redirect(url_for("students.show", ref=student.ref), code=303)


edit.fresh = True  # type: ignore[attr-defined]


@bp.post("/students/<ref>/identity/remove")
@requires(Permission.IDENTITY_WRITE)
@commits
def remove(ref: str) -> Response:
    """Remove who a student is from the vault; the coded profile stays."""
    try:
        student = actions.remove(current_actor(), current_vault(), ref)
    except IdentityHeld as held:
        flash(sentence(held), "error")
        return redirect(url_for(".show", ref=ref), code=303)
    flash("The name and everything with it were removed. The coded profile stays.", "success")
    return redirect(url_for("students.show", ref=student.ref), code=303)


@bp.post("/students/find")
@requires(Permission.IDENTITY_READ)
@commits
def find() -> Response:
    """Search by name; the answer is a list of codes, so no name stands in an address."""
    typed = (NameSearchForm().name.data or "").strip()
    try:
        found = queries.find(current_actor(), current_vault(), typed) if typed else ()
    except VaultClosed as closed:
        flash(sentence(closed), "error")
        return redirect(url_for("students.index"), code=303)
    if not found:
        flash(REFUSALS["nobody_called_so"] if typed else REFUSALS["name_not_typed"], "error")
        return redirect(url_for("students.index"), code=303)
    if len(found) > FOUND_MOST:
        flash(REFUSALS["many_called_so"].format(most=FOUND_MOST), "info")
    return redirect(url_for("students.index", code=found[:FOUND_MOST]), code=303)


@bp.get("/names")
@requires(Permission.IDENTITY_KEEP)
def index() -> str:
    """Whether the director's districts keep names here."""
    vault = current_vault()
    rows = [
        {"district": one, "state": state_of(vault, one.id), "count": queries.count(current_actor(), one)}
        for one in queries.districts(current_actor())
    ]
    return render_template("identities/index.html", rows=rows, sentences=REFUSALS, states=VaultState)


@bp.post("/names/<slug>/keep")
@requires(Permission.IDENTITY_KEEP)
@commits
def keep(slug: str) -> Response:
    """Begin to keep the names of a district."""
    actions.keep_names(current_actor(), current_vault(), queries.district(current_actor(), slug))
    flash("Names can be kept now. Open a student and add the name.", "success")
    return redirect(url_for(".index"), code=303)


def _form_page(student: Student, form: IdentityForm, *, theirs: Identity | None = None) -> str:
    return render_template(
        "identities/edit.html",
        student=student,
        form=form,
        theirs=rows_of(theirs),
    )


def rows_of(identity: Identity | None) -> list[dict[str, str]]:
    """What is held, as terms and values of a page; several lines become sentences side by side."""
    if identity is None:
        return []
    birth = identity.birth_date
    values = {field: getattr(identity, field) for field in LABELS} | {
        "birth_date": f"{birth:%b} {birth.day}, {birth.year}" if birth else ""
    }
    return [
        {"term": LABELS[field], "value": "; ".join(text.splitlines())}
        for field, text in values.items()
        if text
    ]


def _closed_page(student: Student, state: VaultState) -> str:
    return render_template("identities/closed.html", student=student, why=REFUSALS[state.value])
