"""What the clocks have to do: referrals for which a date has come, of every organization."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from referral.models.base import db
from referral.models.notices import Notice
from referral.models.referrals import Disclosure, Referral
from referral.queries.referrals import Standing, live_disclosure
from referral.queries.settings import settings_of_all
from referral.rules.due_acts import START_TOLD_DAYS, Dates, DueAct, due_acts
from referral.rules.notices import notice_key
from referral.rules.permissions import Actor, Permission, check
from referral.rules.referrals import DISCLOSED, Party, State
from referral.rules.settings import Settings
from referral.rules.state_clocks import DISCLOSURE_REMINDERS_DAYS, HOLD_REMINDERS_DAYS

ROWS_AT_ONCE = 500
WITH_A_PACKET = [state.value for state in (*DISCLOSED, State.WAITLISTED)]


@dataclass(frozen=True)
class DueReferral:
    """A referral, and what of it is due and was not done."""

    ref: str
    acts: tuple[DueAct, ...]


def due_referrals(actor: Actor, now: datetime) -> list[DueReferral]:
    """Every referral with something to do at this moment; what was told already is left out."""
    check(actor, Permission.CLOCKS_RUN)
    found = [due for rows in _chunks(_candidates(now)) for due in _due(rows, now)]
    done = _told(found)
    open_acts = [
        DueReferral(due.ref, tuple(act for act in due.acts if key_of(due.ref, act) not in done))
        for due in found
    ]
    return [due for due in open_acts if due.acts]


def key_of(ref: str, act: DueAct) -> str | None:
    """The key of the notices of an act; None for a move, which is done once by the state it leaves."""
    return None if act.event is None else notice_key(act.event, ref, act.occasion)


def acts_of(found: Standing, now: datetime) -> list[DueAct]:
    """What is due for a referral whose row the caller has locked."""
    record = live_disclosure(found.row, found.today(Party.COORDINATOR, now))
    until = record.expires_on if record is not None else None
    return due_acts(_dates(found.row, found.district, found.collaborative, until, now))


def _candidates(now: datetime) -> Select[Any]:
    """Referrals for which some date may have come somewhere on earth."""
    day = (now + timedelta(hours=14)).date()
    dates: list[ColumnElement[bool]] = [
        Referral.due_on <= day,
        Referral.remind_on <= day,
        Referral.enquiry_until <= day + timedelta(days=min(HOLD_REMINDERS_DAYS)),
    ]
    in_place: list[ColumnElement[bool]] = [
        Referral.hold_until <= day + timedelta(days=max(HOLD_REMINDERS_DAYS)),
        Referral.start_on.between(day - timedelta(days=START_TOLD_DAYS + 2), day),
        Referral.monitor_on <= day,
        Referral.review_on <= day,
        Referral.return_on <= day,
        and_(Referral.state.in_(WITH_A_PACKET), Referral.id.in_(_disclosure_ends(day))),
    ]
    return (
        select(Referral)
        .where(or_(*dates, and_(Referral.ended_on.is_(None), or_(*in_place))))
        .where(or_(Referral.ended_on.is_(None), Referral.due_on.is_not(None)))
        .options(joinedload(Referral.district), joinedload(Referral.collaborative))
        .order_by(Referral.id)
        .limit(ROWS_AT_ONCE)
    )


def _disclosure_ends(day: date) -> Select[Any]:
    """Keys of referrals whose last record ends soon."""
    soon = day + timedelta(days=max(DISCLOSURE_REMINDERS_DAYS))
    return _disclosures().having(func.max(Disclosure.expires_on) <= soon)


def _disclosures() -> Select[Any]:
    """The key of each referral that a record not revoked covers."""
    return (
        select(Referral.id)
        .join(
            Disclosure,
            and_(
                Disclosure.student_id == Referral.student_id,
                or_(
                    Disclosure.collaborative_id.is_(None),
                    Disclosure.collaborative_id == Referral.collaborative_id,
                ),
                Disclosure.revoked_on.is_(None),
            ),
        )
        .group_by(Referral.id)
    )


def _chunks(statement: Select[Any]) -> Iterator[Sequence[Referral]]:
    last = 0
    while rows := db.session.scalars(statement.where(Referral.id > last)).all():
        last = rows[-1].id
        yield rows


def _due(rows: Sequence[Referral], now: datetime) -> Iterator[DueReferral]:
    places = {place.id: place for row in rows for place in (row.district, row.collaborative)}
    settings = settings_of_all(places.values())
    until: Mapping[int, date] = dict(
        db.session.execute(
            _disclosures()
            .add_columns(func.max(Disclosure.expires_on))
            .where(Referral.id.in_([row.id for row in rows]))
        ).all()
    )
    for row in rows:
        dates = _dates(row, settings[row.district_id], settings[row.collaborative_id], until.get(row.id), now)
        yield DueReferral(row.ref, tuple(due_acts(dates)))


def _dates(
    row: Referral, district: Settings, collaborative: Settings, until: date | None, now: datetime
) -> Dates:
    own = district.calendar(row.district.state)
    theirs = collaborative.calendar(row.collaborative.state).day_of(now)
    today = {Party.COORDINATOR: own.day_of(now), Party.DIRECTOR: own.day_of(now), Party.STAFF: theirs}
    return Dates(
        state=State(row.state),
        today=today,
        entered_on=own.day_of(row.entered_at),
        waits_for=Party(row.waits_for) if row.waits_for else None,
        due_on=row.due_on,
        remind_on=row.remind_on,
        enquiry_until=row.enquiry_until,
        waited_from=State(row.waited_from) if row.waited_from else None,
        hold_until=row.hold_until,
        start_on=row.start_on,
        monitor_on=row.monitor_on,
        review_on=row.review_on,
        return_on=row.return_on,
        disclosure_until=until if until is not None and until >= own.day_of(now) else None,
    )


def _told(found: Sequence[DueReferral]) -> set[str]:
    """Of the keys of these acts those for which somebody has a notice."""
    keys = [key for due in found for act in due.acts if (key := key_of(due.ref, act)) is not None]
    told: set[str] = set()
    for first in range(0, len(keys), ROWS_AT_ONCE):
        some = keys[first : first + ROWS_AT_ONCE]
        refs = {key.split(":")[1] for key in some}
        told |= set(
            db.session.scalars(
                select(Notice.key).where(Notice.subject_ref.in_(refs), Notice.key.in_(some)).distinct()
            )
        )
    return told
