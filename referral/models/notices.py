"""Notices to users, with what became of their mail, and what each user wants mailed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.users import User
from referral.rules.mails import MailState
from referral.rules.notices import Event, Topic


class Notice(Base):
    """One thing one user is told of; `key` makes it once."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        CheckConstraint("ref LIKE 'N-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint(one_of("event", Event), name="event_known"),
        Index("ix_notices_user_id_read_at", "user_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    event: Mapped[str]
    subject_kind: Mapped[str]
    subject_ref: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    read_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Mail(Base):
    """A mail that waits to be sent: words and the path of a link, no student fact. Sent, its text is gone.

    ``path`` begins with a slash; the command that sends puts the site's address before it.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("notice_id"),
        CheckConstraint(one_of("state", MailState), name="state_known"),
        CheckConstraint("(state = 'sent') = (body IS NULL)", name="sent_is_purged"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_mails_state_next_try_at", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str | None]
    path: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=MailState.QUEUED.value)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=utc_now)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    sent_at: Mapped[datetime | None]
    fault: Mapped[str | None]


class NoticeChoice(Base):
    """Whether a user wants a topic mailed; without a row the default holds."""

    __tablename__ = "notice_choices"
    __table_args__ = (CheckConstraint(one_of("topic", Topic), name="topic_known"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    by_mail: Mapped[bool]
