"""Audit lines, written in the same transaction as the change they tell of, and their places in the chain."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, text, true

from referral.actions import history
from referral.actions.once import INSERTS
from referral.models.audit import AuditEvent, AuditPlace, ReadMark, audit_key, event_text
from referral.models.base import db, utc_now
from referral.rules.audit import (
    VERIFIED,
    checked_facts,
    checked_subject,
    checked_tag,
    hour_of,
    reader_of,
)
from referral.rules.audit_chain import NO_HEAD, hash_after, seal_of
from referral.rules.permissions import Actor, Permission, check
from referral.rules.reading import Reading

UNPLACED = "placewell_audit_lines"
LOCK = text(f"SELECT pg_advisory_xact_lock({0x706C6163656A})")  # of the chain's end, on PostgreSQL
MARKS_KEPT = timedelta(days=2)


def record(actor: Actor, tag: str, subject_kind: str, subject_ref: str, **facts: Any) -> None:
    """Add an append-only line to the current transaction; facts are codes and numbers only.

    Raises
    ------
    UnsafeFact : a malformed tag, or a fact with the look of free text.
    """
    door = "command" if actor.is_command else actor.door
    if door is not None:
        facts["door"] = door
    line = AuditEvent(
        at=utc_now(),
        actor_user_id=actor.user_id or None,
        tag=checked_tag(tag),
        subject_kind=checked_subject(subject_kind),
        subject_ref=checked_subject(subject_ref),
        facts=checked_facts(facts),
    )
    db.session.add(line)
    db.session.info.setdefault(UNPLACED, []).append(line)


def close() -> None:
    """Give the lines of this transaction their seals and places in the chain: the last thing before a commit.

    Until here nobody waits for anybody; from here to the commit one at a time holds the end of the chain.
    """
    lines = db.session.info.pop(UNPLACED, None)
    if not lines:
        return
    db.session.flush()
    keys = [line.id for line in lines if line in db.session]  # a savepoint may have taken some back
    if not keys:
        return
    _wait_for_the_end()
    told = db.session.execute(_lines_and_end(db.engine.dialect.name), {"keys": keys}).all()
    key, rows = audit_key(), []
    position, before = told[0].position or NO_HEAD.position, told[0].hash or NO_HEAD.hash
    for line in told:
        position += 1
        seal = seal_of(key, line.text)
        before = hash_after(key, before, position, seal)
        rows.append({"position": position, "event_id": line.id, "seal": seal, "hash": before})
    history.append(AuditPlace, rows)


@cache
def _lines_and_end(dialect_name: str) -> Any:
    """The texts of lines in their order, each with the end of the chain as it is now, in one statement.

    Every write asks it, and putting it together takes longer than asking: so it is made once.
    """
    end = (
        select(AuditPlace.position, AuditPlace.hash).order_by(AuditPlace.position.desc()).limit(1).subquery()
    )
    return (
        select(AuditEvent.id, event_text(dialect_name).label("text"), end.c.position, end.c.hash)
        .outerjoin(end, true())
        .where(AuditEvent.id.in_(bindparam("keys", expanding=True)))
        .order_by(AuditEvent.id)
    )


def _wait_for_the_end() -> None:
    """The end of the chain for this transaction alone; on SQLite it is the only writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(LOCK)


def note_read(actor: Actor, read: Reading, *, now: datetime) -> bool:
    """A line that the actor read something, once in an hour; whether it was the first."""
    mark = {
        "reader": reader_of(actor),
        "tag": read.mark,
        "subject_ref": read.subject_ref,
        "hour": hour_of(now),
    }
    added = INSERTS[db.engine.dialect.name](ReadMark).values(mark).on_conflict_do_nothing()
    if db.session.scalar(added.returning(ReadMark.subject_ref)) is None:
        return False
    record(actor, read.tag, read.subject_kind, read.subject_ref, **read.facts)
    return True


def forget_marks(now: datetime) -> None:
    """Remove the marks of hours that are over; the lines stay."""
    db.session.execute(delete(ReadMark).where(ReadMark.hour < now - MARKS_KEPT))


def note_verified(actor: Actor, *, rows: int, fault: str | None) -> None:
    """That the log was checked, with what came of it."""
    check(actor, Permission.AUDIT_READ)
    record(actor, VERIFIED, "audit", "log", rows=rows, fault=fault)
