"""Rankings as they were shown, the directory they were made from, and what directors did with them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.students import ProfileVersion, Student
from referral.models.users import User
from referral.rules.rankings import NOTE_LENGTH_MAX, OVERRIDE_NOTE_LENGTH_MAX, OverrideReason


class DirectorySnapshot(Base):
    """The directory's records as they were, once for all rankings made from them."""

    __tablename__ = "directory_snapshots"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_sha256"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Ranking(Base):
    """One ranking kept as shown: everything that went into it and what came out."""

    __tablename__ = "rankings"
    __table_args__ = (
        CheckConstraint("ref LIKE 'R-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("eligible >= 0 AND to_confirm >= 0 AND ruled_out >= 0", name="counts_positive"),
        Index("ix_rankings_student_id_made_at", "student_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    profile_version_id: Mapped[int] = mapped_column(ForeignKey("profile_versions.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    today: Mapped[date]
    seed: Mapped[str]
    engine_version: Mapped[str]
    policy_version: Mapped[str]
    policy: Mapped[str]
    snapshot_digest: Mapped[str] = mapped_column(ForeignKey("directory_snapshots.digest"), index=True)
    draws_digest: Mapped[str | None] = mapped_column(ForeignKey("weight_draws.digest"), index=True)
    with_examples: Mapped[bool]
    rests_on_examples: Mapped[bool]
    eligible: Mapped[int]
    to_confirm: Mapped[int]
    ruled_out: Mapped[int]
    first_name: Mapped[str | None]
    result: Mapped[bytes] = mapped_column(LargeBinary)

    student: Mapped[Student] = relationship()
    profile_version: Mapped[ProfileVersion] = relationship()
    made_by: Mapped[User | None] = relationship()


class RankingNote(Base):
    """A director's note on a ranking."""

    __tablename__ = "ranking_notes"
    __table_args__ = (CheckConstraint(f"length(text) BETWEEN 1 AND {NOTE_LENGTH_MAX}", name="text_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    text: Mapped[str]

    author: Mapped[User | None] = relationship()


class RankingOverride(Base):
    """A director put one program at another place; taken back, it stays on record."""

    __tablename__ = "ranking_overrides"
    __table_args__ = (
        UniqueConstraint("ranking_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("place >= 1", name="place_positive"),
        CheckConstraint(one_of("reason", OverrideReason), name="reason_known"),
        CheckConstraint(f"length(note) <= {OVERRIDE_NOTE_LENGTH_MAX}", name="note_length"),
        CheckConstraint("withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL", name="withdrawn_when"),
        Index(
            "uq_ranking_overrides_standing",
            "ranking_id",
            "program_key",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"))
    number: Mapped[int]
    program_key: Mapped[str]
    place: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    made_by: Mapped[User | None] = relationship(foreign_keys=made_by_id)
