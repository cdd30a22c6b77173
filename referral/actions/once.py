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
