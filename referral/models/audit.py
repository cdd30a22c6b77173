"""The audit log: append-only rows of codes and numbers, never content. Triggers refuse change and removal."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, utc_now


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
