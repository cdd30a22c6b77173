"""Users, the roles they hold at organizations, and sign-ins that were ended before their time."""

import secrets
from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from referral.rules.references import ReferenceKind, make_reference


def new_uniquifier() -> str:
    """A new random name for a user's sessions and links; the old ones stop working."""
    return secrets.token_urlsafe(24)


def _new_ref() -> str:
    return make_reference(ReferenceKind.USER)


class User(Base, UserMixin):
    """Someone who signs in; `fs_uniquifier` is what a session holds, so changing it ends every session."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email) AND length(email) > 2", name="email_lower"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("second_step_at IS NULL OR second_step_secret IS NOT NULL", name="second_step_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=_new_ref)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=new_uniquifier)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    second_step_at: Mapped[datetime | None]  # since when a code is asked for; before that, a secret is tried
    second_step_secret: Mapped[bytes | None]  # sealed with the key of the installation
    second_step_counter: Mapped[int | None]  # of the last code used: none works twice

    assignments: Mapped[list["RoleAssignment"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin", order_by="RoleAssignment.id"
    )

    @property
    def roles(self) -> tuple[()]:  # type: ignore[override]
        """None for Flask-Principal to look at; ours are the assignments."""
        return ()


class RoleAssignment(Base):
    """A role held at an organization."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "organisation_id"),
        CheckConstraint(one_of("role", Role), name="role_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(default=utc_now)

    user: Mapped[User] = relationship(back_populates="assignments")
    organisation: Mapped[Organisation] = relationship()


class EndedSession(Base):
    """A session that was signed out; its cookie, wherever a copy of it lies, opens nothing any more."""

    __tablename__ = "ended_sessions"

    session_key: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
