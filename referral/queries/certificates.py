"""Certificates of purges: listed, and proved against their files and against what is in the database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from referral.formats.certificates import Certificate
from referral.models.base import db
from referral.models.documents import Document
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.models.retention import PurgedRecord, RetentionCertificate
from referral.models.students import Draft, Student
from referral.queries.retention import has_profile, has_result, has_words
from referral.rules.permissions import Actor, Permission, check
from referral.rules.retention import Purged, PurgedKind, digest_of

# Of each kind: its reference, and whether it holds content again.
CONTENT: dict[PurgedKind, tuple[InstrumentedAttribute[str], ColumnElement[bool]]] = {
    PurgedKind.REFERRAL: (Referral.ref, has_words()),
    PurgedKind.DOCUMENT: (Document.ref, Document.removed_at.is_(None)),
    PurgedKind.STUDENT: (Student.ref, has_profile()),
    PurgedKind.RANKING: (Ranking.ref, has_result()),
    PurgedKind.DRAFT: (Draft.ref, Draft.finished_at.is_(None)),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong with a certificate, as a code, and the record it is about, if one."""

    certificate: str
    code: str
    ref: str | None = None


def listed(actor: Actor) -> Sequence[RetentionCertificate]:
    """Every certificate, the newest first."""
    check(actor, Permission.RETENTION_READ)
    return db.session.scalars(select(RetentionCertificate).order_by(RetentionCertificate.id.desc())).all()


def faults(actor: Actor, files: Iterable[Certificate]) -> list[Fault]:
    """What does not hold: a file, its row, the list of what was purged, or content that is there again."""
    check(actor, Permission.RETENTION_READ)
    found: list[Fault] = []
    rows = {row.ref: row for row in db.session.scalars(select(RetentionCertificate))}
    for file in files:
        found.extend(_faults_of(file, rows.pop(file.certificate, None)))
    return found + [Fault(ref, "certificate_file_missing") for ref in rows]


def _faults_of(file: Certificate, row: RetentionCertificate | None) -> Iterator[Fault]:
    if not file.is_true_to_itself:
        yield Fault(file.certificate, "certificate_file_changed")
    if row is None:
        yield Fault(file.certificate, "certificate_not_replayed")
    elif row.digest != file.digest or digest_of(_records(row)) != row.digest:
        yield Fault(file.certificate, "certificate_row_differs")
    for ref in _with_content(file.records):
        yield Fault(file.certificate, "purged_is_there_again", ref)


def _records(row: RetentionCertificate) -> list[Purged]:
    statement = select(PurgedRecord.kind, PurgedRecord.ref, PurgedRecord.rule)
    listed_rows = db.session.execute(statement.where(PurgedRecord.certificate_id == row.id))
    return [Purged(*one) for one in listed_rows]


def _with_content(records: Iterable[Purged]) -> Iterator[str]:
    for one in records:
        reference, content = CONTENT[PurgedKind(one.kind)]
        if db.session.scalar(select(exists().where(reference == one.ref, content))):
            yield one.ref
