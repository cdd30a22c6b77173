"""Rooms with their seats, expected openings, and the append-only reports and moves of seats."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.rules.seats import MoveKind, ReportKind

SEATS_HOLD = {
    "seats_both_or_none": "(licensed IS NULL) = (enrolled IS NULL)",
    "licensed_range": "licensed BETWEEN 0 AND 500",
    "enrolled_not_negative": "enrolled >= 0",
    "held_not_negative": "held >= 0 AND (held = 0 OR licensed IS NOT NULL)",
    "seats_within_license": "enrolled + held <= licensed",
}


class Room(Base):
    """A classroom band of a program with its seats; empty seats are not known. A retired room is history."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("program_id", "key"),
        CheckConstraint("key = lower(key) AND length(key) > 0", name="key_lower"),
        CheckConstraint("age_min BETWEEN 0 AND age_max AND age_max <= 30", name="ages_rise"),
        CheckConstraint("(age_min IS NULL) = (age_max IS NULL)", name="ages_both_or_none"),
        CheckConstraint("ratio_students >= 1 AND ratio_adults >= 1", name="ratio_positive"),
        CheckConstraint("(ratio_students IS NULL) = (ratio_adults IS NULL)", name="ratio_both_or_none"),
        *[CheckConstraint(text, name=name) for name, text in SEATS_HOLD.items()],
        CheckConstraint("youngest_months BETWEEN 24 AND 300", name="youngest_range"),
        CheckConstraint("oldest_months BETWEEN 24 AND 300", name="oldest_range"),
        CheckConstraint("youngest_months <= oldest_months", name="ages_in_room_rise"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("group_students BETWEEN 0 AND 500", name="group_students_range"),
        CheckConstraint("special_educators BETWEEN 0 AND 50", name="special_educators_range"),
        CheckConstraint("aides BETWEEN 0 AND 50", name="aides_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    key: Mapped[str]
    name: Mapped[str | None]
    site: Mapped[str | None]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    grades: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    ratio_students: Mapped[int | None]
    ratio_adults: Mapped[int | None]
    group_students: Mapped[int | None]
    special_educators: Mapped[int | None]
    aides: Mapped[int | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    licensed: Mapped[int | None]
    enrolled: Mapped[int | None]
    held: Mapped[int] = mapped_column(default=0)
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    youngest_months: Mapped[int | None]
    oldest_months: Mapped[int | None]
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    openings: Mapped[list["Opening"]] = relationship(
        back_populates="room", cascade="all, delete-orphan", order_by="Opening.opens_on"
    )


class Opening(Base):
    """Seats of a room expected to open from a day on."""

    __tablename__ = "openings"
    __table_args__ = (
        UniqueConstraint("room_id", "opens_on"),
        CheckConstraint("seats BETWEEN 1 AND 500", name="seats_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    opens_on: Mapped[date]
    seats: Mapped[int]

    room: Mapped[Room] = relationship(back_populates="openings")


class SeatReport(Base):
    """What was known of a room's seats after each report; never changed or removed (triggers)."""

    __tablename__ = "seat_reports"
    __table_args__ = (
        CheckConstraint(one_of("kind", ReportKind), name="kind_known"),
        *[CheckConstraint(text, name=name) for name, text in SEATS_HOLD.items()],
        Index("ix_seat_reports_room_id_at", "room_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    licensed: Mapped[int | None]
    enrolled: Mapped[int | None]
    held: Mapped[int] = mapped_column(default=0)
    youngest_months: Mapped[int | None]
    oldest_months: Mapped[int | None]
    openings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    confirmed_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)


class SeatMove(Base):
    """One change of a room's numbers, as it was made; never changed or removed (triggers).

    The sum of a room's moves is the room: `placewell seats verify` proves it.
    """

    __tablename__ = "seat_moves"
    __table_args__ = (
        CheckConstraint(one_of("kind", MoveKind), name="kind_known"),
        CheckConstraint(
            "licensed_change <> 0 OR enrolled_change <> 0 OR held_change <> 0", name="changes_something"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    licensed_change: Mapped[int] = mapped_column(default=0)
    enrolled_change: Mapped[int] = mapped_column(default=0)
    held_change: Mapped[int] = mapped_column(default=0)
