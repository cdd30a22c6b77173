"""Forms that were sent after their session had ended, sealed, for an hour."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class ParkedForm(Base):
    """A form as it was sent: where to and its fields, sealed with the key of the installation."""

    __tablename__ = "parked_forms"
    __table_args__ = (CheckConstraint("length(ref) = 32", name="ref_shape"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    sealed: Mapped[bytes]
    parked_at: Mapped[datetime] = mapped_column(index=True)
