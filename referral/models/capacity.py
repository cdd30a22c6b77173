"""Questions about capacity to several programs, how a program is kept up, and links for its contact."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.models.programs import Program
from referral.models.users import User
from referral.rules.capacity import CapacityReply
from referral.rules.links import CONFIRM_EVERY_DAYS, LinkAct


class CapacityQuestion(Base):
    """A district asks programs whether they have capacity; nothing of any student is in it."""

    __tablename__ = "capacity_questions"
    __table_args__ = (CheckConstraint("ref LIKE 'Q-%' AND length(ref) = 13", name="ref_shape"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utc_now)

    district: Mapped[Organisation] = relationship()
    asked_by: Mapped[User | None] = relationship()
    answers: Mapped[list["CapacityAnswer"]] = relationship(
        back_populates="question", order_by="CapacityAnswer.id"
    )


class CapacityAnswer(Base):
    """One program asked, and its answer once it has given one."""

    __tablename__ = "capacity_answers"
    __table_args__ = (
        UniqueConstraint("question_id", "program_id"),
        CheckConstraint(one_of("reply", CapacityReply), name="reply_known"),
        CheckConstraint("(reply IS NULL) = (answered_at IS NULL)", name="answered_when"),
        Index("ix_capacity_answers_program_id_answered_at", "program_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("capacity_questions.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"))
    reply: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    question: Mapped[CapacityQuestion] = relationship(back_populates="answers")
    program: Mapped[Program] = relationship()


class Upkeep(Base):
    """How a program is kept up: how often its seats are asked for, and whom to write to."""

    __tablename__ = "upkeeps"
    __table_args__ = (
        CheckConstraint("confirm_every_days BETWEEN 1 AND 90", name="rhythm_range"),
        CheckConstraint("contact_email = lower(contact_email)", name="email_lower"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), primary_key=True)
    confirm_every_days: Mapped[int] = mapped_column(default=CONFIRM_EVERY_DAYS)
    contact_email: Mapped[str | None]
    asked_on: Mapped[date | None]
    told_gone_on: Mapped[date | None]


class ContactLink(Base):
    """A one-use link sent to a program's contact for one act; only the hash of its secret is kept.

    The mail that carries it is in the outbox like any other, and loses the secret once it is sent.
    """

    __tablename__ = "contact_links"
    __table_args__ = (
        CheckConstraint(one_of("act", LinkAct), name="act_known"),
        CheckConstraint("length(secret_hash) = 64", name="hash_sha256"),
        CheckConstraint("(act = 'answer_referral') = (referral_id IS NOT NULL)", name="answers_a_referral"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    act: Mapped[str]
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    email: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    program: Mapped[Program] = relationship()
