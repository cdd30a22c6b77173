"""Purges by the schedule with their certificates, the replay of former ones, and their verification."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text

from referral.actions import audit
from referral.actions.purges import purge
from referral.formats.certificates import Certificate, CertificateFolder
from referral.models.base import db
from referral.models.retention import PurgedRecord, RetentionCertificate
from referral.queries import retention as queries
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.retention import Purged, PurgedKind, Schedule, counts_of, digest_of

LOCK = 20261122  # of PostgreSQL's advisory locks: one purge at a time


@dataclass(frozen=True)
class Replayed:
    """What a replay found: certificates read, and records that held content again."""

    certificates: int
    purged: int


def new_certificate_ref() -> str:
    """A reference, made before the transaction so that a second try of it writes the same file."""
    return make_reference(ReferenceKind.CERTIFICATE)


def run(
    actor: Actor, schedule: Schedule, folder: CertificateFolder, ref: str, *, today: date, now: datetime
) -> Certificate | None:
    """Purge everything that is due, with a certificate in the database and in the folder; None if nothing is.

    The file is written last. Where the transaction fails after it, the file lists what was due all the same.
    """
    _one_at_a_time()
    purged = queries.due(actor, schedule, today)
    if not purged:
        return None
    certificate = Certificate(
        certificate=ref,
        as_of=today,
        made_at=now,
        schedule=schedule.version,
        counts=counts_of(purged),
        digest=digest_of(purged),
        purged=tuple((one.kind, one.ref, one.rule) for one in purged),
    )
    _purge_all(purged, now)
    _keep(certificate)
    audit.record(
        actor,
        "retention:purge:done",
        "certificate",
        ref,
        as_of=today,
        digest=certificate.digest[:16],
        **certificate.counts,
    )
    db.session.flush()
    folder.write(certificate)
    return certificate


def replay(actor: Actor, folder: CertificateFolder, *, now: datetime) -> Replayed:
    """Purge again what the certificates of the folder list, as after restoring an old backup.

    Raises
    ------
    BadCertificate : a file that cannot be read.
    """
    check(actor, Permission.RETENTION_RUN)
    _one_at_a_time()
    certificates = list(folder.read())
    known = set(db.session.scalars(select(RetentionCertificate.ref)))
    purged = 0
    for certificate in certificates:
        purged += _purge_all(certificate.records, now)
        if certificate.certificate not in known:
            _keep(certificate)
    if purged:
        audit.record(
            actor, "retention:purge:replayed", "certificate", certificates[-1].certificate, purged=purged
        )
    db.session.flush()
    return Replayed(len(certificates), purged)


def _purge_all(records: Iterable[Purged], now: datetime) -> int:
    return sum(purge(PurgedKind(one.kind), one.ref, now=now) for one in records)


def _keep(certificate: Certificate) -> None:
    row = RetentionCertificate(
        ref=certificate.certificate,
        as_of=certificate.as_of,
        made_at=certificate.made_at,
        schedule=certificate.schedule,
        purged=len(certificate.purged),
        counts=certificate.counts,
        digest=certificate.digest,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        PurgedRecord(certificate_id=row.id, kind=one.kind, ref=one.ref, rule=one.rule)
        for one in certificate.records
    )


def _one_at_a_time() -> None:
    """No other purge, and no new hold, until this one has ended; SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        db.session.execute(text("LOCK TABLE legal_holds IN SHARE MODE"))
