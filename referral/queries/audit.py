"""Reads of the audit log: its lines, its chain, and when it was last checked."""

from collections.abc import Iterator

from sqlalchemy import func, select

from referral.models.audit import AuditEvent, AuditPlace, audit_key, event_text
from referral.models.base import db
from referral.rules.audit_chain import (
    NO_HEAD,
    Break,
    ChainFault,
    Head,
    Place,
    Walked,
    beside_head,
    walk,
)
from referral.rules.permissions import Actor, Permission, check

BATCH = 5000


def head() -> Head:
    """The end of the chain as it is now."""
    last = select(AuditPlace.position, AuditPlace.hash).order_by(AuditPlace.position.desc()).limit(1)
    row = db.session.execute(last).first()
    return Head(row.position, row.hash) if row else NO_HEAD


def verified(actor: Actor, *, since: int = 1, kept: Head | None = None) -> Walked:
    """The chain walked from a position to its end; beside a head that was kept elsewhere if one is given.

    From a later position than the first, the place before it is believed.
    """
    check(actor, Permission.AUDIT_READ)
    if kept is not None:
        since = min(since, kept.position + 1)  # its place is walked over, or it could not be compared
    after = _head_at(since - 1)
    walked = walk(audit_key(), _places(after.position), after=after, keep=kept.position if kept else 0)
    if walked.broken is None:
        walked = _beside_strays(walked)
    return walked if kept is None else beside_head(walked, kept)


def head_of(actor: Actor) -> Head:
    """The end of the chain, to be kept elsewhere."""
    check(actor, Permission.AUDIT_READ)
    return head()


def _head_at(position: int) -> Head:
    """The place at a position, or the last one before it."""
    if position < 1:
        return NO_HEAD
    found = select(AuditPlace.position, AuditPlace.hash).where(AuditPlace.position <= position)
    row = db.session.execute(found.order_by(AuditPlace.position.desc()).limit(1)).first()
    return Head(row.position, row.hash) if row else NO_HEAD


def _places(after: int) -> Iterator[Place]:
    statement = (
        select(
            AuditPlace.position,
            AuditPlace.event_id,
            AuditPlace.seal,
            AuditPlace.hash,
            event_text(db.engine.dialect.name),
        )
        .outerjoin(AuditEvent, AuditEvent.id == AuditPlace.event_id)
        .where(AuditPlace.position > after)
        .order_by(AuditPlace.position)
    )
    for batch in db.session.execute(statement.execution_options(yield_per=BATCH)).partitions():
        yield from batch


def _beside_strays(walked: Walked) -> Walked:
    """The same, broken at the first line that has no place in the chain."""
    chained = select(AuditPlace.event_id).where(AuditPlace.event_id == AuditEvent.id)
    stray = db.session.scalar(select(func.min(AuditEvent.id)).where(~chained.exists()))
    if stray is None:
        return walked
    broken = Break(walked.head.position + 1, stray, ChainFault.NOT_CHAINED)
    return Walked(walked.head, walked.rows, broken, walked.kept)
