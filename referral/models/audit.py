"""The audit log: append-only rows of codes and numbers, never content. Triggers refuse change and removal."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Engine,
    ForeignKey,
    Index,
    String,
    Text,
    cast,
    func,
    type_coerce,
)
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, db, utc_now

KEY = "placewell_audit_key"


class AuditEvent(Base):
    """One thing that happened: when, by whom (none: the command), what, to what, with which facts."""

    __tablename__ = "audit_events"
    __table_args__ = (
        CheckConstraint("tag LIKE '%:%:%'", name="tag_three_parts"),
        Index("ix_audit_events_subject", "subject_kind", "subject_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    tag: Mapped[str]
    subject_kind: Mapped[str]
    subject_ref: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class AuditPlace(Base):
    """The place of a line in the chain: its seal, and the hash that binds it to the place before."""

    __tablename__ = "audit_chain"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position_positive"),
        CheckConstraint("length(seal) = 64", name="seal_length"),
        CheckConstraint("length(hash) = 64", name="hash_length"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_events.id"), unique=True)
    seal: Mapped[str]
    hash: Mapped[str]


class ReadMark(Base):
    """That somebody read something in an hour was logged: a second read in the same hour is not again."""

    __tablename__ = "read_marks"

    reader: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    subject_ref: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True, index=True)


def keep_key(engine: Engine, key: bytes) -> None:
    """Give an engine the key of the seals; no column and no file holds it."""
    engine.update_execution_options(**{KEY: key})


def audit_key() -> bytes:
    """The key of the seals of the database in use."""
    key: bytes = db.engine.get_execution_options()[KEY]
    return key


def event_text(dialect_name: str) -> ColumnElement[str]:
    """The text of an event that its seal is made of, as the database puts it together; the same on both.

    No field holds a line break, so the fields stand in lines.
    """
    if dialect_name == "sqlite":
        moment: ColumnElement[str] = type_coerce(AuditEvent.at, String)
        facts: ColumnElement[str] = type_coerce(AuditEvent.facts, String)
    else:
        moment = func.to_char(func.timezone("UTC", AuditEvent.at), "YYYY-MM-DD HH24:MI:SS.US")
        facts = cast(AuditEvent.facts, Text)
    who = func.coalesce(cast(AuditEvent.actor_user_id, String), "")
    lines = (moment, who, AuditEvent.tag, AuditEvent.subject_kind, AuditEvent.subject_ref, facts)
    text: ColumnElement[str] = cast(AuditEvent.id, String)
    for line in lines:
        text = text.op("||")("\n").op("||")(line)
    return text
