"""Who saw what of a student: the log of access as a page, and as a tagged PDF to hand out."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from referral.formats.access_pdf import AccessDocument, Section, access_pdf
from referral.models.base import utc_now
from referral.models.referrals import Referral
from referral.queries.access_log import AccessLog, log_of
from referral.rules.access_log import Access, Part, Person, openings_by_day
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.referral_timeline import moment_words
from referral.web.released_words import released_shown
from referral.wording import access as words
from referral.wording.disclosures import record_sentence
from referral.wording.documents import KINDS

bp = Blueprint("student_access", __name__, url_prefix="/students")
OUTSIDE_WIDTHS, INSIDE_WIDTHS = (2, 5, 3, 4, 5), (2, 4, 4, 3, 1)


@bp.get("/<code>/access")
@requires(Permission.STUDENT_READ)
def show(code: str) -> str:
    """Who saw what of a student, outside the district and in it."""
    log = log_of(current_actor(), code)
    outside, inside = sections(log)
    return render_template(
        "students/access.html",
        student=log.student,
        title=words.TITLE.format(ref=log.student.ref),
        lead=words.LEAD,
        closing=words.ELECTRONIC,
        outside=outside,
        inside=inside,
    )


@bp.get("/<code>/access.pdf")
@requires(Permission.STUDENT_READ)
def pdf(code: str) -> Response:
    """The same as a PDF that reads aloud."""
    log = log_of(current_actor(), code)
    outside, inside = sections(log)
    content = access_pdf(
        AccessDocument(
            title=words.TITLE.format(ref=log.student.ref),
            lead=words.LEAD,
            sections=(outside, inside),
            closing=words.ELECTRONIC,
            footer=words.EXPORTED.format(
                day=moment_words(utc_now(), log.zone), lines=len(outside.rows) + len(inside.rows)
            ),
        )
    )
    name = f"access-{log.student.ref}.pdf"
    return Response(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def sections(log: AccessLog) -> tuple[Section, Section]:
    """Both tables of the log, in words."""
    outside = Section(
        title=words.OUTSIDE,
        columns=words.COLUMNS,
        widths=OUTSIDE_WIDTHS,
        rows=[_outside_row(one, log) for one in log.outside],
        empty=words.NOTHING_LEFT,
    )
    days = {one.at: one.at.astimezone(log.zone).date() for one in log.inside}
    inside = Section(
        title=words.INSIDE,
        columns=words.INSIDE_COLUMNS,
        widths=INSIDE_WIDTHS,
        rows=[
            (
                f"{day:%b} {day.day}, {day.year}",
                one.by.name or words.SOMEBODY,
                _position(one.by),
                words.OPENED[one.with_name],
                str(times),
            )
            for day, one, times in openings_by_day(log.inside, days)
        ],
        empty=words.NOBODY_OPENED,
    )
    return outside, inside


def _outside_row(one: Access, log: AccessLog) -> tuple[str, ...]:
    row = log.referrals[one.referral_ref]
    said = words.READ if one.was_read else words.SENT
    return (
        moment_words(one.at, log.zone),
        f"{said.format(part=words.PARTS[one.part.value])}: {_parts(one, row)}",
        _person(one.released_by) if one.released_by else words.SOMEBODY,
        _person(one.received_by) if one.was_read else _staff(one),
        _purpose(one),
    )


def _parts(one: Access, row: Referral) -> str:
    """What the part holds; of a packet the sections that were sent, while the copy is kept."""
    if one.part is Part.DOCUMENT:
        return KINDS.get(one.document_kind or "", KINDS["other_document"]).lower()
    if one.part is Part.ENQUIRY:
        return words.ENQUIRY_HOLDS
    titles = (
        [section["title"].lower() for section in released_shown(row.released).packet] if row.released else []
    )
    return f"{words.PACKET_HOLDS}: {', '.join(titles)}" if titles else words.PACKET_HOLDS


def _person(person: Person) -> str:
    """A name, a position and an affiliation, as far as they are known."""
    said = (person.name, _position(person), person.affiliation)
    return ", ".join(part for part in said if part)


def _position(person: Person) -> str:
    return words.POSITIONS.get(person.position or "", "")


def _staff(one: Access) -> str:
    return f"{words.STAFF_OF.format(program=one.program)}, {one.received_by.affiliation}"


def _purpose(one: Access) -> str:
    purpose = words.PURPOSE.format(ref=one.referral_ref, program=one.program)
    if one.basis is None:
        return purpose
    basis = one.basis
    under = record_sentence(
        basis.signer, basis.authority, signed_on=basis.signed_on, expires_on=basis.expires_on
    )
    return f"{purpose}. {under}"
