"""What organizations set for themselves, their own days off, and words they found fine in notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, one_of, utc_now
from referral.rules.areas import (
    DEFAULT_K,
    FIRST_COUNT,
    LAST_COUNT,
    LEAST_K,
    MOST_CHILDREN,
    MOST_K,
    NAME_LENGTH_MAX,
    SOURCE_LENGTH_MAX,
)
from referral.rules.note_review import LEARNED_LONGEST, LEARNED_SHORTEST
from referral.rules.settings import LIVE_REFERRALS_LIMIT, LIVE_REFERRALS_MAX, Approval


class OrganisationSettings(Base):
    """One organization's settings; without a row the defaults hold."""

    __tablename__ = "organisation_settings"
    __table_args__ = (
        CheckConstraint(one_of("approval", Approval), name="approval_known"),
        CheckConstraint(
            f"live_referrals_max BETWEEN 1 AND {LIVE_REFERRALS_LIMIT}", name="live_referrals_range"
        ),
        CheckConstraint(f"meter_k BETWEEN {LEAST_K} AND {MOST_K}", name="meter_k_range"),
        CheckConstraint(f"length(region) BETWEEN 1 AND {NAME_LENGTH_MAX}", name="region_length"),
        CheckConstraint(f"region_children BETWEEN 1 AND {MOST_CHILDREN}", name="region_children_range"),
        CheckConstraint(f"district_children BETWEEN 1 AND {MOST_CHILDREN}", name="district_children_range"),
        CheckConstraint(f"counted_year BETWEEN {FIRST_COUNT} AND {LAST_COUNT}", name="counted_year_range"),
        CheckConstraint(
            f"length(count_source) BETWEEN 1 AND {SOURCE_LENGTH_MAX}", name="count_source_length"
        ),
        CheckConstraint("version >= 1", name="version_positive"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    zone: Mapped[str]
    clock_days: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    approval: Mapped[str] = mapped_column(default=Approval.ON.value)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    live_referrals_max: Mapped[int] = mapped_column(default=LIVE_REFERRALS_MAX)
    region: Mapped[str | None]
    region_children: Mapped[int | None]
    district_children: Mapped[int | None]
    counted_year: Mapped[int | None]
    count_source: Mapped[str | None]
    meter_k: Mapped[int] = mapped_column(default=DEFAULT_K, server_default=str(DEFAULT_K))
    free_text: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class DayOff(Base):
    """A day on which an organization is closed beside weekends and holidays."""

    __tablename__ = "days_off"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class NoteWord(Base):
    """One word of a district's own glossary, in small letters."""

    __tablename__ = "note_words"
    __table_args__ = (
        CheckConstraint(f"length(word) BETWEEN {LEARNED_SHORTEST} AND {LEARNED_LONGEST}", name="word_length"),
        CheckConstraint("word = lower(word)", name="word_small"),
    )

    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)
