"""What tests of the clocks share: moments of a day, a saved referral, and what a tick did."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from referral.actions import clocks
from referral.actions.transactions import in_transaction
from referral.models.base import db
from referral.models.notices import Notice
from referral.models.referrals import Referral
from referral.rules.due_acts import DueKind
from referral.rules.permissions import COMMAND
from referral.rules.referrals import State, Verb
from tests.referrals import Cast, a_cast, moved, referred

TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)
SEATS = DueKind.SEATS_ASKED


def at(day: date, hour: int = 15) -> datetime:
    """A moment of the afternoon, by Coordinated Universal Time, of that day in Massachusetts."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def started(*verbs: Verb, slugs: tuple[str, ...] = ("bridge",)) -> tuple[Cast, list[Referral]]:
    """A cast and its referrals after these moves, saved, and every seat confirmed lately."""

    def make() -> tuple[Cast, list[Referral]]:
        cast = a_cast()
        rows = referred(cast, *slugs)
        for row in rows:
            moved(cast, row, *verbs)
        return cast, rows

    return in_transaction(make)


def tick(day: date, hour: int = 15) -> dict[DueKind, int]:
    """What a tick of that day did, but for asking for seats."""
    done = clocks.tick(COMMAND, at(day, hour))
    assert done.faults == []
    return {kind: count for kind, count in done.done.items() if count and kind is not SEATS}


def notices(event: str) -> list[int]:
    return list(db.session.scalars(select(Notice.user_id).where(Notice.event == event).order_by(Notice.id)))


def state_of(row: Referral) -> State:
    db.session.expire_all()
    return State(row.state)
