"""Upkeep of the identity vault by the command: keys changed, stores that fell apart mended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral.actions import audit
from referral.actions.vault_writes import in_vault
from referral.models.base import db, utc_now
from referral.models.identities import DistrictKey, StoredIdentity
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries.vault import key_of
from referral.rules.ciphers import new_key
from referral.rules.identities import KeptRow, SweepPlan, sweep_plan
from referral.rules.identity_seals import COLUMNS, opened_text, print_of, sealed_text, wrapped
from referral.rules.permissions import Actor, Permission, check


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: keys sealed anew, and identities with them where the data keys changed too."""

    keys: int
    identities: int


def rotate(actor: Actor, vault: Vault, new_master: bytes, *, full: bool = False) -> Rotated:
    """Seal every data key by another master key, reading no identity; or, in full, change the data keys too.

    All or nothing, in one transaction of the vault. A key that the new master key seals already is left.

    Raises
    ------
    NotPermitted
    VaultClosed : there is no vault, or the master key at hand does not open every data key.
    """
    check(actor, Permission.VAULT_RUN)
    done = in_vault(vault, lambda session: _rotate(vault, session, new_master, full=full))
    audit.record(
        actor,
        "vault:keys:rotated",
        "vault",
        print_of(new_master),
        keys=done.keys,
        identities=done.identities,
    )
    return done


def planned_sweep(actor: Actor, vault: Vault) -> SweepPlan:
    """What a sweep would do now.

    Raises
    ------
    NotPermitted, VaultClosed
    """
    check(actor, Permission.VAULT_RUN)
    numbers = db.session.execute(select(Student.ref, Student.identity_number))
    counting = {row.ref: row.identity_number for row in numbers}
    with vault.reading() as session:
        return sweep_plan(counting, _kept(session))


def sweep(actor: Actor, vault: Vault) -> SweepPlan:
    """What was mended: the vault's rows that count for nobody removed, the core's numbers without a row set.

    Only what is still torn once the student's row is locked is touched, so a save under way is left alone.

    Raises
    ------
    NotPermitted, VaultClosed
    """
    refs = planned_sweep(actor, vault).refs
    if not refs:
        return SweepPlan((), {})
    locked = select(Student).where(Student.ref.in_(refs)).with_for_update()
    rows = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    counting = {row.ref: row.identity_number for row in rows}
    plan = in_vault(vault, lambda session: _sweep(session, counting, refs))
    for row in rows:
        row.identity_number = plan.numbers.get(row.ref, row.identity_number)
    if plan.refs:
        audit.record(
            actor,
            "vault:rows:swept",
            "vault",
            "identities",
            removed=len(plan.orphans),
            mended=sorted(plan.numbers),
        )
    return plan


def _rotate(vault: Vault, session: Session, new_master: bytes, *, full: bool) -> Rotated:
    keys = identities = 0
    newer = replace(vault, master=new_master)
    for row in session.scalars(select(DistrictKey).with_for_update()).all():
        is_new = row.master_print == print_of(new_master)
        old_key = key_of(newer if is_new else vault, row)
        data_key = new_key() if full else old_key
        if is_new and not full:
            continue
        row.wrapped = wrapped(new_master, data_key, row.district_id)
        row.master_print, row.wrapped_at = print_of(new_master), utc_now()
        keys += 1
        if full:
            identities += _seal_again(session, row.district_id, old_key, data_key)
    return Rotated(keys, identities)


def _seal_again(session: Session, district_id: int, old_key: bytes, data_key: bytes) -> int:
    rows = session.scalars(select(StoredIdentity).where(StoredIdentity.district_id == district_id)).all()
    for row in rows:
        for column in COLUMNS:
            ref, number = row.student_ref, row.number
            text = opened_text(old_key, getattr(row, column), ref=ref, number=number, column=column)
            setattr(row, column, sealed_text(data_key, text, ref=ref, number=number, column=column))
    return len(rows)


def _kept(session: Session, refs: Iterable[str] | None = None) -> list[KeptRow]:
    statement = select(StoredIdentity.student_ref, StoredIdentity.number)
    if refs is not None:
        statement = statement.where(StoredIdentity.student_ref.in_(refs))
    return [KeptRow(row.student_ref, row.number) for row in session.execute(statement)]


def _sweep(session: Session, counting: dict[str, int], refs: Iterable[str]) -> SweepPlan:
    plan = sweep_plan(counting, _kept(session, refs))
    for row in plan.orphans:
        session.execute(
            delete(StoredIdentity).where(
                StoredIdentity.student_ref == row.ref, StoredIdentity.number == row.number
            )
        )
    return plan
