"""Value functions: one per criterion, whole numbers 0 to 1000 on fixed scales, a range where facts are open.

Every function gives two int32 arrays of shape (n_options,): the least and the most value that is possible.
The scales never look at the other options, so a program that opens or closes reorders nothing.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

import numpy as np

from matching.codes import FEATURES, NO, PEER_TIMES, YES, Ints
from matching.delivery import deliverable
from matching.gate import Asked
from matching.policy import VALUE_MAX, Policy
from matching.profiles import NO_RATIO_LIMIT, NeedProfile, ServiceNeed
from matching.support import support_values
from matching.vocabulary import Criterion, Dimension, Feature, Importance, PeerTime

Range = tuple[Ints, Ints]
SHARE_UNIT = 100


def service_values(asked: Asked) -> Range:
    """Share of the services asked for that can be delivered; a preferred one counts half."""
    wanted = asked.student.services
    n_options = len(asked.catalogue)
    if wanted is None:
        return _constant(n_options, 0), _constant(n_options, VALUE_MAX)
    if not wanted:
        return _constant(n_options, VALUE_MAX), _constant(n_options, VALUE_MAX)
    low, high = _constant(n_options, 0), _constant(n_options, 0)
    for need, share in zip(wanted, service_shares(wanted, asked.policy), strict=True):
        answers = deliverable(asked.catalogue, need)
        low += share * (answers == YES)
        high += share * (answers != NO)
    return low, high


def service_shares(wanted: Sequence[ServiceNeed], policy: Policy) -> list[int]:
    """Whole shares of 1000 for each service, by largest remainder; ties go to the earlier service."""
    parts = [
        SHARE_UNIT if need.importance is Importance.REQUIRED else policy.preferred_service_percent
        for need in wanted
    ]
    total = sum(parts)
    shares = [VALUE_MAX * part // total for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(VALUE_MAX * parts[i] % total), i))
    for i in by_remainder[: VALUE_MAX - sum(shares)]:
        shares[i] += 1
    return shares


def ratio_values(asked: Asked) -> Range:
    """Students per adult: full up to what is needed, nothing from three times that."""
    need, n_options = asked.student.students_per_adult, len(asked.catalogue)
    if need == NO_RATIO_LIMIT:
        return _constant(n_options, VALUE_MAX), _constant(n_options, VALUE_MAX)
    if need is None:
        return _constant(n_options, 0), _constant(n_options, VALUE_MAX)
    multiple, (students, adults) = asked.policy.ratio_zero_multiple, asked.catalogue.ratio
    known = students >= 0
    wanted, per = need.numerator * adults, need.denominator * students
    row = np.where(
        known, np.clip(VALUE_MAX * (multiple * wanted - per) // ((multiple - 1) * wanted), 0, 1000), 0
    )
    least = row.astype(np.int32)
    return least, np.where(known, least, VALUE_MAX)


def inclusion_values(asked: Asked) -> Range:
    """Time with peers without disabilities against what is wanted, and support for a return."""
    policy, catalogue = asked.policy, asked.catalogue
    step_down = catalogue.features[FEATURES.index(Feature.STEP_DOWN)]
    low, high = _peer_tables(tuple(policy.peer_points[time] for time in PeerTime), asked.student.peer_time)
    back = np.int32(policy.return_support_points)
    return (
        low[catalogue.peer_time] + back * (step_down == YES),
        high[catalogue.peer_time] + back * (step_down != NO),
    )


@lru_cache(maxsize=64)
def _peer_tables(points: tuple[int, ...], wanted: PeerTime | None) -> Range:
    """Least and most points by the place of the peer time offered; the last row stands for not known."""
    full = points[-1]
    wants = range(len(points)) if wanted is None else (PEER_TIMES.index(wanted),)
    cells = [[full - max(0, points[want] - given) for want in wants] for given in points]
    low = [min(row) for row in cells] + [min(map(min, cells))]
    high = [max(row) for row in cells] + [max(map(max, cells))]
    return np.array(low, np.int32), np.array(high, np.int32)


def ride_values(asked: Asked) -> Range:
    """The ride one way: full up to 20 minutes, nothing at the limit."""
    rides, policy = asked.rides, asked.policy
    limit = max(rides.limit_minutes, policy.ride_least_limit_minutes)
    unknown = rides.low < 0
    return (
        np.where(unknown, 0, ride_value(rides.high, limit, policy.ride_full_minutes)),
        np.where(unknown, VALUE_MAX, ride_value(rides.low, limit, policy.ride_full_minutes)),
    )


def ride_value(minutes: Ints, limit_minutes: int, full_minutes: int) -> Ints:
    """Value of a ride in minutes; falls in a straight line between the two anchors."""
    between = np.clip(minutes, full_minutes, limit_minutes)
    return VALUE_MAX * (limit_minutes - between) // (limit_minutes - full_minutes)


def start_values(asked: Asked) -> Range:
    """The first open seat against the needed date, as far as the age of the seat fact lets it count."""
    policy, catalogue, today = asked.policy, asked.catalogue, asked.today.toordinal()
    start = asked.student.start_on
    needed = today if start is None else start.toordinal()
    has_open, opening = catalogue.open_seats > 0, catalogue.next_opening
    days_late = np.where(has_open, 0, np.maximum(opening - needed, 0))
    value = start_value(days_late, policy.start_zero_days)
    dated = has_open | (opening >= 0)
    low = np.where(dated, value, 0)
    later_is_fine = ~has_open if start is None else np.zeros(len(catalogue), bool)
    high = np.where(dated & ~later_is_fine, value, VALUE_MAX)
    age = _seat_age_days(asked)
    low = np.where(age > policy.seats_ask_days, 0, low)
    high = np.where(age > policy.seats_stale_days, VALUE_MAX, high)
    return low, high


def first_seat_on(asked: Asked) -> Ints:
    """Ordinal of the first day with a seat, 0 for a seat open now; -1 where not known or too long ago."""
    catalogue = asked.catalogue
    first = np.where(catalogue.open_seats > 0, 0, catalogue.next_opening)
    return np.where(_seat_age_days(asked) > asked.policy.seats_stale_days, -1, first)


def _seat_age_days(asked: Asked) -> Ints:
    """Days since seats were confirmed; one more than counts at all where they never were."""
    confirmed, never = asked.catalogue.confirmed_on, asked.policy.seats_stale_days + 1
    return np.where(confirmed < 0, never, asked.today.toordinal() - confirmed)


def start_value(days_late: Ints, zero_days: int) -> Ints:
    """Value of a start some days after the needed date."""
    return VALUE_MAX * (zero_days - np.minimum(days_late, zero_days)) // zero_days


def preference_values(asked: Asked) -> Range:
    """The family's named options, first to third; all alike where none was named."""
    policy, named = asked.policy, asked.student.preferred_programs
    if not named:
        row = _constant(len(asked.catalogue), policy.preference_none_stated)
        return row, row
    row = _constant(len(asked.catalogue), policy.preference_not_named)
    last = len(policy.preference_points) - 1
    for place, key in reversed(list(enumerate(named))):
        index = asked.catalogue.programs_by_key.get(key)
        if index is not None:
            row[asked.catalogue.program_index == index] = policy.preference_points[min(place, last)]
    return row, row


def _constant(n_options: int, value: int) -> Ints:
    return np.full(n_options, value, np.int32)


@dataclass(frozen=True, slots=True)
class Scale:
    """How one criterion is valued, and everything besides the catalogue that this looks at.

    Students with one key share the values; a key of None shares nothing.
    """

    criterion: Criterion
    values: Callable[[Asked], Range]
    key: Callable[[Asked], Hashable]
    dimension: Dimension | None = None


def _support_scale(dimension: Dimension) -> Scale:
    def values(asked: Asked) -> Range:
        return support_values(asked, dimension, over_support_loss=asked.policy.over_support_loss)

    def key(asked: Asked) -> Hashable:
        return asked.student.level(dimension), _SUPPORT_NUMBERS(asked.policy)

    return Scale(Criterion(dimension.value), values, key, dimension)


_SUPPORT_NUMBERS = attrgetter("under_support_loss", "over_support_loss", "critical_need", "critical_gap")
_RIDE_NUMBERS = attrgetter("ride_least_limit_minutes", "ride_full_minutes")


def _inclusion_key(asked: Asked) -> Hashable:
    policy = asked.policy
    return asked.student.peer_time, policy.return_support_points, *policy.peer_points.items()


def _ride_key(asked: Asked) -> Hashable:
    return asked.rides.key and (asked.rides.key, _RIDE_NUMBERS(asked.policy))


SCALES: tuple[Scale, ...] = (
    Scale(
        Criterion.SERVICES, service_values, attrgetter("student.services", "policy.preferred_service_percent")
    ),
    *map(_support_scale, Dimension),
    Scale(
        Criterion.RATIO, ratio_values, attrgetter("student.students_per_adult", "policy.ratio_zero_multiple")
    ),
    Scale(Criterion.INCLUSION, inclusion_values, _inclusion_key),
    Scale(Criterion.RIDE, ride_values, _ride_key),
    Scale(
        Criterion.START,
        start_values,
        attrgetter(
            "student.start_on",
            "today",
            "policy.start_zero_days",
            "policy.seats_ask_days",
            "policy.seats_stale_days",
        ),
    ),
    Scale(
        Criterion.PREFERENCE,
        preference_values,
        attrgetter(
            "student.preferred_programs",
            "policy.preference_points",
            "policy.preference_not_named",
            "policy.preference_none_stated",
        ),
    ),
)


def need_fit_criteria(student: NeedProfile) -> list[tuple[Criterion, bool]]:
    """The criteria on which the student has a need, each with whether that is certain."""
    asked: list[tuple[Criterion, bool]] = []
    if student.services is None or student.services:
        asked.append((Criterion.SERVICES, student.services is not None))
    for dimension in Dimension:
        need = student.level(dimension)
        if need.high >= 1:
            asked.append((Criterion(dimension.value), need.low >= 1))
    if student.students_per_adult != NO_RATIO_LIMIT:
        asked.append((Criterion.RATIO, student.students_per_adult is not None))
    return asked
