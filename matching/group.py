"""The room with the student in it: the ages of its group, a gate.

Ages are compared by month of birth, so a group keeps its span while it grows older: the ages in a room are of
the day they were confirmed, a student's age is of the start. Source of the rule: the policy's state limits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching.codes import MONTHS_PER_YEAR, NO, NOT_ASKED, UNKNOWN, YES, Bytes, Ints
from matching.gate import Asked, Facts, Gate, shared_by
from matching.intervals import Interval
from matching.options import Option
from matching.policy import Policy
from matching.rooms import Seats
from matching.state_limits import StateLimit
from matching.vocabulary import Asks, ChangeBy

NO_LIMIT = -1
NOBODY_BORN = -1


@dataclass(frozen=True, slots=True)
class Groups:
    """Month of birth of each room's oldest and youngest student; -1 where nothing is asked of the room."""

    oldest: Ints
    youngest: Ints

    @property
    def known(self) -> NDArray[np.bool_]:
        """Whether the ages in the room are known."""
        known: NDArray[np.bool_] = self.oldest != NOBODY_BORN
        return known


@shared_by(
    lambda asked: (
        *attrgetter("student.age_months", "student.start_on", "today", "policy.seats_stale_days")(asked),
        *asked.state_limits.spans.values(),
    )
)
def age_span(asked: Asked) -> Iterator[Gate]:
    """With the student in it, the ages in the room lie within the span that its state allows.

    Asked only of rooms whose ages are known: of the others the program is presumed to keep the rule.
    """
    limits = span_limits(asked)
    if not limits:
        return
    groups = _groups(asked)
    if not groups.known.any():
        return
    limit, least = _limits(asked, limits)
    is_asked = groups.known & (limit != NO_LIMIT)
    if asked.student.age_months is not None:
        is_asked &= asked.student.age_months.high >= least
    if is_asked.any():
        answers = np.where(is_asked, _answers(asked, groups, limit, least), np.int8(NOT_ASKED))
        yield Gate("age_span", answers, Asks.TEAM, ChangeBy.STATE, _facts_of(asked, limits))


def span_limits(asked: Asked) -> Mapping[str, StateLimit]:
    """The age span that each state allows on the first day; a state without one is not there."""
    return asked.state_limits.spans


def asks_ages(asked: Asked, option: Option) -> bool:
    """Whether to ask the program for the ages in its room: they matter, and are not known or too old."""
    limit = asked.state_limits.spans.get(option.program.operator.state)
    age = asked.student.age_months
    if limit is None or (age is not None and age.high < limit.least_age_months):
        return False
    seats = counted_seats(option, asked.policy, asked.today)
    is_empty = seats is not None and seats.enrolled == 0
    return not is_empty and _births(option, asked.policy, asked.today) is None


def counted_seats(option: Option, policy: Policy, today: date) -> Seats | None:
    """The seats of an option's room as long as they say something: as for a seat fact, 90 days."""
    seats = option.room.seats if option.room else None
    if seats is None or seats.confirmed_on is None:
        return None
    return seats if (today - seats.confirmed_on).days <= policy.seats_stale_days else None


def _month(day: date) -> int:
    return day.year * MONTHS_PER_YEAR + day.month - 1


def _births(option: Option, policy: Policy, today: date) -> tuple[int, int] | None:
    """Months of birth of the oldest and the youngest; None where not known, or nobody is in the room."""
    seats = counted_seats(option, policy, today)
    if seats is None or seats.confirmed_on is None or seats.enrolled == 0:
        return None
    if seats.oldest_months is None or seats.youngest_months is None:
        return None
    month = _month(seats.confirmed_on)
    return month - seats.oldest_months, month - seats.youngest_months


def _groups(asked: Asked) -> Groups:
    catalogue, policy, today = asked.catalogue, asked.policy, asked.today

    def made() -> Groups:
        births = [_births(option, policy, today) for option in catalogue.options]
        return Groups(
            oldest=catalogue.ints(NOBODY_BORN if one is None else one[0] for one in births),
            youngest=catalogue.ints(NOBODY_BORN if one is None else one[1] for one in births),
        )

    groups: Groups = catalogue.remember(("groups", today, policy.seats_stale_days), made)
    return groups


def _limits(asked: Asked, limits: Mapping[str, StateLimit]) -> tuple[Ints, Ints]:
    """The span in months and the least age bound for each option; -1 where its state has none."""
    catalogue = asked.catalogue

    def made() -> tuple[Ints, Ints]:
        states = [limits.get(option.program.operator.state) for option in catalogue.options]
        return (
            catalogue.ints(NO_LIMIT if one is None else one.limit for one in states),
            catalogue.ints(0 if one is None else one.least_age_months for one in states),
        )

    found: tuple[Ints, Ints] = catalogue.remember(("span limits", *limits.values()), made)
    return found


def _answers(asked: Asked, groups: Groups, limit: Ints, least: Ints) -> Bytes:
    """Yes where every possible age passes, no where none does; under the least age all pass."""
    age, starts = asked.student.age_months, _start_months(asked)
    answers = np.full(len(limit), UNKNOWN, np.int8)
    if age is None:
        return answers
    first, last = starts.low - age.high, starts.high - np.maximum(age.low, least)
    widest = np.maximum(_span(groups, first), _span(groups, last))
    narrowest = _span(groups, np.clip(groups.oldest, first, last))
    answers[widest <= limit] = YES
    answers[(narrowest > limit) & (age.low >= least)] = NO
    return answers


def _start_months(asked: Asked) -> Interval:
    """The month of the start; one that is not known is presumed to lie within a year from today."""
    if asked.student.start_on is not None:
        return Interval(_month(asked.student.start_on), _month(asked.student.start_on))
    return Interval(_month(asked.today), _month(asked.today) + MONTHS_PER_YEAR)


def _span(groups: Groups, birth: Ints | int) -> Ints:
    """Months between the youngest and the oldest once a student born in that month is in the room."""
    span: Ints = np.maximum(groups.youngest, birth) - np.minimum(groups.oldest, birth)
    return span


def _facts_of(asked: Asked, limits: Mapping[str, StateLimit]) -> Callable[[Option], Facts]:
    """The limit, and where all is known the span with the student and the ages in the room at the start."""
    policy, today = asked.policy, asked.today
    age, start = asked.student.age_months, asked.student.start_on

    def facts(option: Option) -> Facts:
        limit, births = limits[option.program.operator.state], _births(option, policy, today)
        said: dict[str, int | str | None] = {"limit_months": limit.limit, "source": limit.source}
        if births is None or start is None:
            return said
        oldest, youngest = (_month(start) - month for month in births)
        said |= {"youngest_months": youngest, "oldest_months": oldest}
        if age is not None and age.known:
            said["span_months"] = max(oldest, age.low) - min(youngest, age.low)
        return said

    return facts
