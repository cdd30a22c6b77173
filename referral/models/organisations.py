"""Districts, collaboratives, cooperatives and agencies, and which district is a member of what and when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.rules.organisations import OrganisationKind, OrganisationStatus


class Organisation(Base):
    """An organization, with where the facts about it come from."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(one_of("kind", OrganisationKind), name="kind_known"),
        CheckConstraint(one_of("status", OrganisationStatus), name="status_known"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("slug = lower(slug) AND length(slug) > 0", name="slug_lower"),
        CheckConstraint(
            "state IS NULL OR (length(state) = 2 AND state = upper(state))", name="state_letters"
        ),
        CheckConstraint("source_year BETWEEN 1975 AND 2100", name="source_year_range"),
        CheckConstraint(
            "NOT member_list_complete OR kind IN ('collaborative', 'cooperative')", name="members_have_place"
        ),
        CheckConstraint("version >= 1", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(default=OrganisationStatus.ACTIVE.value)
    state: Mapped[str | None]
    town: Mapped[str | None]
    source_address: Mapped[str | None]
    source_year: Mapped[int | None]
    member_list_complete: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    __mapper_args__ = {"version_id_col": version}


class Membership(Base):
    """A district's membership of a collaborative, from its first day to its last (none while it lasts)."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("district_id", "collaborative_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        CheckConstraint("district_id <> collaborative_id", name="not_own_member"),
        Index(
            "uq_memberships_open",
            "district_id",
            "collaborative_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    collaborative_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source_address: Mapped[str | None]

    district: Mapped[Organisation] = relationship(foreign_keys=district_id)
    collaborative: Mapped[Organisation] = relationship(foreign_keys=collaborative_id)
