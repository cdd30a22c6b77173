"""Referrals of one student to one program, the moves and notes of each, and records that allow disclosure."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base, one_of, utc_now
from referral.models.organisations import Organisation
from referral.models.programs import Program
from referral.models.seats import Room
from referral.models.students import ProfileVersion, Student
from referral.models.users import User
from referral.rules.disclosures import AuthorityCode, DisclosureBasis, SignerRole
from referral.rules.rankings import OverrideReason
from referral.rules.referrals import CLAIMS, ENDED, UNSENT, Claim, Party, State, Verb
from referral.rules.terms import NOTE_LENGTH_MAX


def _in(column: str, states: Any) -> str:
    return f"{column} IN ({', '.join(sorted(repr(state.value) for state in states))})"


CLAIMING = [state for state in State if CLAIMS[state] is not Claim.NONE]
LIVE = text("ended_on IS NULL")


class Referral(Base):
    """One student referred to one program. ``ref`` is what the program knows the student by.

    ``released`` is the copy of the profile that was sent: nothing else of the student is read by the program.
    ``due_on`` is the day by which ``waits_for`` must act, in the calendar of their organization.
    ``enquiry_until`` is the last day on which a mere enquiry may be out, whoever must act.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("ref LIKE 'F-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint(one_of("state", State), name="state_known"),
        CheckConstraint(f"({_in('state', ENDED)}) = (ended_on IS NOT NULL)", name="ended_when"),
        CheckConstraint(f"NOT ({_in('state', CLAIMING)}) OR room_id IS NOT NULL", name="claims_a_room"),
        CheckConstraint("state <> 'offered' OR hold_until IS NOT NULL", name="offer_has_a_day"),
        CheckConstraint(
            f"{_in('state', UNSENT)} OR sent_at IS NOT NULL OR ended_on IS NOT NULL", name="sent_when"
        ),
        CheckConstraint(
            "(state = 'waitlisted') = (waiting_since IS NOT NULL) OR ended_on IS NOT NULL", name="waits_since"
        ),
        CheckConstraint(one_of("waits_for", Party), name="waits_for_known"),
        CheckConstraint(one_of("override_reason", OverrideReason), name="override_reason_known"),
        CheckConstraint("version >= 1", name="version_positive"),
        Index(
            "uq_referrals_live",
            "student_id",
            "program_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_referrals_district_id_state", "district_id", "state"),
        Index("ix_referrals_collaborative_id_state", "collaborative_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    collaborative_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    profile_version_id: Mapped[int] = mapped_column(ForeignKey("profile_versions.id"), index=True)
    ranking_id: Mapped[int | None] = mapped_column(ForeignKey("rankings.id"), index=True)
    rank: Mapped[int | None]
    override_reason: Mapped[str | None]
    phrases: Mapped[list[str]] = mapped_column(JSON, default=list)
    released: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    entered_at: Mapped[datetime] = mapped_column(default=utc_now)
    waits_for: Mapped[str | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    remind_on: Mapped[date | None]
    enquiry_until: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    waited_from: Mapped[str | None]
    waiting_since: Mapped[datetime | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    hold_until: Mapped[date | None]
    visit_on: Mapped[date | None]
    start_on: Mapped[date | None]
    monitor_on: Mapped[date | None]
    review_on: Mapped[date | None]
    return_on: Mapped[date | None]
    ended_from: Mapped[str | None]
    ended_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    student: Mapped[Student] = relationship()
    program: Mapped[Program] = relationship()
    district: Mapped[Organisation] = relationship(foreign_keys=district_id)
    collaborative: Mapped[Organisation] = relationship(foreign_keys=collaborative_id)
    profile_version: Mapped[ProfileVersion] = relationship()
    room: Mapped[Room | None] = relationship()


class ReferralMove(Base):
    """One move of a referral: never changed or removed (triggers); codes and dates only."""

    __tablename__ = "referral_moves"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        UniqueConstraint("form_key"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(one_of("verb", Verb), name="verb_known"),
        CheckConstraint(one_of("party", Party), name="party_known"),
        CheckConstraint(one_of("before", State), name="before_known"),
        CheckConstraint(one_of("after", State), name="after_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    party: Mapped[str]
    verb: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    form_key: Mapped[str | None]

    actor: Mapped[User | None] = relationship()


class ReferralNote(Base):
    """Words with a move or beside one; a purge removes them. Own side only, unless the packet was sent."""

    __tablename__ = "referral_notes"
    __table_args__ = (
        CheckConstraint(f"length(text) BETWEEN 1 AND {NOTE_LENGTH_MAX}", name="text_length"),
        CheckConstraint("side IN ('district', 'collaborative')", name="side_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    move_number: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    side: Mapped[str]
    for_both: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]

    author: Mapped[User | None] = relationship()


class Disclosure(Base):
    """A consent or an authority code that allows a student's packet to be sent; revoked, it stays on record.

    ``collaborative_id`` is its scope; empty means every program the student is referred to.
    """

    __tablename__ = "disclosures"
    __table_args__ = (
        CheckConstraint("ref LIKE 'C-%' AND length(ref) = 13", name="ref_shape"),
        CheckConstraint(one_of("basis", DisclosureBasis), name="basis_known"),
        CheckConstraint(one_of("signer", SignerRole), name="signer_known"),
        CheckConstraint(one_of("authority", AuthorityCode), name="authority_known"),
        CheckConstraint("(basis = 'consent') = (signer IS NOT NULL)", name="consent_has_signer"),
        CheckConstraint("(basis = 'authority') = (authority IS NOT NULL)", name="authority_has_code"),
        CheckConstraint("expires_on >= signed_on", name="expires_after_signing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    collaborative_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    basis: Mapped[str]
    signer: Mapped[str | None]
    authority: Mapped[str | None]
    signed_on: Mapped[date]
    expires_on: Mapped[date]
    revoked_on: Mapped[date | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    student: Mapped[Student] = relationship()
