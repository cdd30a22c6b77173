"""What a move writes into the row of a referral: its state, its dates, who must act next and by when."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from referral.models.referrals import Referral
from referral.queries.referrals import Standing
from referral.queries.students import answers_of
from referral.rules.disclosure import packet_answers
from referral.rules.due_acts import is_enquiry
from referral.rules.referrals import ENDED, Party, State, Verb
from referral.rules.released import packet_facts
from referral.rules.state_clocks import (
    ENQUIRY_LEAST_DAYS,
    ENQUIRY_LIMIT_DAYS,
    STATE_CLOCKS,
    ClockName,
    day_after,
)
from referral.rules.terms import Terms

COLUMNS_SAID = ("visit_on", "hold_until", "start_on", "return_on")


def facts_said(terms: Terms) -> dict[str, Any]:
    """The codes and dates that were said, for the row of the move; words are kept apart."""
    said = {name: value for name, value in asdict(terms).items() if value and name not in ("note", "reason")}
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def write_state(
    row: Referral, before: State, after: State, verb: Verb, terms: Terms, today: date, now: datetime
) -> None:
    """The state, where it came from, what was said with it, and what was sent."""
    if verb is Verb.DISCLOSE:  # first: it reads the profile, and no half written state may be flushed before
        row.released = packet_facts(row.released or {}, packet_answers(answers_of(row.profile_version)))
    row.state = after.value
    if verb is Verb.ACKNOWLEDGE or before is State.ENQUIRY_SENT:
        row.acknowledged_at = row.acknowledged_at or now
    for name in COLUMNS_SAID:
        said = getattr(terms, name)
        if said is not None:
            setattr(row, name, said)
    if before is not after:
        row.entered_at = now
        _write_ends(row, before, after, today)
        _write_waiting(row, before, after, now)


def _write_ends(row: Referral, before: State, after: State, today: date) -> None:
    if after in ENDED:
        row.ended_from, row.ended_on = before.value, today
    elif before in ENDED:
        row.ended_from, row.ended_on, row.closed_by_id = None, None, None


def _write_waiting(row: Referral, before: State, after: State, now: datetime) -> None:
    if after is State.WAITLISTED:
        row.waited_from = _back_to(row, before)
        row.waiting_since = now
    elif after not in ENDED:
        row.waiting_since, row.waited_from = None, None


def _back_to(row: Referral, before: State) -> str:
    """Where the waiting list leads back to; an offer that is gone leads back to the packet."""
    if before in ENDED:
        return row.waited_from or State.PACKET_SENT.value
    return before.value


def write_dates(found: Standing, verb: Verb, today: date, now: datetime) -> None:
    """Who must act next, by when, and when they are reminded, in their own calendar."""
    row, state = found.row, State(found.row.state)
    row.remind_on = None
    if verb is Verb.ACKNOWLEDGE:  # read is not answered: the day of the answer stays
        return
    _limit_enquiry(row, state, verb, found.today(Party.COORDINATOR, now))
    dated = _DATED.get(state)
    if dated is not None:
        row.waits_for, row.due_on = Party.COORDINATOR.value, dated(found, verb, today)
    elif state in STATE_CLOCKS:
        _start_clock(found, state, now)
        _keep_within_limit(row, verb)
    elif verb is Verb.ASK_SECOND_LOOK:
        row.waits_for = Party.STAFF.value
        row.due_on = _day(found, Party.STAFF, ClockName.SECOND_LOOK, found.today(Party.STAFF, now))
    else:
        row.waits_for = row.due_on = None


def _start_clock(found: Standing, state: State, now: datetime) -> None:
    row, clock = found.row, STATE_CLOCKS[state]
    begins = found.today(clock.waits_for, now)
    if state is State.VISIT and row.visit_on is not None:
        begins = max(begins, row.visit_on)
    row.waits_for = clock.waits_for.value
    row.due_on = _day(found, clock.waits_for, clock.due, begins)
    if clock.remind is not None:
        row.remind_on = _day(found, clock.waits_for, clock.remind, begins)


def _limit_enquiry(row: Referral, state: State, verb: Verb, today: date) -> None:
    """The last day of a mere enquiry: anew when sent or reopened; a place in line leaves a few days."""
    if not is_enquiry(state, State(row.waited_from) if row.waited_from else None):
        row.enquiry_until = None
    elif verb in (Verb.APPROVE, Verb.REOPEN) or row.enquiry_until is None:
        row.enquiry_until = today + timedelta(days=ENQUIRY_LIMIT_DAYS)
    elif verb in (Verb.WAITLIST, Verb.RESUME):
        row.enquiry_until = max(row.enquiry_until, today + timedelta(days=ENQUIRY_LEAST_DAYS))


def _keep_within_limit(row: Referral, verb: Verb) -> None:
    """A confirmed wait moves the limit to the next confirmation; otherwise nothing is due after the limit."""
    if row.enquiry_until is None or row.due_on is None:
        return
    if verb is Verb.RECONFIRM:
        row.enquiry_until = row.due_on
    row.due_on = min(row.due_on, row.enquiry_until)


def _day(found: Standing, party: Party, name: ClockName, since: date) -> date:
    place = found.row.collaborative if party is Party.STAFF else found.row.district
    settings = found.settings_for(party)
    return day_after(name, since, settings.calendar(place.state), settings.clock_days)


def _hold(found: Standing, _verb: Verb, _today: date) -> date | None:
    return found.row.hold_until


def _start(found: Standing, _verb: Verb, today: date) -> date:
    """The start date; until one is agreed, a day by which to enroll, or the seat would be held unseen."""
    return found.row.start_on or _day(found, Party.COORDINATOR, ClockName.ENROLL, today)


def _monitoring(found: Standing, verb: Verb, today: date) -> date | None:
    """The nearer of the next monitoring and the next annual review."""
    row = found.row
    begins = max(row.start_on or today, today)
    if row.monitor_on is None or verb is Verb.MONITOR:
        row.monitor_on = _day(found, Party.COORDINATOR, ClockName.MONITOR, begins)
    if row.review_on is None or verb is Verb.REVIEW:
        row.review_on = _day(found, Party.COORDINATOR, ClockName.REVIEW, begins)
    return min(row.monitor_on, row.review_on)


def _return(found: Standing, _verb: Verb, _today: date) -> date | None:
    return found.row.return_on


_DATED: Mapping[State, Callable[[Standing, Verb, date], date | None]] = {
    State.OFFERED: _hold,
    State.ACCEPTED: _start,
    State.ENROLLED: _monitoring,
    State.RETURNING: _return,
}
