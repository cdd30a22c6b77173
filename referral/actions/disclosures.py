"""Records of consent or authority: made, and revoked; revocation ends access at once."""

from datetime import date

from referral.actions import audit
from referral.models.base import db
from referral.models.referrals import Disclosure
from referral.queries import disclosures as queries
from referral.queries import students
from referral.rules.disclosures import DisclosureRecord, check_disclosure
from referral.rules.permissions import Actor, Permission, check
from referral.rules.references import ReferenceKind, make_reference


def record(
    actor: Actor,
    student_ref: str,
    entered: DisclosureRecord,
    *,
    today: date,
    collaborative_id: int | None = None,
) -> Disclosure:
    """A record under which the student's packet may be sent, to one collaborative or to all referred to.

    Raises
    ------
    RecordNotFound, InvalidInput
    """
    student = students.get(actor, student_ref)
    check(actor, Permission.REFERRAL_WRITE, student.district_id)
    check_disclosure(entered, today=today)
    row = Disclosure(
        ref=make_reference(ReferenceKind.CONSENT),
        student_id=student.id,
        collaborative_id=collaborative_id,
        basis=entered.basis.value,
        signer=entered.signer and entered.signer.value,
        authority=entered.authority and entered.authority.value,
        signed_on=entered.signed_on,
        expires_on=entered.expires_on,
        made_by_id=actor.user_id or None,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor,
        "disclosure:record:made",
        "student",
        student.ref,
        disclosure=row.ref,
        basis=row.basis,
        expires_on=row.expires_on,
    )
    return row


def revoke(actor: Actor, ref: str, *, today: date) -> Disclosure:
    """The record revoked as of today; it stays on file, and nothing more is seen under it.

    Raises
    ------
    RecordNotFound
    """
    row = queries.get(actor, ref)
    if row.revoked_on is None:
        row.revoked_on, row.revoked_by_id = today, actor.user_id or None
        audit.record(actor, "disclosure:record:revoked", "student", row.student.ref, disclosure=row.ref)
    return row
