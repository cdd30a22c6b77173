"""Students: the list, one student's needs and versions, the key slip, and where an intake begins."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import drafts as draft_actions
from referral.actions import students as actions
from referral.models.base import utc_now
from referral.queries import drafts, rankings, referral_lists
from referral.queries import students as queries
from referral.queries.matches import program_names
from referral.queries.students import StudentPage
from referral.rules.answer_words import day_words
from referral.rules.identities import VaultState
from referral.rules.permissions import Permission, may
from referral.rules.questions import STEPS
from referral.rules.students import age_band
from referral.web.access import current_actor, requires
from referral.web.forms.identities import NameSearchForm
from referral.web.forms.students import NewStudentForm, StudentFilterForm
from referral.web.names import closed_sentence, names_of
from referral.web.need_words import level_rows, sections
from referral.web.pages import query_sent
from referral.web.referral_turns import turns_of
from referral.web.transactions import commits
from referral.wording.referrals import STATES
from referral.wording.students import REFUSALS

bp = Blueprint("students", __name__, url_prefix="/students")
bp.add_app_template_filter(day_words)
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.STUDENT_READ)
def index() -> str:
    """The students of the actor's districts, and drafts to finish."""
    actor = current_actor()
    form = StudentFilterForm(request.args)
    filters = form.to_filters(request.args.get("page", 1, type=int))
    page = queries.listed(actor, filters)
    names = names_of([line.ref for line in page.lines])
    return render_template(
        "students/index.html",
        form=form,
        filters=filters,
        query=query_sent(),
        page=page,
        bands={line.ref: age_band(line.answers) for line in page.lines},
        ranked=queries.last_ranked(page),
        drafts=drafts.unfinished(actor),
        names=names,
        names_closed=closed_sentence(names.state),
        name_search=NameSearchForm(formdata=None),
        may_keep_names=names.state is VaultState.NOT_KEPT and may(actor, Permission.IDENTITY_KEEP),
        many_districts=len(queries.districts(actor)) > 1,
        **_neighbors(page, filters.page, set(form.data)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.STUDENT_WRITE)
@commits
def new() -> Answer:
    """Begin to describe a student."""
    actor = current_actor()
    form = NewStudentForm(queries.districts(actor))
    if request.method == "GET":
        return render_template("students/new.html", form=form)
    district = form.chosen()
    if district is None:
        form.district.errors = [REFUSALS["district_missing"]]
        return render_template("students/new.html", form=form), 422
    return _first_step(draft_actions.begin(actor, district.id).ref)


@bp.get("/<ref>")
@requires(Permission.STUDENT_READ)
def show(ref: str) -> str:
    """One student: needs in words, levels, versions and rankings."""
    return _page(ref, None)


@bp.get("/<ref>/versions/<int:number>")
@requires(Permission.STUDENT_READ)
def version(ref: str, number: int) -> str:
    """An earlier version of a student's profile."""
    return _page(ref, min(number, 2**31 - 1))


@bp.get("/<ref>/key-slip")
@requires(Permission.STUDENT_READ)
def key_slip(ref: str) -> str:
    """The slip on which the district writes whose code this is; printed, never stored here."""
    student = queries.get(current_actor(), ref)
    return render_template("students/key_slip.html", student=student, names=names_of([student.ref]))


@bp.post("/<ref>/revise")
@requires(Permission.STUDENT_WRITE)
@commits
def revise(ref: str) -> Response:
    """Begin the next version of the profile."""
    draft = draft_actions.begin_revision(current_actor(), ref)
    return redirect(url_for("intake.overview", ref=draft.ref), code=303)


@bp.post("/<ref>/copy")
@requires(Permission.STUDENT_WRITE)
@commits
def copy(ref: str) -> Response:
    """Begin a new student with this one's answers."""
    draft = draft_actions.begin_copy(current_actor(), ref)
    return redirect(url_for("intake.overview", ref=draft.ref), code=303)


@bp.post("/<ref>/archive")
@requires(Permission.STUDENT_WRITE)
@commits
def archive(ref: str) -> Response:
    """Put a student away, or bring one back."""
    archived = request.form.get("archived") == "1"
    student = actions.set_archived(current_actor(), ref, archived=archived)
    flash("The student was archived." if archived else "The student is back in the list.", "success")
    return redirect(url_for(".show", ref=student.ref), code=303)


def _page(ref: str, number: int | None) -> str:
    actor = current_actor()
    student = queries.get(actor, ref)
    shown = queries.version(student, number)
    answers = queries.answers_of(shown)
    referred = referral_lists.of_student(actor, student)
    names = names_of([student.ref])
    return render_template(
        "students/show.html",
        student=student,
        shown=shown,
        names=names,
        names_closed=closed_sentence(names.state),
        answers=answers,
        band=age_band(answers),
        sections=sections(answers, program_names(actor), known_only=True),
        level_rows=level_rows(answers),
        versions=queries.versions(student),
        rankings=rankings.of_student(actor, student),
        referrals=referred,
        turns=turns_of(actor, referred, utc_now()),
        state_words=STATES,
        can_rank="rankings.create" in current_app.view_functions and not student.archived,
    )


def _first_step(ref: str) -> Response:
    return redirect(url_for("intake.step", ref=ref, step_key=STEPS[0].key), code=303)


def _neighbors(page: StudentPage, number: int, names: set[str]) -> dict[str, str | None]:
    """Addresses of the pages before and after, with the search as it is."""
    asked: dict[str, Any] = {name: request.args[name] for name in names & set(request.args)}
    before = url_for(".index", **asked, page=number - 1) if number > 1 else None
    following = url_for(".index", **asked, page=number + 1) if page.last and page.last < page.total else None
    return {"previous_url": before, "next_url": following}
