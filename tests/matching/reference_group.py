"""Slow reference of the room with the student in it: every possible age is put among those in the room."""

from datetime import date

from matching import NeedProfile, Policy, ProgramProfile, Room, Seats
from matching.policy import StateLimit


def span_answer(
    student: NeedProfile, program: ProgramProfile, room: Room | None, policy: Policy, today: date
) -> str | None:
    """Whether the group keeps the span of its state; None where that is not asked."""
    rule = _rule(policy, program.operator.state, max(student.start_on or today, today))
    seats, age, start = room.seats if room else None, student.age_months, student.start_on
    if rule is None or seats is None or not _ages_are_known(seats, policy, today):
        return None
    if age is not None and age.high < rule.least_age_months:
        return None
    if age is None:
        return "unknown"
    then, first = seats.confirmed_on, start or today
    older = 12 * (first.year - then.year) + first.month - then.month
    keeps = []
    for later in range(1 if start else 13):  # a start not known lies within a year
        for month in range(age.low, age.high + 1):
            in_room = [seats.youngest_months + older + later, seats.oldest_months + older + later]
            together = sorted([*in_room, month])
            keeps.append(month < rule.least_age_months or together[-1] - together[0] <= rule.limit)
    return "yes" if all(keeps) else "unknown" if any(keeps) else "no"


def _rule(policy: Policy, state: str, day: date) -> StateLimit | None:
    """The last age span of the state that began by the day."""
    begun = [
        one
        for one in policy.state_limits
        if (one.code, one.state) == ("age_span", state) and one.valid_from <= day
    ]
    return max(begun, key=lambda one: one.valid_from, default=None)


def _ages_are_known(seats: Seats, policy: Policy, today: date) -> bool:
    """Somebody is in the room, and both ages were confirmed no longer ago than seat facts count."""
    if seats.confirmed_on is None or (today - seats.confirmed_on).days > policy.seats_stale_days:
        return False
    return seats.enrolled > 0 and None not in (seats.youngest_months, seats.oldest_months)
