"""What a day brings to a referral: reminders, overdue, soon to end, and the moves that the clock makes.

Each act has an occasion, so that it is done once: the day it fell due, and what of that day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from referral.rules.notices import TELLINGS, Event
from referral.rules.referrals import DISCLOSED, Party, State, Verb
from referral.rules.state_clocks import (
    DISCLOSURE_REMINDERS_DAYS,
    HOLD_REMINDERS_DAYS,
    too_late,
)

# States in which only an enquiry is out; one that waits in line is such if it waits since the enquiry.
ENQUIRIES = frozenset({State.ENQUIRY_SENT, State.INTERESTED, State.WAITLISTED})
# How long after its start a placement is still told of it, when the clock did not run on the day.
START_TOLD_DAYS = 14


class DueKind(Enum):
    """What sort of act a date brings, as the command counts them."""

    EXPIRED = "expired"
    LAPSED = "lapsed"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    HOLD_ENDING = "hold_ending"
    STARTED = "started"
    REVIEW_DUE = "review_due"
    RETURN_REACHED = "return_reached"
    DISCLOSURE_ENDING = "disclosure_ending"
    SEATS_ASKED = "seats_asked"


@dataclass(frozen=True)
class Dates:
    """The dates of a referral, and the day it is for each side."""

    state: State
    today: Mapping[Party, date]
    entered_on: date
    waits_for: Party | None = None
    due_on: date | None = None
    remind_on: date | None = None
    enquiry_until: date | None = None
    waited_from: State | None = None
    hold_until: date | None = None
    start_on: date | None = None
    monitor_on: date | None = None
    review_on: date | None = None
    return_on: date | None = None
    disclosure_until: date | None = None


@dataclass(frozen=True)
class DueAct:
    """One thing to do: a move that the clock makes, or people to tell of an event."""

    kind: DueKind
    occasion: str
    verb: Verb | None = None
    event: Event | None = None
    to: frozenset[Party] = frozenset()


def due_acts(dates: Dates) -> list[DueAct]:
    """Everything that is due: a move alone, since it changes all the rest; else whom to tell of what."""
    move = _move(dates)
    if move is not None:
        return [move]
    return [act for find in _TELLING for act in find(dates)]


def is_enquiry(state: State, waited_from: State | None) -> bool:
    """Whether the program has the enquiry only, and not the packet."""
    return state in ENQUIRIES and (state is not State.WAITLISTED or waited_from is State.ENQUIRY_SENT)


def _move(dates: Dates) -> DueAct | None:
    district = dates.today[Party.COORDINATOR]
    if dates.state is State.OFFERED and _passed(dates.hold_until, district):
        return DueAct(DueKind.LAPSED, f"{dates.hold_until}", verb=Verb.LAPSE)
    if not is_enquiry(dates.state, dates.waited_from):
        return None
    unanswered = dates.state is State.ENQUIRY_SENT and _passed(dates.due_on, dates.today[Party.STAFF])
    if unanswered or _passed(dates.enquiry_until, district):
        return DueAct(DueKind.EXPIRED, f"{dates.entered_on}", verb=Verb.EXPIRE)
    return None


def _passed(day: date | None, today: date) -> bool:
    return day is not None and too_late(day, today)


def _tell(kind: DueKind, event: Event, occasion: str, *to: Party) -> DueAct:
    return DueAct(kind, occasion, event=event, to=frozenset(to) or TELLINGS[event].to)


def _reminders(dates: Dates) -> Iterator[DueAct]:
    """A reminder on its day and on the last day; after that overdue, which the director learns too."""
    party = dates.waits_for
    if party is None or dates.due_on is None or dates.state is State.OFFERED:
        return
    today = dates.today[party]
    if too_late(dates.due_on, today):
        yield _tell(DueKind.OVERDUE, Event.CLOCK_OVERDUE, f"{dates.due_on}", party, Party.DIRECTOR)
        return
    if dates.state in _TOLD_BY_NAME and not _is_not_dated(dates):
        return
    for day in (dates.due_on, dates.remind_on):
        if day is not None and today >= day:
            yield _tell(DueKind.REMINDED, Event.CLOCK_REMINDER, f"{day}", party)
            return


def _is_not_dated(dates: Dates) -> bool:
    """Whether a seat was accepted without a start date."""
    return dates.state is State.ACCEPTED and dates.start_on is None


def _enquiry_ends(dates: Dates) -> Iterator[DueAct]:
    """The district is reminded on the last days of an enquiry that the program did answer."""
    if dates.state is State.ENQUIRY_SENT or not is_enquiry(dates.state, dates.waited_from):
        return
    ends = dates.enquiry_until
    if ends is not None and ends != dates.due_on:
        remind_on = ends - timedelta(days=min(HOLD_REMINDERS_DAYS))
        if dates.today[Party.COORDINATOR] >= remind_on:
            yield _tell(DueKind.REMINDED, Event.CLOCK_REMINDER, f"{ends}:ends", Party.COORDINATOR)


def _ending(day: date | None, days_before: tuple[int, ...], today: date, since: date | None) -> Iterator[str]:
    """The occasion of the nearest of several reminders before a day, if its time has come.

    A reminder whose time had come before it all began says nothing new.
    """
    if day is None:
        return
    for days in sorted(days_before):
        remind_on = day - timedelta(days=days)
        if today >= remind_on:
            if since is None or remind_on >= since:
                yield f"{day}:{days}"
            return


def _hold_ends(dates: Dates) -> Iterator[DueAct]:
    if dates.state is not State.OFFERED:
        return
    today = dates.today[Party.COORDINATOR]
    for occasion in _ending(dates.hold_until, HOLD_REMINDERS_DAYS, today, dates.entered_on):
        yield _tell(DueKind.HOLD_ENDING, Event.HOLD_ENDS_SOON, occasion)


def _disclosure_ends(dates: Dates) -> Iterator[DueAct]:
    if dates.state not in DISCLOSED and not (
        dates.state is State.WAITLISTED and not is_enquiry(dates.state, dates.waited_from)
    ):
        return
    today = dates.today[Party.COORDINATOR]
    for occasion in _ending(dates.disclosure_until, DISCLOSURE_REMINDERS_DAYS, today, None):
        yield _tell(DueKind.DISCLOSURE_ENDING, Event.DISCLOSURE_ENDS, occasion)


def _start(dates: Dates) -> Iterator[DueAct]:
    """The start date came; said with the enrollment for a day that had come already, nobody is told."""
    day, today = dates.start_on, dates.today[Party.COORDINATOR]
    if dates.state not in (State.ACCEPTED, State.ENROLLED) or day is None:
        return
    if dates.entered_on < day <= today <= day + timedelta(days=START_TOLD_DAYS):
        yield _tell(DueKind.STARTED, Event.START_REACHED, f"{day}")


def _reviews(dates: Dates) -> Iterator[DueAct]:
    if dates.state is not State.ENROLLED:
        return
    for name, day in (("monitor", dates.monitor_on), ("review", dates.review_on)):
        if day is not None and dates.today[Party.COORDINATOR] >= day:
            yield _tell(DueKind.REVIEW_DUE, Event.REVIEW_DUE, f"{name}:{day}")


def _return(dates: Dates) -> Iterator[DueAct]:
    day = dates.return_on
    if dates.state is State.RETURNING and day is not None and dates.today[Party.COORDINATOR] >= day:
        yield _tell(DueKind.RETURN_REACHED, Event.RETURN_REACHED, f"{day}")


# States whose day has an event of its own.
_TOLD_BY_NAME = frozenset({State.ACCEPTED, State.ENROLLED, State.RETURNING})
_TELLING: tuple[Callable[[Dates], Iterator[DueAct]], ...] = (
    _reminders,
    _enquiry_ends,
    _hold_ends,
    _disclosure_ends,
    _start,
    _reviews,
    _return,
)
