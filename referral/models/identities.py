"""Tables of the identity vault: who each code is, every column sealed, and each district's wrapped key."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import utc_now
from referral.models.vault import VaultBase


class DistrictKey(VaultBase):
    """The key of one district's identities, sealed by the master key, and by which one it was."""

    __tablename__ = "district_keys"
    __table_args__ = (CheckConstraint("length(master_print) = 16", name="master_print_shape"),)

    district_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    master_print: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    wrapped_at: Mapped[datetime] = mapped_column(default=utc_now)


class StoredIdentity(VaultBase):
    """Who the student of a code is. The row counts whose number the core names; others wait to be swept."""

    __tablename__ = "identities"
    __table_args__ = (
        UniqueConstraint("student_ref", "number"),
        CheckConstraint("student_ref LIKE 'S-%' AND length(student_ref) = 13", name="student_ref_shape"),
        CheckConstraint("number >= 1", name="number_positive"),
        Index("ix_identities_district_id", "district_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    student_ref: Mapped[str]
    number: Mapped[int]
    district_id: Mapped[int] = mapped_column(ForeignKey("district_keys.district_id"))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    nickname: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_date: Mapped[bytes | None] = mapped_column(LargeBinary)
    state_id: Mapped[bytes | None] = mapped_column(LargeBinary)
    school: Mapped[bytes | None] = mapped_column(LargeBinary)
    town: Mapped[bytes | None] = mapped_column(LargeBinary)
    street: Mapped[bytes | None] = mapped_column(LargeBinary)
    parents: Mapped[bytes | None] = mapped_column(LargeBinary)
    notes: Mapped[bytes | None] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
