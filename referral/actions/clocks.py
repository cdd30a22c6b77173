"""What a date brings: ends, reminders and questions, each in a transaction of its own and done once.

Run it as often as you like, and two at once: each act looks again under the referral's lock, a move leaves
the state it was due in, and a notice has a key.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from referral.actions import links, notices, parked_forms, referrals, upkeep
from referral.actions.kept_answers import forget_old
from referral.actions.transactions import in_transaction
from referral.errors import ReferralError
from referral.models.base import db
from referral.models.notices import Mail, Notice
from referral.queries import clocks as queries
from referral.queries import referrals as referral_queries
from referral.queries import seat_rhythm
from referral.rules.due_acts import DueKind
from referral.rules.notices import CLOCK_EVENTS, Event
from referral.rules.permissions import Actor, Permission, check

KEPT = timedelta(days=90)


@dataclass
class Ticked:
    """How much of each kind was done, and what could not be: a reference with a code."""

    done: Counter[DueKind] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)


def due(actor: Actor, now: datetime) -> Ticked:
    """What `tick` would do now, without doing it."""
    check(actor, Permission.CLOCKS_RUN)
    found = Ticked()
    for one in queries.due_referrals(actor, now):
        found.done.update(act.kind for act in one.acts)
    found.done[DueKind.SEATS_ASKED] += len(seat_rhythm.programs_to_ask(actor, now))
    db.session.rollback()
    return found


def tick(actor: Actor, now: datetime) -> Ticked:
    """Do everything that is due; what fails is reported and does not keep the rest waiting."""
    check(actor, Permission.CLOCKS_RUN)
    ticked = Ticked()
    for one in queries.due_referrals(actor, now):
        _attempt(ticked, one.ref, partial(_act_on_referral, actor, one.ref, now))
    for program in seat_rhythm.programs_to_ask(actor, now):
        _attempt(ticked, program.slug, partial(_ask_for_seats, actor, program.program_id, now))
    in_transaction(partial(_prune, now))
    return ticked


def _attempt(ticked: Ticked, name: str, work: Callable[[], Counter[DueKind]]) -> None:
    try:
        ticked.done.update(in_transaction(work))
    except ReferralError as error:
        ticked.faults.append((name, error.code))
    except SQLAlchemyError as error:
        ticked.faults.append((name, type(error).__name__))


def _act_on_referral(actor: Actor, ref: str, now: datetime) -> Counter[DueKind]:
    db.session.expire_all()  # what an earlier transaction read may have changed since
    found = referral_queries.get_locked(actor, ref)
    deputy = found.district.deputy_id
    done: Counter[DueKind] = Counter()
    for act in queries.acts_of(found, now):
        if act.verb is not None:
            referrals.move(actor, ref, act.verb, now=now)
            done[act.kind] += 1
        elif act.event is not None and notices.tell_of_referral(
            actor, act.event, found.row, occasion=act.occasion, to=act.to, deputy_id=deputy
        ):
            done[act.kind] += 1
    return done


def _ask_for_seats(actor: Actor, program_id: int, now: datetime) -> Counter[DueKind]:
    db.session.expire_all()
    row = upkeep.locked(program_id)
    done: Counter[DueKind] = Counter()
    for program in seat_rhythm.programs_to_ask(actor, now, program_id):
        row.asked_on = program.today
        staff = notices.holders(program.organisation_id, notices.STAFF_ROLES)
        notices.tell(Event.SEATS_TO_CONFIRM, staff, "program", program.slug, occasion=f"{program.today}")
        links.send_seats_link(program_id, now=now)
        done[DueKind.SEATS_ASKED] += 1
    return done


def _prune(now: datetime) -> None:
    """Mails and read notices of three months ago go, and answers kept for the API after two days.

    A clock's notice stays, since it says "done".
    """
    old = now - KEPT
    forget_old(now)
    parked_forms.forget_old(now=now)
    db.session.execute(delete(Mail).where(Mail.made_at < old))
    mailed = select(Mail.notice_id).where(Mail.notice_id.is_not(None))
    db.session.execute(
        delete(Notice).where(
            Notice.read_at < old,
            Notice.event.not_in([event.value for event in CLOCK_EVENTS]),
            Notice.id.not_in(mailed),
        )
    )
