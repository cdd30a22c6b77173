"""Slow reference of values and need fit, written from the method's text: loops and Fractions."""

import itertools
import math
from collections.abc import Iterable
from fractions import Fraction

from matching import NO_RATIO_LIMIT, Interval, NeedProfile, Place, Policy, ProgramProfile, Site
from matching.vocabulary import Criterion, Dimension, Feature, Importance, PeerTime
from tests.matching.reference_gates import Pair, deliverable

ANYTHING = (0, 1000)
Bounds = tuple[int, int]


def _clipped(value: Fraction | int) -> int:
    return max(0, min(1000, math.floor(value)))


def _ends(values: Iterable[int]) -> Bounds:
    listed = list(values)
    return min(listed), max(listed)


def value_bounds(pair: Pair) -> dict[Criterion, Bounds]:
    """Least and most value of every criterion."""
    policy = pair.policy
    found = {Criterion.SERVICES: _services(pair)}
    for dimension in Dimension:
        need, offer = pair.student.level(dimension), pair.program.level(dimension)
        values = (
            _support(n, o, policy.under_support_loss, policy.over_support_loss)
            for n, o in itertools.product(_span(need), _span(offer))
        )
        found[Criterion(dimension.value)] = _ends(values)
    found[Criterion.RATIO] = _ratio(pair)
    found[Criterion.INCLUSION] = _inclusion(pair)
    found[Criterion.RIDE] = _ride(pair)
    found[Criterion.START] = _start(pair)
    found[Criterion.PREFERENCE] = (_preference(pair),) * 2
    return found


def _span(levels: Interval) -> range:
    return range(levels.low, levels.high + 1)


def _support(need: int, offer: int, under: int, over: int) -> int:
    return _clipped(1000 - under * max(0, need - offer) - over * max(0, offer - need))


def shares(pair: Pair) -> list[int]:
    """Whole shares of 1000 by largest remainder, in the order of the services."""
    half = Fraction(pair.policy.preferred_service_percent, 100)
    parts = [Fraction(1) if n.importance is Importance.REQUIRED else half for n in pair.student.services]
    exact = [1000 * part / sum(parts) for part in parts]
    whole = [math.floor(share) for share in exact]
    for place in sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))[: 1000 - sum(whole)]:
        whole[place] += 1
    return whole


def _services(pair: Pair) -> Bounds:
    if pair.student.services is None:
        return ANYTHING
    if not pair.student.services:
        return (1000, 1000)
    answers = [deliverable(need, pair.program) for need in pair.student.services]
    each = list(zip(shares(pair), answers, strict=True))
    return sum(s for s, a in each if a == "yes"), sum(s for s, a in each if a != "no")


def _ratio(pair: Pair) -> Bounds:
    need = pair.student.students_per_adult
    offered = (pair.room and pair.room.students_per_adult) or pair.program.students_per_adult
    if need == NO_RATIO_LIMIT:
        return (1000, 1000)
    if need is None or offered is None:
        return ANYTHING
    zero = pair.policy.ratio_zero_multiple * need
    return (_clipped(1000 * (zero - offered) / (zero - need)),) * 2


def _inclusion(pair: Pair) -> Bounds:
    points = pair.policy.peer_points
    wanted = [pair.student.peer_time] if pair.student.peer_time else list(PeerTime)
    given = [pair.program.peer_time] if pair.program.peer_time else list(PeerTime)
    back = {True: [1], False: [0], None: [0, 1]}[pair.program.features.get(Feature.STEP_DOWN)]
    return _ends(
        max(points.values()) - max(0, points[w] - points[g]) + b * pair.policy.return_support_points
        for w, g, b in itertools.product(wanted, given, back)
    )


def ride_minutes(
    student: NeedProfile, program: ProgramProfile, site: Site | None, policy: Policy
) -> tuple[int, int] | None:
    """Entered minutes of the site or the program's first site, else 0.8 to 1.6 of the estimate."""
    entered = student.ride_minutes.get(f"{program.key}/{site.key}") if site else None
    if entered is None and (site is None or site is program.sites[0]):
        entered = student.ride_minutes.get(program.key)
    if entered is not None:
        return entered, entered
    if student.origin is None or site is None or site.place is None:
        return None
    likely = policy.ride_base_minutes + policy.ride_minutes_per_mile * _miles(student.origin, site.place)
    return math.floor(likely * policy.ride_low_share), math.ceil(likely * policy.ride_high_share)


def _miles(one: Place, other: Place) -> float:
    here, there = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude) - math.radians(one.longitude)
    chord = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
    return 2 * 3958.8 * math.asin(math.sqrt(chord))


def _ride(pair: Pair) -> Bounds:
    if pair.ride is None:
        return ANYTHING
    full, limit = pair.policy.ride_full_minutes, max(30, pair.ride_limit)
    return _ends(_clipped(Fraction(1000 * (limit - minutes), limit - full)) for minutes in pair.ride)


def _start(pair: Pair) -> Bounds:
    seats = pair.room.seats if pair.room else None
    if seats is None or seats.confirmed_on is None:
        return ANYTHING
    age = (pair.today - seats.confirmed_on).days
    low, high = _start_if_current(pair, seats)
    if age > pair.policy.seats_stale_days:
        return ANYTHING
    return (0, high) if age > pair.policy.seats_ask_days else (low, high)


def _start_if_current(pair: Pair, seats) -> Bounds:
    if seats.licensed - seats.enrolled - seats.held > 0:
        return (1000, 1000)
    month = (seats.confirmed_on.year, seats.confirmed_on.month)
    expected = [one.on for one in seats.openings if (one.on.year, one.on.month) >= month]
    if not expected:
        return ANYTHING
    needed = pair.student.start_on or pair.today
    zero = pair.policy.start_zero_days
    value = _clipped(Fraction(1000 * (zero - max(0, (min(expected) - needed).days)), zero))
    return value, value if pair.student.start_on else 1000


def _preference(pair: Pair) -> int:
    named, policy = pair.student.preferred_programs, pair.policy
    if not named:
        return policy.preference_none_stated
    if pair.program.key not in named:
        return policy.preference_not_named
    return policy.preference_points[named.index(pair.program.key)]


def fit_bounds(pair: Pair, values: dict[Criterion, Bounds]) -> tuple[Fraction, Fraction]:
    """Exact least and most need fit: over every way in which uncertain needs count or do not."""
    return _extreme(pair, values, least=True), _extreme(pair, values, least=False)


def _extreme(pair: Pair, values: dict[Criterion, Bounds], *, least: bool) -> Fraction:
    choices = [*_supports_counted(pair, least=least)]
    services, ratio = pair.student.services, pair.student.students_per_adult
    end = 0 if least else 1
    if services is None or services:
        counted = (pair.policy.weights[Criterion.SERVICES], values[Criterion.SERVICES][end])
        choices.append([counted, None] if services is None else [counted])
    if ratio != NO_RATIO_LIMIT:
        counted = (pair.policy.weights[Criterion.RATIO], values[Criterion.RATIO][end])
        choices.append([counted, None] if ratio is None else [counted])
    means = [_mean([one for one in chosen if one]) for chosen in itertools.product(*choices)]
    return min(means) if least else max(means)


def _supports_counted(pair: Pair, *, least: bool) -> Iterable[list[tuple[int, int] | None]]:
    for dimension in Dimension:
        need, offer = pair.student.level(dimension), pair.program.level(dimension)
        values = [
            _support(n, o, pair.policy.under_support_loss, 0)
            for n, o in itertools.product(_span(need), _span(offer))
            if n >= 1
        ]
        if not values:
            yield [None]
            continue
        counted = (pair.policy.weights[Criterion(dimension.value)], min(values) if least else max(values))
        yield [counted, None] if need.low == 0 else [counted]


def _mean(counted: list[tuple[int, int]]) -> Fraction:
    if not counted:
        return Fraction(1000)
    return Fraction(sum(w * v for w, v in counted), sum(w for w, _ in counted))


def gaps(pair: Pair) -> tuple[bool, bool]:
    """Whether a critical gap is certain, and whether one is possible."""
    certain = possible = False
    for dimension in Dimension:
        need, offer = pair.student.level(dimension), pair.program.level(dimension)
        found = [
            n >= pair.policy.critical_need and n - o >= pair.policy.critical_gap
            for n, o in itertools.product(_span(need), _span(offer))
        ]
        certain, possible = certain or all(found), possible or any(found)
    return certain, possible


def adequacy(pair: Pair, fit: tuple[Fraction, Fraction]) -> str:
    """Adequate, open or not adequate, from exact bounds."""
    certain, possible = gaps(pair)
    if fit[1] < pair.policy.need_fit_threshold or certain:
        return "not_adequate"
    return "adequate" if fit[0] >= pair.policy.need_fit_threshold and not possible else "open"
