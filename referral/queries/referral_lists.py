"""Lists of referrals: narrowed, sorted by what is due, and counted for the first page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from referral.models.base import db
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.models.settings import OrganisationSettings
from referral.models.students import Student
from referral.queries.lists import PAGE_ROWS, Page, contains, page_of
from referral.queries.referrals import NAMED, visible
from referral.rules.permissions import Actor, Permission, places
from referral.rules.referrals import ENDED, IN_PLACE, OPEN, UNSENT, Party, State

SOON = timedelta(days=14)
EXPORT_ROWS = 5000
APPROVAL_ROWS = 25  # each shows all that would leave
# In these states a date far ahead is not yet something that waits.
FAR_AHEAD = [state.value for state in (*IN_PLACE, State.WAITLISTED)]
GROUPS: Mapping[str, frozenset[State]] = {
    "": OPEN,
    "preparing": UNSENT,
    "asked": OPEN - UNSENT - IN_PLACE,
    "placed": IN_PLACE,
    "ended": ENDED,
    "all": frozenset(State),
}


@dataclass(frozen=True)
class ReferralFilters:
    """What the list is narrowed to; ``search`` is part of a code or of a program's name."""

    search: str = ""
    group: str = ""
    turn: str = ""
    overdue: bool = False
    first: int = 0


def listed(actor: Actor, filters: ReferralFilters, *, today: date) -> Page[Referral]:
    """One page of the actor's referrals, the next due first."""
    return page_of(_sorted(actor, filters, today), first=filters.first)


def in_states(actor: Actor, states: Sequence[State], *, first: int, limit: int = PAGE_ROWS) -> Page[Referral]:
    """One page of the actor's referrals in these states, all where none is named; the newest first."""
    statement = visible(actor).options(*NAMED).order_by(Referral.id.desc())
    if places(actor, Permission.REFERRAL_WRITE):
        statement = statement.options(joinedload(Referral.student))
    if states:
        statement = statement.where(Referral.state.in_([state.value for state in states]))
    return page_of(statement, first=first, limit=limit)


def exported(actor: Actor, filters: ReferralFilters, *, today: date) -> Sequence[Referral]:
    """All rows of the list, for a file."""
    return db.session.scalars(_sorted(actor, filters, today).limit(EXPORT_ROWS)).all()


def waiting_by_state(actor: Actor, *, today: date) -> dict[State, int]:
    """How many referrals wait for the actor, by state."""
    rows = db.session.execute(
        visible(actor)
        .where(waits_for_me(actor, today))
        .with_only_columns(Referral.state, func.count())
        .group_by(Referral.state)
        .order_by(Referral.state)
    )
    return {State(state): count for state, count in rows}


def to_approve(actor: Actor, *, first: int) -> Page[Referral]:
    """One page of what awaits approval in the actor's districts, the next due first."""
    named = (*NAMED, joinedload(Referral.student), joinedload(Referral.profile_version))
    statement = _awaiting(actor).options(*named).order_by(Referral.due_on, Referral.id)
    return page_of(statement, first=first, limit=APPROVAL_ROWS)


def refs_to_approve(actor: Actor) -> Sequence[str]:
    """The references of all that awaits approval: on which page they are may change while one is read."""
    return db.session.scalars(_awaiting(actor).with_only_columns(Referral.ref)).all()


def _awaiting(actor: Actor) -> Select[Any]:
    return visible(actor).where(
        Referral.state == State.AWAITING_APPROVAL.value,
        Referral.district_id.in_(places(actor, Permission.REFERRAL_APPROVE)),
    )


def live_of_student(student: Student) -> int:
    """How many referrals of a student count toward the district's limit."""
    live = [state.value for state in OPEN - {State.DRAFT}]
    statement = select(func.count(Referral.id)).where(
        Referral.student_id == student.id, Referral.state.in_(live)
    )
    return db.session.scalar(statement) or 0


def of_student(actor: Actor, student: Student) -> Sequence[Referral]:
    """The referrals of a student, open ones first, as the actor may see them."""
    return db.session.scalars(
        visible(actor)
        .where(Referral.student_id == student.id)
        .options(*NAMED)
        .order_by(Referral.ended_on.is_not(None), Referral.due_on, Referral.id.desc())
    ).all()


def open_by_program(actor: Actor, student: Student) -> dict[str, Referral]:
    """The student's open referrals by the short name of their program."""
    return {row.program.slug: row for row in of_student(actor, student) if row.ended_on is None}


def waits_for_me(actor: Actor, today: date) -> ColumnElement[bool]:
    """Whether the actor must act: now, or on a day that is near."""
    deputized = select(OrganisationSettings.organisation_id).where(
        OrganisationSettings.deputy_id == actor.user_id
    )
    mine = or_(
        (Referral.waits_for == Party.COORDINATOR.value)
        & Referral.district_id.in_(places(actor, Permission.REFERRAL_WRITE)),
        (Referral.waits_for == Party.DIRECTOR.value)
        & (
            Referral.district_id.in_(places(actor, Permission.RANKING_OVERRIDE))
            | Referral.district_id.in_(deputized)
        ),
        (Referral.waits_for == Party.STAFF.value)
        & Referral.collaborative_id.in_(places(actor, Permission.REFERRAL_ANSWER)),
    )
    return mine & (Referral.state.not_in(FAR_AHEAD) | (Referral.due_on <= today + SOON))


def _sorted(actor: Actor, filters: ReferralFilters, today: date) -> Select[Any]:
    statement = visible(actor).join(Referral.program).options(*NAMED)
    if places(actor, Permission.REFERRAL_WRITE):
        statement = statement.options(joinedload(Referral.student))
    statement = _narrowed(actor, statement, filters, today)
    return statement.order_by(Referral.due_on.is_(None), Referral.due_on, Referral.id.desc())


def _narrowed(actor: Actor, statement: Select[Any], filters: ReferralFilters, today: date) -> Select[Any]:
    states = GROUPS.get(filters.group, OPEN)
    statement = statement.where(Referral.state.in_([state.value for state in states]))
    if filters.search.strip():
        statement = statement.where(_found(actor, filters.search))
    if filters.turn == "mine":
        statement = statement.where(waits_for_me(actor, today))
    if filters.turn == "theirs":
        statement = statement.where(Referral.waits_for.is_not(None), ~waits_for_me(actor, today))
    if filters.overdue:
        statement = statement.where(Referral.due_on < today)
    return statement


def _found(actor: Actor, text: str) -> ColumnElement[bool]:
    """Whether a code or the program's name has the text; a student's code only on the district's side."""
    students = select(Student.id).where(
        Student.district_id.in_(places(actor, Permission.REFERRAL_WRITE)), contains(Student.ref, text)
    )
    return or_(contains(Referral.ref, text), contains(Program.name, text), Referral.student_id.in_(students))
