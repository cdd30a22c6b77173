"""Reads of referrals: a district its own, a collaborative those that were sent to it, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.rankings import Ranking
from referral.models.referrals import Disclosure, Referral, ReferralMove, ReferralNote
from referral.models.students import Student
from referral.queries.meter import Sending, sendings_of
from referral.queries.rankings import named
from referral.queries.settings import settings_of_all
from referral.rules.moving import Situation
from referral.rules.permissions import Actor, Permission, may, places
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.referrals import ENDED, OPEN, UNSENT, Party, State, Verb
from referral.rules.settings import Settings, approval_refusal, directs

# What every page of a referral names; a program's page never reads the student.
NAMED = (
    joinedload(Referral.program),
    joinedload(Referral.district),
    joinedload(Referral.collaborative),
    joinedload(Referral.room),
)
DISTRICT_SIDE = frozenset({Party.COORDINATOR, Party.DIRECTOR})
LIVE = [state.value for state in OPEN - {State.DRAFT}]


@dataclass(frozen=True)
class Standing:
    """A referral as the actor stands to it: the row, on which sides they are, and both sides' settings."""

    row: Referral
    parties: frozenset[Party]
    district: Settings
    collaborative: Settings
    own_referral: bool = False

    @property
    def is_district(self) -> bool:
        """Whether the actor sees the district's side."""
        return bool(self.parties & DISTRICT_SIDE)

    def settings_for(self, party: Party) -> Settings:
        """The settings of the organization a party belongs to; the clock's are the district's."""
        return self.collaborative if party is Party.STAFF else self.district

    def today(self, party: Party, now: datetime) -> date:
        """The day it is for a party."""
        place = self.row.collaborative if party is Party.STAFF else self.row.district
        return self.settings_for(party).calendar(place.state).day_of(now)


def visible(actor: Actor) -> Select[Any]:
    """The referrals of the actor's districts, and those sent to the actor's collaboratives."""
    return select(Referral).where(_is_visible(actor))


def _is_visible(actor: Actor) -> ColumnElement[bool]:
    if actor.is_command:
        return Referral.id.is_not(None)
    return or_(
        Referral.district_id.in_(places(actor, Permission.REFERRAL_WRITE)),
        Referral.collaborative_id.in_(places(actor, Permission.REFERRAL_ANSWER))
        & Referral.sent_at.is_not(None)
        & Referral.state.not_in([state.value for state in UNSENT]),
    )


def get(actor: Actor, ref: str) -> Standing:
    """The referral of this reference, as the actor stands to it.

    Raises
    ------
    RecordNotFound : there is none that the actor may see.
    """
    wanted = visible(actor).where(Referral.ref == read_reference(ref, ReferenceKind.REFERRAL))
    row = db.session.scalar(wanted.options(*NAMED))
    if row is None:
        raise RecordNotFound(kind="referral")
    return standing(actor, row)


def get_locked(actor: Actor, ref: str) -> Standing:
    """The same, for an action: the student's referrals wait for their turn, in one order on every path."""
    row = get(actor, ref).row
    lock_student(row.student_id)
    again = select(Referral).where(Referral.id == row.id).with_for_update()
    db.session.scalars(again.execution_options(populate_existing=True)).one()  # read, or nothing is renewed
    return get(actor, ref)


def lock_student(student_id: int) -> None:
    """Wait until nobody else changes a referral of this student."""
    db.session.execute(select(Student.id).where(Student.id == student_id).with_for_update())


def standing(actor: Actor, row: Referral) -> Standing:
    """How the actor stands to a referral."""
    settings = settings_of_all([row.district, row.collaborative])
    district = settings[row.district_id]
    parties = set()
    if may(actor, Permission.REFERRAL_WRITE, row.district_id):
        parties.add(Party.COORDINATOR)
        if directs(actor, row.district_id, district):
            parties.add(Party.DIRECTOR)
    if may(actor, Permission.REFERRAL_ANSWER, row.collaborative_id) and row.sent_at is not None:
        parties.add(Party.STAFF)
    if actor.is_command:
        parties.add(Party.CLOCK)
    why_not = approval_refusal(actor, row.district_id, district, row.submitted_by_id)
    collaborative = settings[row.collaborative_id]
    return Standing(row, frozenset(parties), district, collaborative, why_not == "own_referral")


def situation(found: Standing, party: Party, now: datetime) -> Situation:
    """What decides of the moves of a referral, as of the party's day."""
    row, today = found.row, found.today(party, now)
    looked = list(
        db.session.scalars(
            select(ReferralMove.verb)
            .where(
                ReferralMove.referral_id == row.id,
                ReferralMove.verb.in_([Verb.ASK_SECOND_LOOK.value, Verb.DECLINE.value]),
            )
            .order_by(ReferralMove.number.desc())
            .limit(1)
        )
    )
    asked = looked == [Verb.ASK_SECOND_LOOK.value]
    others = db.session.execute(
        select(Referral.state, Referral.program_id).where(
            Referral.student_id == row.student_id, Referral.id != row.id, Referral.ended_on.is_(None)
        )
    ).all()
    states = [state for state, _ in others]
    return Situation(
        state=State(row.state),
        today=today,
        entered_on=found.settings_for(party).calendar(None).day_of(row.entered_at),
        waited_from=State(row.waited_from) if row.waited_from else None,
        ended_from=State(row.ended_from) if row.ended_from else None,
        ended_on=row.ended_on,
        hold_until=row.hold_until,
        second_look_asked=asked,
        second_look_open=asked and row.waits_for == Party.STAFF.value,
        own_referral=found.own_referral,
        identifiable=_sends_next(found) and not _sending(found, now).verdict.passes,
        has_disclosure=live_disclosure(row, today) is not None,
        live_referrals=sum(state in LIVE for state in states),
        live_referrals_max=found.district.live_referrals_max,
        another_accepted=State.ACCEPTED.value in states,
        referred_again=row.program_id in {program_id for _, program_id in others},
    )


def _sends_next(found: Standing) -> bool:
    """Whether the next move of the district sends the enquiry: an approval, or a draft that needs none."""
    state = State(found.row.state)
    return state is State.AWAITING_APPROVAL or (state is State.DRAFT and found.district.sends_at_once)


def _sending(found: Standing, now: datetime) -> Sending:
    row = found.row
    return sendings_of([row], {row.district_id: found.district}, now)[row.ref]


def live_disclosure(row: Referral, today: date) -> Disclosure | None:
    """A record that allows this student's packet to go to this collaborative today."""
    return db.session.scalar(
        select(Disclosure)
        .where(
            Disclosure.student_id == row.student_id,
            or_(Disclosure.collaborative_id.is_(None), Disclosure.collaborative_id == row.collaborative_id),
            Disclosure.signed_on <= today,
            Disclosure.expires_on >= today,
            Disclosure.revoked_on.is_(None),
        )
        .order_by(Disclosure.expires_on.desc())
        .limit(1)
    )


def of_student(student: Student) -> Sequence[Referral]:
    """All referrals of a student whose row the actor was given, the newest first."""
    return db.session.scalars(
        select(Referral).where(Referral.student_id == student.id).order_by(Referral.id.desc())
    ).all()


def submitted_with(student: Student, form_key: str) -> Sequence[Referral]:
    """The referrals of a student that one form submitted, each with the form's key and the program's name."""
    sent = ReferralMove.form_key.startswith(f"{form_key}:", autoescape=True)
    return db.session.scalars(
        select(Referral)
        .join(ReferralMove, ReferralMove.referral_id == Referral.id)
        .where(Referral.student_id == student.id, sent)
        .order_by(Referral.id)
    ).all()


def others_live(row: Referral) -> Sequence[Referral]:
    """The student's other referrals that have not ended, in the order in which they are locked."""
    return db.session.scalars(
        select(Referral)
        .where(
            Referral.student_id == row.student_id,
            Referral.id != row.id,
            Referral.state.not_in([state.value for state in ENDED]),
        )
        .order_by(Referral.id)
        .with_for_update()
    ).all()


def closed_by(row: Referral) -> Sequence[Referral]:
    """The referrals that accepting this one closed and nobody has reopened since."""
    return db.session.scalars(
        select(Referral)
        .where(Referral.closed_by_id == row.id, Referral.state == State.WITHDRAWN.value)
        .order_by(Referral.id)
        .with_for_update()
    ).all()


def ranking_ref(row: Referral) -> str | None:
    """The reference of the ranking a referral was made from."""
    return db.session.scalar(select(Ranking.ref).where(Ranking.id == row.ranking_id))


def place_in_line(row: Referral) -> int | None:
    """The place on the program's waiting list, first come first; None where the student does not wait."""
    if row.state != State.WAITLISTED.value:
        return None
    before = (
        select(func.count())
        .select_from(Referral)
        .where(
            Referral.program_id == row.program_id,
            Referral.state == State.WAITLISTED.value,
            (Referral.waiting_since < row.waiting_since)
            | ((Referral.waiting_since == row.waiting_since) & (Referral.id < row.id)),
        )
    )
    return 1 + (db.session.scalar(before) or 0)


def moves(found: Standing) -> Sequence[ReferralMove]:
    """The moves the actor may see, the first one first: a collaborative those since the referral was sent."""
    statement = select(ReferralMove).where(ReferralMove.referral_id == found.row.id)
    if not found.is_district:
        statement = statement.where(
            ReferralMove.after.not_in([state.value for state in UNSENT]),
            ReferralMove.at >= found.row.sent_at,
        )
    return db.session.scalars(
        statement.options(named(ReferralMove.actor)).order_by(ReferralMove.number)
    ).all()


def notes(found: Standing, *, has_disclosure: bool) -> Sequence[ReferralNote]:
    """The notes the actor may read: their side's, and those for both.

    The program reads the district's only while a disclosure record lives.
    """
    readable = ReferralNote.side == ("district" if found.is_district else "collaborative")
    if found.is_district or has_disclosure:
        readable = or_(readable, ReferralNote.for_both)
    return db.session.scalars(
        select(ReferralNote)
        .where(ReferralNote.referral_id == found.row.id, readable)
        .options(named(ReferralNote.author))
        .order_by(ReferralNote.id)
    ).all()
