"""Searched and paged lists, the same on every page that has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from referral.models.base import db

Row = TypeVar("Row")
PAGE_ROWS = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list: which place the first has (from 0), and how many rows there are in all."""

    rows: Sequence[Row]
    first: int
    limit: int
    total: int

    @property
    def last(self) -> int:
        """How many rows there are up to the end of this page."""
        return self.first + len(self.rows)

    @property
    def previous(self) -> int | None:
        """Where the page before begins; None on the first."""
        return max(0, self.first - self.limit) if self.first else None

    @property
    def following(self) -> int | None:
        """Where the page after begins; None on the last."""
        return self.last if self.last < self.total else None


def page_of(statement: Select[Row], *, first: int, limit: int = PAGE_ROWS) -> Page[Row]:
    """One page of the rows of a statement, with two SQL statements."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    first = max(0, min(first, total - 1)) if total else 0
    rows = db.session.scalars(statement.offset(first).limit(limit)).all()
    return Page(rows=rows, first=first, limit=limit, total=total)


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a text column contains the text, whatever the case; % and _ stand for themselves."""
    wanted = text.replace("\0", "").strip().lower()
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found: ColumnElement[bool] = func.lower(column).like(f"%{escaped}%", escape="\\")
    return found
