"""Reads a student's log of access: what left the district, under which record, and who read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.documents import Document
from referral.models.referrals import Disclosure, Referral, ReferralMove
from referral.models.students import Student
from referral.models.users import RoleAssignment, User
from referral.queries import disclosures, students
from referral.queries.rankings import named
from referral.queries.settings import settings_of
from referral.rules.access_log import RELEASES, Access, Basis, Opening, Part, Person, Release, release_before
from referral.rules.audit import COPY_READ, STUDENT_READ
from referral.rules.permissions import Actor
from referral.rules.reading import CONTACT
from referral.rules.referrals import Verb

DOCUMENT_READ = "document:content:read"
NAME_READ = "student:identity:read"
Line = tuple[AuditEvent, str | None]


@dataclass(frozen=True)
class AccessLog:
    """Who saw what of a student: outside, and in the district; the newest first."""

    student: Student
    outside: Sequence[Access]
    inside: Sequence[Opening]
    referrals: Mapping[str, Referral]
    zone: ZoneInfo


def log_of(actor: Actor, ref: str) -> AccessLog:
    """The log of a student of the actor's districts.

    Raises
    ------
    RecordNotFound : there is no such student for the actor.
    """
    student = students.get(actor, ref)
    wanted = select(Referral).where(Referral.student_id == student.id)
    rows = db.session.scalars(
        wanted.options(joinedload(Referral.program), joinedload(Referral.collaborative))
    ).all()
    positions = _positions(student.district_id)
    zone = ZoneInfo(settings_of(student.district).zone)
    releases = _releases(rows, disclosures.of_student(student), zone)
    lines = _lines(student, rows)
    by_ref = {row.ref: row for row in rows}
    sent = [_sent(one, by_ref[one.referral_ref]) for one in releases]
    read = [found for line in lines if (found := _read(line, by_ref, releases, positions)) is not None]
    inside = [_opening(line, positions) for line in lines if line[0].subject_kind == "student"]
    return AccessLog(
        student=student,
        outside=sorted([*sent, *read], key=lambda one: (one.at, one.was_read), reverse=True),
        inside=inside,
        referrals=by_ref,
        zone=zone,
    )


def _positions(district_id: int) -> dict[int, str]:
    """The roles that users hold at the district now, for lines that do not say one."""
    held = select(RoleAssignment.user_id, RoleAssignment.role).where(
        RoleAssignment.organisation_id == district_id
    )
    return {row.user_id: row.role for row in db.session.execute(held.order_by(RoleAssignment.role))}


def _releases(rows: Sequence[Referral], records: Sequence[Disclosure], zone: ZoneInfo) -> list[Release]:
    by_id = {row.id: row for row in rows}
    moves = db.session.scalars(
        select(ReferralMove)
        .where(
            ReferralMove.referral_id.in_(by_id),
            ReferralMove.verb.in_([verb.value for verb in RELEASES]),
        )
        .options(named(ReferralMove.actor))
        .order_by(ReferralMove.at)
    )
    return [_release(move, by_id[move.referral_id], records, zone) for move in moves]


def _release(move: ReferralMove, row: Referral, records: Sequence[Disclosure], zone: ZoneInfo) -> Release:
    part = RELEASES[Verb(move.verb)]
    return Release(
        at=move.at,
        referral_ref=row.ref,
        part=part,
        by=Person(move.actor.name if move.actor else None, move.party),
        basis=_basis(records, row, move.at, zone) if part is Part.PACKET else None,
    )


def _basis(records: Sequence[Disclosure], row: Referral, at: datetime, zone: ZoneInfo) -> Basis | None:
    """The record under which a packet was sent: one for this agency that was good on that day."""
    day = at.astimezone(zone).date()
    for one in records:
        is_for_it = one.collaborative_id in (None, row.collaborative_id)
        was_revoked = one.revoked_on is not None and one.revoked_on < day
        if is_for_it and not was_revoked and one.signed_on <= day <= one.expires_on:
            return Basis(one.signer, one.authority, one.signed_on, one.expires_on)
    return None


def _lines(student: Student, rows: Sequence[Referral]) -> list[Line]:
    """The lines of the audit log about this student's record and its copies."""
    documents = select(Document.ref).where(Document.referral_id.in_([row.id for row in rows]))
    event = AuditEvent
    statement = (
        select(event, User.name)
        .outerjoin(User, User.id == event.actor_user_id)
        .where(
            or_(
                and_(
                    event.subject_kind == "student",
                    event.subject_ref == student.ref,
                    event.tag.in_([STUDENT_READ, NAME_READ]),
                ),
                and_(
                    event.subject_kind == "referral",
                    event.subject_ref.in_([row.ref for row in rows]),
                    event.tag == COPY_READ,
                ),
                and_(
                    event.subject_kind == "document",
                    event.subject_ref.in_(documents),
                    event.tag == DOCUMENT_READ,
                ),
            )
        )
        .order_by(event.id)
    )
    return [(found, name) for found, name in db.session.execute(statement)]


def _sent(release: Release, row: Referral) -> Access:
    return Access(
        at=release.at,
        referral_ref=row.ref,
        program=row.program.name,
        part=release.part,
        released_by=release.by,
        received_by=Person(None, None, row.collaborative.name),
        basis=release.basis,
    )


def _read(
    line: Line, by_ref: Mapping[str, Referral], releases: Sequence[Release], positions: Mapping[int, str]
) -> Access | None:
    """What somebody at a program read; none for a line about the record inside the district."""
    event, name = line
    is_document = event.tag == DOCUMENT_READ
    if event.subject_kind == "student" or (is_document and event.actor_user_id in positions):
        return None
    row = by_ref[str(_referral_of(event))]
    part = Part.DOCUMENT if is_document else Part(event.facts["parts"])
    release = release_before(releases, row.ref, part, event.at)
    return Access(
        at=event.at,
        referral_ref=row.ref,
        program=row.program.name,
        part=part,
        released_by=release.by if release else None,
        received_by=Person(name, _position(event), row.collaborative.name),
        basis=release.basis if release else None,
        was_read=True,
        document_kind=event.facts.get("kind") if is_document else None,
    )


def _referral_of(event: AuditEvent) -> Any:
    return event.subject_ref if event.subject_kind == "referral" else event.facts["referral"]


def _position(event: AuditEvent) -> str | None:
    position = event.facts.get("position")
    return position or (CONTACT if event.facts.get("door") == "link" else None)


def _opening(line: Line, positions: Mapping[int, str]) -> Opening:
    event, name = line
    position = _position(event) or positions.get(event.actor_user_id or 0)
    return Opening(event.at, Person(name, position), with_name=event.tag == NAME_READ)
