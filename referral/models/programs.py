"""Programs, their sites and prices, what is published of their agencies, and the stamp of the directory."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matching.vocabulary import PriceItem, ProgramStatus, ProgramType, Setting
from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.models.seats import Room
from referral.rules.prices import Audience


class Agency(Base):
    """What is published of an agency beside its organization: its note, count of members and sources."""

    __tablename__ = "agencies"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Program(Base):
    """A program: its record as `facts` without sites, rooms and prices, and what is constrained beside it.

    `updated_by` is empty while the facts are those of a file; staff who edit a program take it over.
    """

    __tablename__ = "programs"
    __table_args__ = (
        CheckConstraint("slug = lower(slug) AND length(slug) > 0", name="slug_lower"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint(one_of("status", ProgramStatus), name="status_known"),
        CheckConstraint(one_of("program_type", ProgramType), name="program_type_known"),
        CheckConstraint(one_of("setting", Setting), name="setting_known"),
        CheckConstraint("age_min BETWEEN 0 AND age_max AND age_max <= 30", name="ages_rise"),
        CheckConstraint("(age_min IS NULL) = (age_max IS NULL)", name="ages_both_or_none"),
        CheckConstraint("version >= 1", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default=ProgramStatus.LISTED.value)
    program_type: Mapped[str | None]
    setting: Mapped[str | None]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    organisation: Mapped[Organisation] = relationship()
    sites: Mapped[list["Site"]] = relationship(
        back_populates="program", cascade="all, delete-orphan", order_by="Site.position"
    )
    prices: Mapped[list["Price"]] = relationship(
        back_populates="program", cascade="all, delete-orphan", order_by="Price.id"
    )
    rooms: Mapped[list[Room]] = relationship(order_by="Room.id")


class Site(Base):
    """A place where a program has rooms; the point is the centroid of its ZIP or town."""

    __tablename__ = "sites"
    __table_args__ = (
        UniqueConstraint("program_id", "position"),
        UniqueConstraint("program_id", "key"),
        CheckConstraint("position >= 1", name="position_positive"),
        CheckConstraint("zip IS NULL OR length(zip) = 5", name="zip_length"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_both_or_none"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    position: Mapped[int]
    key: Mapped[str | None]
    town: Mapped[str | None]
    zip: Mapped[str | None]
    place: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    program: Mapped[Program] = relationship(back_populates="sites")


class Price(Base):
    """A yearly price from a day to a day, for members, for others, or for all."""

    __tablename__ = "prices"
    __table_args__ = (
        UniqueConstraint("program_id", "item", "audience", "is_example", "valid_from"),
        CheckConstraint(one_of("item", PriceItem), name="item_known"),
        CheckConstraint(one_of("audience", Audience), name="audience_known"),
        CheckConstraint("usd_per_year BETWEEN 0 AND 2000000", name="amount_range"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        CheckConstraint("source_year BETWEEN 1990 AND 2100", name="source_year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    item: Mapped[str]
    audience: Mapped[str]
    usd_per_year: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    source_address: Mapped[str | None]
    source_year: Mapped[int | None]

    program: Mapped[Program] = relationship(back_populates="prices")


class DirectoryStamp(Base):
    """One row, a new random mark with every change of what the directory shows; readers cache by it."""

    __tablename__ = "directory_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str]
