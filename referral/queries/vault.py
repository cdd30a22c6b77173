"""Opening the identity vault: whether it can be read for a district now, and with which key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.config import Settings, vault_secret
from referral.models.base import db
from referral.models.identities import DistrictKey, StoredIdentity
from referral.models.vault import BIND, Vault
from referral.rules.ciphers import NotOpened
from referral.rules.identities import VaultClosed, VaultState
from referral.rules.identity_seals import is_secret, master_key, print_of, unwrapped
from referral.rules.permissions import Actor, Permission, check


def vault_of(settings: Settings) -> Vault:
    """The vault of the running app; without an engine where there is none."""
    secret = vault_secret(settings)
    return Vault(db.engines.get(BIND), master_key(secret) if is_secret(secret) else None)


@dataclass(frozen=True)
class Overview:
    """Whether the vault opens, and how much it holds."""

    state: VaultState
    districts: int = 0
    identities: int = 0


def overview(actor: Actor, vault: Vault) -> Overview:
    """How the vault is, for those who run it; no name is opened."""
    check(actor, Permission.VAULT_RUN)
    try:
        with vault.reading() as session:
            found = session.scalars(select(DistrictKey.district_id)).all()
            identities = session.scalar(select(func.count(StoredIdentity.student_ref.distinct()))) or 0
            return Overview(keys_of(vault, session, found)[1], len(found), identities)
    except VaultClosed as closed:
        return Overview(closed.state)


def state_of(vault: Vault, district_id: int) -> VaultState:
    """Whether the names of a district can be read now, and if not, why."""
    try:
        with vault.reading() as session:
            key_of(vault, session.get(DistrictKey, district_id))
    except VaultClosed as closed:
        return closed.state
    return VaultState.OPEN


def key_of(vault: Vault, row: DistrictKey | None) -> bytes:
    """The data key of a district.

    Raises
    ------
    VaultClosed : the district keeps no names here, or the master key is missing or another one.
    """
    if row is None:
        raise VaultClosed(VaultState.NOT_KEPT)
    check_master(vault, row.master_print)
    try:
        return unwrapped(vault.master or b"", bytes(row.wrapped), row.district_id)
    except NotOpened as failure:
        raise VaultClosed(VaultState.DAMAGED) from failure


def check_master(vault: Vault, master_print: str) -> None:
    """Refuse a master key that is missing, or not the one with this fingerprint."""
    if vault.master is None:
        raise VaultClosed(VaultState.KEY_MISSING)
    if print_of(vault.master) != master_print:
        raise VaultClosed(VaultState.KEY_WRONG)


def keys_of(
    vault: Vault, session: Session, district_ids: Iterable[int]
) -> tuple[Mapping[int, bytes], VaultState]:
    """The data keys of districts, and one state for all: open, or what keeps one of them shut."""
    keys, states = {}, set()
    rows = session.scalars(select(DistrictKey).where(DistrictKey.district_id.in_(district_ids))).all()
    for row in rows:
        try:
            keys[row.district_id] = key_of(vault, row)
        except VaultClosed as closed:
            states.add(closed.state)
    if states:
        return keys, min(states, key=lambda state: state.value)
    return keys, VaultState.OPEN if keys else VaultState.NOT_KEPT
