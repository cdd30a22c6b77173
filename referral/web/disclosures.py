"""Records of consent or authority of a student: what allows a packet to leave, made and revoked."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import disclosures as actions
from referral.errors import InvalidInput
from referral.models.base import utc_now
from referral.models.referrals import Disclosure
from referral.models.students import Student
from referral.queries import disclosures as queries
from referral.queries import referral_lists as lists
from referral.queries import students
from referral.queries.settings import calendar_of
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.disclosures import DisclosureForm, disclosure_form
from referral.web.forms.refusals import explain
from referral.web.transactions import commits
from referral.wording.disclosures import record_sentence

bp = Blueprint("disclosures", __name__)
Answer = str | Response | tuple[str, int]


@bp.route("/students/<code>/disclosures", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
@commits
def index(code: str) -> Answer:
    """The records of a student, and the form for another one."""
    student = students.get(current_actor(), code)
    collaboratives = {
        row.collaborative_id: row.collaborative.name for row in lists.of_student(current_actor(), student)
    }
    today = calendar_of(student.district).day_of(utc_now())
    form = disclosure_form(collaboratives, today=today)
    if not form.validate_on_submit():
        return _page(student, form, collaboratives), 422 if form.errors else 200
    try:
        actions.record(
            current_actor(), student.ref, form.record(), today=today, collaborative_id=form.collaborative_id
        )
    except InvalidInput as error:
        explain(form, error)
        return _page(student, form, collaboratives), 422
    flash("The record was added. A packet can be sent under it.", "success")
    return redirect(_back(student), code=303)


@bp.post("/disclosures/<ref>/revoke")
@requires(Permission.REFERRAL_WRITE)
@commits
def revoke(ref: str) -> Response:
    """Revoke a record; nothing more is seen under it."""
    student = queries.get(current_actor(), ref).student
    today = calendar_of(student.district).day_of(utc_now())
    actions.revoke(current_actor(), ref, today=today)
    flash("The record was revoked. Programs can no longer read a packet under it.", "success")
    return redirect(url_for(".index", code=student.ref), code=303)


def _back(student: Student) -> str:
    """The referral that waits for the record, else the student's records."""
    asked = request.args.get("referral")
    if asked in {row.ref for row in lists.of_student(current_actor(), student)}:
        return url_for("referrals.show", ref=asked)
    return url_for(".index", code=student.ref)


def _page(student: Student, form: DisclosureForm, collaboratives: dict[int, str]) -> str:
    today = calendar_of(student.district).day_of(utc_now())
    return render_template(
        "referrals/disclosures.html",
        student=student,
        form=form,
        referral=request.args.get("referral"),
        records=[
            _record(row, collaboratives, is_live=queries.record_of(row).is_live(today))
            for row in queries.of_student(student)
        ],
    )


def _record(row: Disclosure, collaboratives: dict[int, str], *, is_live: bool) -> dict[str, Any]:
    name = collaboratives.get(row.collaborative_id or 0, "one agency")
    status = ("Live", "good") if is_live else ("Revoked", "bad") if row.revoked_on else ("Not live", "warn")
    return {
        "row": row,
        "sentence": record_sentence(
            row.signer, row.authority, signed_on=row.signed_on, expires_on=row.expires_on
        ),
        "scope": f"For {name} only"
        if row.collaborative_id
        else "For every program the student is referred to",
        "status": status,
    }
