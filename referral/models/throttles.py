"""Failures that slow those who cause them; accounts and addresses stand there as keyed hashes only."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, one_of
from referral.rules.throttles import Throttle


class ThrottledSubject(Base):
    """An account, an address or the two together: its failures in a row, and when it may try again."""

    __tablename__ = "throttled_subjects"
    __table_args__ = (
        CheckConstraint(one_of("throttle", Throttle), name="throttle_known"),
        CheckConstraint("length(subject) = 64", name="subject_hash"),
        CheckConstraint("failures >= 0", name="failures_counted"),
    )

    throttle: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(index=True)
    free_at: Mapped[datetime]
    known_until: Mapped[datetime | None]
