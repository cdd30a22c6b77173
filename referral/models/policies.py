"""Versions of districts' policies and what was decided of them; rows of both are added and never changed.

The policy of the installation is packaged with the library and has no row: a version is based on it, or on
an earlier version of the same district.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.models.users import User
from referral.rules.policies import REASON_LENGTH_MAX, Decision
from referral.rules.references import ReferenceKind, make_reference


def _new_ref() -> str:
    return make_reference(ReferenceKind.POLICY)


class PolicyVersion(Base):
    """One version of a district's policy as it was proposed: the numbers it changes, each with its reason."""

    __tablename__ = "policy_versions"
    __table_args__ = (
        UniqueConstraint("district_id", "number"),
        UniqueConstraint("district_id", "version"),
        UniqueConstraint("id", "district_id"),  # what a later version of the same district refers to
        ForeignKeyConstraint(
            ["based_on_id", "district_id"], ["policy_versions.id", "policy_versions.district_id"]
        ),
        CheckConstraint("ref LIKE 'P-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("length(version) > 0", name="version_given"),
        CheckConstraint("based_on_id IS NULL OR based_on_id <> id", name="based_on_another"),
        CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH_MAX}", name="reason_length"),
        Index("ix_policy_versions_based_on_id", "based_on_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=_new_ref)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    version: Mapped[str]
    base_version: Mapped[str]
    based_on_id: Mapped[int | None]
    author: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=utc_now)
    proposed_on: Mapped[date]
    wished_from: Mapped[date]
    reason: Mapped[str]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)

    district: Mapped[Organisation] = relationship()
    decision: Mapped["PolicyDecision | None"] = relationship(back_populates="policy")


class PolicyDecision(Base):
    """What was decided of a proposal, once: approved from a day on, or withdrawn."""

    __tablename__ = "policy_decisions"
    __table_args__ = (
        CheckConstraint(one_of("decision", Decision), name="decision_known"),
        CheckConstraint("(decision = 'approved') = (in_force_from IS NOT NULL)", name="approved_from_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy_versions.id"), unique=True)
    decision: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(default=utc_now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_by: Mapped[str]
    in_force_from: Mapped[date | None]

    policy: Mapped[PolicyVersion] = relationship(back_populates="decision")
    decider: Mapped[User | None] = relationship()
