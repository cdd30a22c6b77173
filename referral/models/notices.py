"""Notices to users, with what became of their mail, and what each user wants mailed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.users import User
from referral.rules.notices import Event, MailState, Topic


class Notice(Base):
    """One thing one user is told of; `key` makes it once. The mail carries a link and no student fact."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        CheckConstraint("ref LIKE 'N-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint(one_of("event", Event), name="event_known"),
        CheckConstraint(one_of("mail", MailState), name="mail_known"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_notices_user_id_read_at", "user_id", "read_at"),
        Index("ix_notices_mail_next_try_at", "mail", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    event: Mapped[str]
    subject_kind: Mapped[str]
    subject_ref: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    read_at: Mapped[datetime | None]
    mail: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class NoticeChoice(Base):
    """Whether a user wants a topic mailed; without a row the default holds."""

    __tablename__ = "notice_choices"
    __table_args__ = (CheckConstraint(one_of("topic", Topic), name="topic_known"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    by_mail: Mapped[bool]
