"""Tokens of the JSON API, one organization's each, and answers kept for requests that are sent twice."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.rules.permissions import Role


class ApiToken(Base):
    """A token that acts in one role at one organization; only the hash of its secret is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        CheckConstraint("ref LIKE 'T-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint("length(secret_hash) = 64", name="hash_sha256"),
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="name_length"),
        CheckConstraint(one_of("role", Role), name="role_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_on: Mapped[date]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class KeptAnswer(Base):
    """The answer to a request with an idempotency key: the same request again gets the same answer."""

    __tablename__ = "kept_answers"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_sha256"),)

    token_id: Mapped[int] = mapped_column(ForeignKey("api_tokens.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    status: Mapped[int]
    body: Mapped[str]
    etag: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
