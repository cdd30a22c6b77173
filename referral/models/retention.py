"""Legal holds, what was purged by which rule, and the certificates of purges; references and codes only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.students import Student
from referral.models.users import User
from referral.rules.retention import HoldReason, PurgedKind, RuleName

STANDING = text("lifted_at IS NULL")


class LegalHold(Base):
    """Nothing of this student is purged while it stands; lifted, it stays on record."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint(one_of("reason", HoldReason), name="reason_known"),
        CheckConstraint("lifted_by_id IS NULL OR lifted_at IS NOT NULL", name="lifted_when"),
        Index(
            "uq_legal_holds_standing",
            "student_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    reason: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(default=utc_now)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    student: Mapped[Student] = relationship()
    set_by: Mapped[User | None] = relationship(foreign_keys=set_by_id)


class RetentionCertificate(Base):
    """One purge: as of which day, by which schedule, how much, and the digest of the list of it."""

    __tablename__ = "retention_certificates"
    __table_args__ = (
        CheckConstraint("ref LIKE 'X-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("length(digest) = 64", name="digest_sha256"),
        CheckConstraint("purged >= 1", name="purged_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    as_of: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    schedule: Mapped[str]
    purged: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]


class PurgedRecord(Base):
    """What is left of something purged: its reference, and the rule that ended it."""

    __tablename__ = "purged_records"
    __table_args__ = (
        UniqueConstraint("certificate_id", "ref", "rule"),
        CheckConstraint(one_of("kind", PurgedKind), name="kind_known"),
        CheckConstraint(one_of("rule", RuleName), name="rule_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("retention_certificates.id"), index=True)
    kind: Mapped[str]
    ref: Mapped[str]
    rule: Mapped[str]
