"""What is done to the identities in the vault: kept for a district, saved, removed."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral.actions import audit
from referral.actions.vault_writes import in_vault, key_row
from referral.errors import StaleUpdate
from referral.models.identities import DistrictKey, StoredIdentity
from referral.models.organisations import Organisation
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries import students
from referral.queries.holds import is_held
from referral.queries.vault import check_master, key_of
from referral.rules.ciphers import new_key
from referral.rules.identities import Identity, IdentityHeld, VaultClosed, VaultState, check_identity
from referral.rules.identity_seals import COLUMNS, print_of, sealed_text, texts_of, wrapped
from referral.rules.permissions import Actor, Permission, check


def keep_names(actor: Actor, vault: Vault, district: Organisation) -> None:
    """Begin to keep the names of a district: give it a key. A second time changes nothing.

    Raises
    ------
    NotPermitted
    VaultClosed : there is no vault, no master key, or not the one of the keys that are there.
    """
    check(actor, Permission.IDENTITY_KEEP, district.id)
    in_vault(vault, lambda session: _add_key(vault, session, district.id))
    audit.record(actor, "vault:district:opened", "organisation", district.slug)


def save(
    actor: Actor, vault: Vault, ref: str, identity: Identity, *, seen_number: int, today: date
) -> Student:
    """The student with an identity: written to the vault first, counting once the core's transaction commits.

    A fault between the two leaves the former identity as the one that counts.

    Raises
    ------
    RecordNotFound, NotPermitted, InvalidInput, VaultClosed
    StaleUpdate : someone saved one after the actor opened the page.
    """
    student = students.get(actor, ref, for_update=True)  # nobody else writes this student's until the end
    check(actor, Permission.IDENTITY_WRITE, student.district_id)
    if seen_number != student.identity_number:
        raise StaleUpdate(seen=seen_number, now=student.identity_number)
    check_identity(identity, today=today)
    in_vault(vault, lambda session: _put(vault, session, student, identity))
    student.identity_number += 1
    audit.record(
        actor,
        "student:identity:saved",
        "student",
        student.ref,
        number=student.identity_number,
        fields=identity.given,
    )
    return student


def remove(actor: Actor, vault: Vault, ref: str) -> Student:
    """The student without an identity: gone from the vault first. A fault between leaves no name either.

    Raises
    ------
    RecordNotFound, NotPermitted, VaultClosed
    IdentityHeld : the student is under a legal hold.
    """
    student = students.get(actor, ref, for_update=True)
    check(actor, Permission.IDENTITY_WRITE, student.district_id)
    if is_held(student.id):
        raise IdentityHeld
    in_vault(vault, lambda session: _drop(session, student.ref))
    if student.identity_number:
        student.identity_number = 0
        audit.record(actor, "student:identity:removed", "student", student.ref)
    return student


def _add_key(vault: Vault, session: Session, district_id: int) -> None:
    if vault.master is None:
        raise VaultClosed(VaultState.KEY_MISSING)
    for master_print in session.scalars(select(DistrictKey.master_print).distinct()):
        check_master(vault, master_print)  # no second master key beside the first
    if key_row(session, district_id) is None:
        sealed = wrapped(vault.master, new_key(), district_id)
        session.add(DistrictKey(district_id=district_id, wrapped=sealed, master_print=print_of(vault.master)))


def _put(vault: Vault, session: Session, student: Student, identity: Identity) -> None:
    """The next row of a student; all but the one that counts go, so that a second run comes to the same."""
    key = key_of(vault, key_row(session, student.district_id))
    session.execute(
        delete(StoredIdentity).where(
            StoredIdentity.student_ref == student.ref, StoredIdentity.number != student.identity_number
        )
    )
    ref, number, texts = student.ref, student.identity_number + 1, texts_of(identity)
    sealed = {one: sealed_text(key, texts[one], ref=ref, number=number, column=one) for one in COLUMNS}
    session.add(StoredIdentity(student_ref=ref, number=number, district_id=student.district_id, **sealed))


def _drop(session: Session, ref: str) -> None:
    session.execute(delete(StoredIdentity).where(StoredIdentity.student_ref == ref))
