"""Reads of a collaborative's inbox: referrals sent to it, by codes and dates; never a student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from referral.models.base import db
from referral.models.programs import Program
from referral.models.referrals import Referral, ReferralMove
from referral.queries.lists import Page, contains, page_of
from referral.queries.referrals import NAMED, visible
from referral.queries.settings import settings_of_all
from referral.rules.ages_told import bands_holding
from referral.rules.inbox import LATELY, VIEW_STATES, InboxFilters, InboxView
from referral.rules.permissions import Actor, Permission, check, places
from referral.rules.referrals import Party, State

PAGE_ROWS = 25


@dataclass(frozen=True)
class InboxLine:
    """A referral as the program's staff read it in a list."""

    row: Referral
    today: date
    days_left: int | None
    last: ReferralMove | None = None
    place: int | None = None

    @property
    def state(self) -> State:
        """Where the referral is."""
        return State(self.row.state)

    @property
    def is_overdue(self) -> bool:
        """Whether staff should have acted by now."""
        waits = self.row.waits_for == Party.STAFF.value
        return waits and self.row.due_on is not None and self.row.due_on < self.today


@dataclass(frozen=True)
class Inbox:
    """One page of one view, and how many there are in each."""

    page: Page[Referral]
    lines: Sequence[InboxLine]
    counts: Mapping[InboxView, int]
    programs: Sequence[tuple[str, str]]


def inbox(actor: Actor, filters: InboxFilters, *, now: datetime) -> Inbox:
    """What was sent to the actor's collaboratives, narrowed, the most pressing first."""
    check(actor, Permission.REFERRAL_ANSWER)
    statement = _narrowed(_view(actor, filters.view, now), filters, now)
    statement = statement.join(Referral.program).options(*NAMED)
    page = page_of(statement.order_by(*_order(filters.view)), first=filters.first, limit=PAGE_ROWS)
    return Inbox(page, _lines(page.rows, filters.view, now), _counts(actor, now), programs(actor))


def programs(actor: Actor) -> Sequence[tuple[str, str]]:
    """Address and name of the programs that the actor answers for and that have referrals."""
    statement = (
        _sent(actor)
        .join(Referral.program)
        .with_only_columns(Program.slug, Program.name)
        .distinct()
        .order_by(Program.name, Program.slug)
    )
    return [(slug, name) for slug, name in db.session.execute(statement)]


def _sent(actor: Actor) -> Select[Any]:
    """Referrals the actor sees as staff, not as a district."""
    return visible(actor).where(
        Referral.collaborative_id.in_(places(actor, Permission.REFERRAL_ANSWER)),
        Referral.sent_at.is_not(None),
    )


def _view(actor: Actor, view: InboxView, now: datetime) -> Select[Any]:
    sent = _sent(actor)
    if view is InboxView.WAITING:
        return sent.where(Referral.waits_for == Party.STAFF.value)
    if view is InboxView.ANSWERED:
        answered = select(ReferralMove.referral_id).where(
            ReferralMove.party == Party.STAFF.value, ReferralMove.at >= now - LATELY
        )
        return sent.where(
            Referral.id.in_(answered),
            Referral.waits_for.is_(None) | (Referral.waits_for != Party.STAFF.value),
        )
    return sent.where(Referral.state.in_([state.value for state in VIEW_STATES[view]]))


def _late(now: datetime) -> ColumnElement[bool]:
    """Overdue by the day in UTC; a line's own words count in the calendar of its collaborative."""
    return and_(Referral.due_on.is_not(None), Referral.due_on < now.date())


def _narrowed(statement: Select[Any], filters: InboxFilters, now: datetime) -> Select[Any]:
    if filters.program:
        named = select(Program.id).where(Program.slug == filters.program)
        statement = statement.where(Referral.program_id.in_(named))
    if filters.age_band:
        told = Referral.released["age_band"].as_string()
        statement = statement.where(told.in_(bands_holding(filters.age_band)))
    if filters.code.strip():
        statement = statement.where(contains(Referral.ref, filters.code))
    if filters.overdue:
        statement = statement.where(_late(now))
    return statement


def _order(view: InboxView) -> tuple[Any, ...]:
    """What is pressing in the view: overdue first, or by program."""
    within = {
        InboxView.WAITING: (Referral.due_on.is_(None), Referral.due_on),
        InboxView.ANSWERED: (Referral.entered_at.desc(),),
        InboxView.WAITLISTS: (Referral.waiting_since,),
        InboxView.OFFERS: (Referral.hold_until.is_(None), Referral.hold_until),
        InboxView.PLACED: (Referral.return_on.is_(None), Referral.return_on, Referral.start_on),
    }[view]
    if view in (InboxView.WAITING, InboxView.ANSWERED):
        return (*within, Referral.id)
    return (Program.name, Program.slug, *within, Referral.id)


def _lines(rows: Sequence[Referral], view: InboxView, now: datetime) -> list[InboxLine]:
    settings = settings_of_all({row.collaborative_id: row.collaborative for row in rows}.values())
    calendars = {
        row.collaborative_id: settings[row.collaborative_id].calendar(row.collaborative.state) for row in rows
    }
    days = {key: calendar.day_of(now) for key, calendar in calendars.items()}
    last = _last_answers(rows) if view is InboxView.ANSWERED else {}
    in_line = _places(rows) if view is InboxView.WAITLISTS else {}
    return [
        InboxLine(
            row=row,
            today=days[row.collaborative_id],
            days_left=None
            if row.due_on is None
            else calendars[row.collaborative_id].working_days_to(days[row.collaborative_id], row.due_on),
            last=last.get(row.id),
            place=in_line.get(row.id),
        )
        for row in rows
    ]


def _last_answers(rows: Sequence[Referral]) -> dict[int, ReferralMove]:
    """The last move of staff of each referral."""
    found = db.session.scalars(
        select(ReferralMove)
        .where(
            ReferralMove.referral_id.in_([row.id for row in rows]),
            ReferralMove.party == Party.STAFF.value,
        )
        .order_by(ReferralMove.number)
    )
    return {move.referral_id: move for move in found}


def _places(rows: Sequence[Referral]) -> dict[int, int]:
    """The place of each on its program's waiting list, first come first."""
    place = func.row_number().over(
        partition_by=Referral.program_id, order_by=(Referral.waiting_since, Referral.id)
    )
    found = db.session.execute(
        select(Referral.id, place).where(
            Referral.program_id.in_({row.program_id for row in rows}),
            Referral.state == State.WAITLISTED.value,
        )
    )
    return {row[0]: row[1] for row in found}


def _counts(actor: Actor, now: datetime) -> dict[InboxView, int]:
    counted = {
        view: _view(actor, view, now).with_only_columns(func.count()).scalar_subquery() for view in InboxView
    }
    found = db.session.execute(select(*counted.values())).one()
    return dict(zip(counted, found, strict=True))
