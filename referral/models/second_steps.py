"""Recovery codes of the second step of a sign-in, kept as keyed hashes; the rest stands with the user."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class RecoveryCode(Base):
    """A code that signs in once when the app is not at hand."""

    __tablename__ = "recovery_codes"
    __table_args__ = (
        UniqueConstraint("user_id", "code_hash"),
        CheckConstraint("length(code_hash) = 64", name="hash_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
