"""The one place that writes to the identity vault: in a transaction of its own, before the core's."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.actions.transactions import begin_writing
from referral.models.identities import DistrictKey
from referral.models.vault import Vault

T = TypeVar("T")


def in_vault(vault: Vault, work: Callable[[Session], T]) -> T:
    """What `work` returns, after what it changed in the vault is committed; on any error nothing is.

    It may run again when the core's transaction does, so it must come to the same when run twice.

    Raises
    ------
    VaultClosed : there is no vault, or its database does not answer.
    """
    with vault.reading() as session:
        begin_writing(session)
        result = work(session)
        session.commit()
    return result


def key_row(session: Session, district_id: int) -> DistrictKey | None:
    """The key row of a district, kept from changing until the transaction ends."""
    return session.scalar(select(DistrictKey).where(DistrictKey.district_id == district_id).with_for_update())
