"""The weights drawn for a policy: kept, because no library promises the same draws for ever."""

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class WeightDraws(Base):
    """Plausible weightings of one policy, once for all rankings made with them; rows never change."""

    __tablename__ = "weight_draws"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_sha256"),)

    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the whole policy as it is kept
    policy_version: Mapped[str]
    seed: Mapped[str]  # 64 bits without a sign, more than a database's whole number holds
    content: Mapped[bytes] = mapped_column(LargeBinary)
