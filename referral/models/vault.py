"""The identity vault: a database of its own that knows the core's codes; the core does not know it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, MetaData
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from referral.models.base import NAMES, UtcDateTime
from referral.rules.identities import VaultClosed, VaultState

BIND = "vault"
UNREACHABLE = (OperationalError, ProgrammingError, InterfaceError)


class VaultBase(DeclarativeBase):
    """The base of the vault's tables: metadata of its own, so no key leads from one store to the other."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES, info={"bind_key": BIND}),
        type_annotation_map={datetime: UtcDateTime()},
    )


@dataclass(frozen=True)
class Vault:
    """The vault of this installation (no engine: there is none) and the key it is opened with, if given."""

    engine: Engine | None = None
    master: bytes | None = field(default=None, repr=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session of the vault, closed afterwards.

        Raises
        ------
        VaultClosed : there is no vault, or its database does not answer as expected.
        """
        if self.engine is None:
            raise VaultClosed(VaultState.OFF)
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                yield session
        except UNREACHABLE as failure:
            raise VaultClosed(VaultState.NOT_READY) from failure
