"""Reads of documents: a district's own, and a program's while the packet is before it under a live record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.documents import Document
from referral.models.referrals import Referral
from referral.queries import referrals
from referral.queries.rankings import named
from referral.queries.referrals import Standing
from referral.rules.documents import program_may_read
from referral.rules.permissions import Actor
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.referrals import Party, State


@dataclass(frozen=True)
class Found:
    """A document with its referral, as the actor stands to it."""

    row: Document
    standing: Standing


def get(actor: Actor, ref: str, *, now: datetime) -> Found:
    """A document that the actor may read now.

    Raises
    ------
    RecordNotFound : there is none, it was removed, or nothing allows the actor to read it today.
    """
    wanted = select(Document, Referral.ref).join(Document.referral)
    one = wanted.where(
        Document.ref == read_reference(ref, ReferenceKind.DOCUMENT), Document.removed_at.is_(None)
    )
    found = db.session.execute(one).first()
    if found is None:
        raise RecordNotFound(kind="document")
    standing = referrals.get(actor, found.ref)
    if not may_read(standing, now):
        raise RecordNotFound(kind="document")
    return Found(found.Document, standing)


def may_read(standing: Standing, now: datetime) -> bool:
    """Whether the actor may read a referral's documents now: the district always, the program by the gate."""
    if standing.is_district:
        return True
    today = standing.today(Party.STAFF, now)
    live = referrals.live_disclosure(standing.row, today) is not None
    return program_may_read(State(standing.row.state), has_disclosure=live)


def of_referral(standing: Standing, now: datetime) -> Sequence[Document]:
    """The documents of a referral that the actor may read now, in the order they were added."""
    if not may_read(standing, now):
        return []
    return db.session.scalars(
        select(Document)
        .where(Document.referral_id == standing.row.id, Document.removed_at.is_(None))
        .options(named(Document.added_by))
        .order_by(Document.number)
    ).all()


def count(referral: Referral) -> int:
    """How many documents a referral has."""
    counted = select(func.count()).where(Document.referral_id == referral.id, Document.removed_at.is_(None))
    return db.session.scalar(counted) or 0


def stored_names() -> set[str]:
    """The names of all files that a row points to."""
    named_files = select(Document.stored_name).where(Document.stored_name.is_not(None))
    return {name for name in db.session.scalars(named_files) if name}
