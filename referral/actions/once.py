"""Rows that are found by their content: added by whoever needs them first."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from referral.models.base import Base, db

INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def add_once(table: type[Base], **values: object) -> None:
    """Add a row unless it is there; two who add it at the same moment keep it once."""
    insert = INSERTS[db.engine.dialect.name]
    db.session.execute(insert(table).values(values).on_conflict_do_nothing())


def added_once(table: type[Any], **values: object) -> int | None:
    """The key of a row added now; None where it was there."""
    insert = INSERTS[db.engine.dialect.name]
    statement = insert(table).values(values).on_conflict_do_nothing().returning(table.id)
    key: int | None = db.session.scalar(statement)
    return key
