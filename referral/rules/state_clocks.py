"""How long a referral may stay in a state: who must act, when they are reminded, and what ends it.

Counts are working days of the organization that must act, unless they say calendar days. Each is a setting of
that organization (`Settings.clock_days`); these are the defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from referral.rules.calendars import Calendar
from referral.rules.referrals import Party, State, Verb


class ClockName(Enum):
    """A count of days that an organization may set."""

    APPROVAL_REMIND = "approval_remind"
    ACKNOWLEDGE = "acknowledge"
    ENQUIRY_EXPIRE = "enquiry_expire"
    DISCLOSE_REMIND = "disclose_remind"
    DECIDE = "decide"
    ANSWER_REMIND = "answer_remind"
    RECONFIRM = "reconfirm"
    ENROLL = "enroll"
    HOLD = "hold"
    SECOND_LOOK = "second_look"
    MONITOR = "monitor"
    REVIEW = "review"


DEFAULT_DAYS: Mapping[ClockName, int] = {
    ClockName.APPROVAL_REMIND: 2,
    ClockName.ACKNOWLEDGE: 3,
    ClockName.ENQUIRY_EXPIRE: 10,
    ClockName.DISCLOSE_REMIND: 5,
    ClockName.DECIDE: 10,
    ClockName.ANSWER_REMIND: 5,
    ClockName.RECONFIRM: 30,
    ClockName.ENROLL: 10,
    ClockName.HOLD: 30,
    ClockName.SECOND_LOOK: 5,
    ClockName.MONITOR: 90,
    ClockName.REVIEW: 365,
}
CALENDAR_DAYS = frozenset({ClockName.RECONFIRM, ClockName.HOLD, ClockName.MONITOR, ClockName.REVIEW})
MOST_DAYS = 400
HOLD_REMINDERS_DAYS = (10, 3)
DISCLOSURE_REMINDERS_DAYS = (30, 7)
# Calendar days for which a mere enquiry may be out, and the least that a place in line leaves of them.
ENQUIRY_LIMIT_DAYS = 30
ENQUIRY_LEAST_DAYS = 5
REOPEN_DAYS = 30
UNDO_DAYS = 30


@dataclass(frozen=True)
class StateClock:
    """Who must act in a state, by when, and the verb the clock says when nobody did."""

    waits_for: Party
    due: ClockName
    remind: ClockName | None = None
    then: Verb | None = None


STATE_CLOCKS: Mapping[State, StateClock] = {
    State.AWAITING_APPROVAL: StateClock(Party.DIRECTOR, ClockName.APPROVAL_REMIND),
    State.ENQUIRY_SENT: StateClock(
        Party.STAFF, ClockName.ENQUIRY_EXPIRE, remind=ClockName.ACKNOWLEDGE, then=Verb.EXPIRE
    ),
    State.INTERESTED: StateClock(Party.COORDINATOR, ClockName.DISCLOSE_REMIND),
    State.PACKET_SENT: StateClock(Party.STAFF, ClockName.DECIDE),
    State.INFORMATION_REQUESTED: StateClock(Party.COORDINATOR, ClockName.ANSWER_REMIND),
    State.VISIT: StateClock(Party.STAFF, ClockName.DECIDE),
    State.WAITLISTED: StateClock(Party.COORDINATOR, ClockName.RECONFIRM),
    State.OFFERED: StateClock(Party.COORDINATOR, ClockName.HOLD, then=Verb.LAPSE),
}

# Whose setting each count is: the party that acts, or that names the day.
CLOCKS_OF: Mapping[Party, tuple[ClockName, ...]] = {
    Party.STAFF: (
        ClockName.ACKNOWLEDGE,
        ClockName.ENQUIRY_EXPIRE,
        ClockName.DECIDE,
        ClockName.HOLD,
        ClockName.SECOND_LOOK,
    ),
    Party.COORDINATOR: (
        ClockName.APPROVAL_REMIND,
        ClockName.DISCLOSE_REMIND,
        ClockName.ANSWER_REMIND,
        ClockName.RECONFIRM,
        ClockName.ENROLL,
        ClockName.MONITOR,
        ClockName.REVIEW,
    ),
}


def day_after(
    name: ClockName, since: date, calendar: Calendar, days: Mapping[str, int] | None = None
) -> date:
    """The last day of a clock that began on a day: an act on it is in time, the next day is too late."""
    count = (days or {}).get(name.value, DEFAULT_DAYS[name])
    if name in CALENDAR_DAYS:
        return since + timedelta(days=count)
    return calendar.after(since, count)


def too_late(due_on: date, today: date) -> bool:
    """Whether a due day has passed; the day itself is still in time."""
    return today > due_on


def within(days: int, since: date, today: date) -> bool:
    """Whether no more than so many calendar days have gone by; the last day counts."""
    return (today - since).days <= days
