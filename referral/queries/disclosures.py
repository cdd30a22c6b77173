"""Reads of the records that allow a packet to be sent: those of the actor's students."""

from collections.abc import Sequence

from sqlalchemy import select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.referrals import Disclosure
from referral.models.students import Student
from referral.rules.disclosures import AuthorityCode, DisclosureBasis, DisclosureRecord, SignerRole
from referral.rules.permissions import Actor, Permission, places
from referral.rules.references import ReferenceKind, read_reference


def get(actor: Actor, ref: str) -> Disclosure:
    """The record of this reference.

    Raises
    ------
    RecordNotFound : there is none in the actor's districts.
    """
    row = db.session.scalar(
        select(Disclosure)
        .join(Student, Student.id == Disclosure.student_id)
        .where(
            Disclosure.ref == read_reference(ref, ReferenceKind.CONSENT),
            Student.district_id.in_(places(actor, Permission.REFERRAL_WRITE)),
        )
    )
    if row is None:
        raise RecordNotFound(kind="disclosure")
    return row


def of_student(student: Student) -> Sequence[Disclosure]:
    """The records of a student whose row the actor was given, the newest first."""
    return db.session.scalars(
        select(Disclosure).where(Disclosure.student_id == student.id).order_by(Disclosure.id.desc())
    ).all()


def record_of(row: Disclosure) -> DisclosureRecord:
    """The record as the rules read it."""
    return DisclosureRecord(
        basis=DisclosureBasis(row.basis),
        signed_on=row.signed_on,
        expires_on=row.expires_on,
        signer=SignerRole(row.signer) if row.signer else None,
        authority=AuthorityCode(row.authority) if row.authority else None,
        revoked_on=row.revoked_on,
    )
