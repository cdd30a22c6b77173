"""Coded students, versions of their need profiles, and drafts of the intake; no column holds an identity."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.models.users import User
from referral.rules.drafts import Origin


class Student(Base):
    """A student of a district, known here by a random code only.

    `identity_number` says which entry of the identity vault counts, 0 for none; it leads to no one.
    """

    __tablename__ = "students"
    __table_args__ = (
        CheckConstraint("ref LIKE 'S-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("latest_number >= 1", name="latest_number_positive"),
        CheckConstraint("identity_number >= 0", name="identity_number_range"),
        Index("ix_students_district_id_archived", "district_id", "archived"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    latest_number: Mapped[int] = mapped_column(default=1)
    archived: Mapped[bool] = mapped_column(default=False)
    identity_number: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    district: Mapped[Organisation] = relationship()


class ProfileVersion(Base):
    """One version of a student's need profile. Versions are added and never changed; a purge removes them."""

    __tablename__ = "profile_versions"
    __table_args__ = (
        UniqueConstraint("student_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(one_of("origin", Origin), name="origin_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[str]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    student: Mapped[Student] = relationship()
    created_by: Mapped[User | None] = relationship()


class Draft(Base):
    """An intake under way: answers that are read, text that cannot be read yet, and who wrote which step.

    Once finished it is emptied and only says which version came of it, so a second finish makes nothing new.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("ref LIKE 'D-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint(one_of("origin", Origin), name="origin_known"),
        CheckConstraint(
            "(origin = 'revision' AND student_id IS NOT NULL) OR origin <> 'revision'", name="revision_of_one"
        ),
        Index("ix_drafts_district_id_finished_at", "district_id", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    origin: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    refused: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_steps: Mapped[list[str]] = mapped_column(JSON, default=list)
    writes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None]

    district: Mapped[Organisation] = relationship()
    author: Mapped[User | None] = relationship()
    student: Mapped[Student | None] = relationship()
