"""Rows of history: added as they are, since nobody holds or changes one afterwards."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, insert

from referral.models.base import Base, db


def append(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table that only grows; at once, and without the session's bookkeeping of objects."""
    if rows:
        db.session.execute(_into(table), rows[0] if len(rows) == 1 else rows)


@cache
def _into(table: type[Base]) -> Insert:
    return insert(table.__table__)
