"""The legal hold of a student: read by the district, set and lifted by its director."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import holds as actions
from referral.models.base import utc_now
from referral.models.students import Student
from referral.queries import holds as queries
from referral.queries import students
from referral.rules.permissions import Permission, may
from referral.rules.retention import HoldReason
from referral.web.access import current_actor, requires
from referral.web.forms.holds import HoldForm
from referral.web.transactions import commits
from referral.wording.retention import HOLD_REASONS

bp = Blueprint("holds", __name__, url_prefix="/students")
Answer = str | Response | tuple[str, int]


@bp.get("/<code>/hold")
@requires(Permission.STUDENT_READ)
def show(code: str) -> str:
    """Whether a hold stands, and those that were lifted."""
    return _page(students.get(current_actor(), code), HoldForm())


@bp.post("/<code>/hold")
@requires(Permission.HOLD_SET)
@commits
def set_hold(code: str) -> Answer:
    """Set a hold."""
    student = students.get(current_actor(), code)
    form = HoldForm()
    if not form.validate_on_submit():
        return _page(student, form), 422
    actions.set_hold(current_actor(), student.ref, HoldReason(form.reason.data), now=utc_now())
    flash("The hold stands. Nothing of this student is deleted by the schedule.", "success")
    return redirect(url_for(".show", code=student.ref), code=303)


@bp.post("/<code>/hold/lift")
@requires(Permission.HOLD_SET)
@commits
def lift(code: str) -> Response:
    """Lift the hold."""
    student = students.get(current_actor(), code)
    actions.lift(current_actor(), student.ref, now=utc_now())
    flash("The hold was lifted. The retention schedule applies again.", "success")
    return redirect(url_for(".show", code=student.ref), code=303)


def _page(student: Student, form: HoldForm) -> str:
    rows = queries.of_student(student)
    return render_template(
        "retention/hold.html",
        student=student,
        form=form,
        may_set=may(current_actor(), Permission.HOLD_SET, student.district_id),
        standing=next((row for row in rows if row.lifted_at is None), None),
        holds=rows,
        reasons=HOLD_REASONS,
    )
