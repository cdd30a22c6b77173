"""Finds whose record a page showed, and which readings are not in the log yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from referral.models.audit import ReadMark
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.models.students import Draft, Student
from referral.queries.referrals import get, live_disclosure
from referral.rules.audit import hour_of, reader_of
from referral.rules.permissions import Actor, Permission, may
from referral.rules.reading import Parts, Reading, copy_reading, position_at, student_reading
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.referrals import DISCLOSED, Party, State


def of_page(actor: Actor, kind: ReferenceKind, text: str, *, now: datetime) -> list[Reading]:
    """What somebody read who was shown the page of a student, ranking, draft or referral."""
    if kind is ReferenceKind.REFERRAL:
        return _of_referral(actor, text, now)
    found = db.session.execute(_STUDENTS[kind](read_reference(text, kind))).first()
    return [] if found is None else [student_reading(found.ref, position_at(actor, found.district_id))]


def of_enquiries(actor: Actor, refs: Iterable[str]) -> list[Reading]:
    """What somebody at a program read who was shown a list of enquiries."""
    rows = db.session.execute(
        select(Referral.ref, Organisation.id, Organisation.slug)
        .join(Organisation, Organisation.id == Referral.collaborative_id)
        .where(Referral.ref.in_(list(refs)))
    )
    return [copy_reading(ref, position_at(actor, place), slug, Parts.ENQUIRY) for ref, place, slug in rows]


def new(actor: Actor, readings: Sequence[Reading], *, now: datetime) -> list[Reading]:
    """Those that are not in the log for this hour."""
    marked = db.session.execute(
        select(ReadMark.tag, ReadMark.subject_ref).where(
            ReadMark.reader == reader_of(actor),
            ReadMark.hour == hour_of(now),
            ReadMark.subject_ref.in_([one.subject_ref for one in readings]),
        )
    )
    known = {(tag, ref) for tag, ref in marked}
    return [one for one in readings if (one.mark, one.subject_ref) not in known]


def _of_referral(actor: Actor, text: str, now: datetime) -> list[Reading]:
    found = get(actor, text)
    row = found.row
    if may(actor, Permission.REFERRAL_WRITE, row.district_id):
        return [student_reading(row.student.ref, position_at(actor, row.district_id))]
    readable = (
        State(row.state) in DISCLOSED and live_disclosure(row, found.today(Party.STAFF, now)) is not None
    )
    parts = Parts.PACKET if readable and "answers" in (row.released or {}) else Parts.ENQUIRY
    position = position_at(actor, row.collaborative_id)
    return [copy_reading(row.ref, position, row.collaborative.slug, parts)]


def _of_student(ref: str) -> Any:
    return _WHOSE.where(Student.ref == ref)


def _of_ranking(ref: str) -> Any:
    return _WHOSE.join(Ranking).where(Ranking.ref == ref)


def _of_draft(ref: str) -> Any:
    return _WHOSE.join(Draft, Draft.student_id == Student.id).where(Draft.ref == ref)


_WHOSE = select(Student.ref, Student.district_id)
_STUDENTS = {
    ReferenceKind.STUDENT: _of_student,
    ReferenceKind.RANKING: _of_ranking,
    ReferenceKind.DRAFT: _of_draft,
}
