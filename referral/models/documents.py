"""Documents of a referral: what each is and where its sealed file lies; never its name or content."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.referrals import Referral
from referral.models.users import User
from referral.rules.documents import BYTES_MAX, DocumentKind, FileType


class Document(Base):
    """One document of one referral. Removed, the row stays and says so; the key of its file is gone."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        CheckConstraint("ref LIKE 'B-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(one_of("kind", DocumentKind), name="kind_known"),
        CheckConstraint(one_of("file_type", FileType), name="file_type_known"),
        CheckConstraint(f"size_bytes BETWEEN 1 AND {BYTES_MAX}", name="size_range"),
        CheckConstraint("(removed_at IS NULL) = (sealed_key IS NOT NULL)", name="removed_has_no_key"),
        CheckConstraint("(sealed_key IS NULL) = (stored_name IS NULL)", name="key_with_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    number: Mapped[int]
    kind: Mapped[str]
    file_type: Mapped[str]
    size_bytes: Mapped[int]
    stored_name: Mapped[str | None] = mapped_column(unique=True)
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(default=utc_now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    referral: Mapped[Referral] = relationship()
    added_by: Mapped[User | None] = relationship(foreign_keys=added_by_id)
