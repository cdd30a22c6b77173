"""Slow reference of the whole method, written from its text, not from the library: one option at a time.

Gates are in reference_gates, values and need fit in reference_values; here are cost, blocks, tiers and order.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from matching import NeedProfile, Policy, ProgramProfile
from matching.vocabulary import Criterion, OneToOne, PlacementType, PriceItem, Setting, SummerNeed
from tests.matching.reference_gates import Pair, gate_answers, verdict
from tests.matching.reference_values import Bounds, adequacy, fit_bounds, ride_minutes, value_bounds

TIERS = {
    Setting.IN_DISTRICT: 0,
    Setting.SEPARATE_CLASS: 1,
    Setting.COMMUNITY_TRANSITION: 1,
    Setting.PUBLIC_DAY: 2,
    Setting.PRIVATE_DAY: 3,
    Setting.RESIDENTIAL: 4,
    Setting.HOME_HOSPITAL: 5,
}
UNAPPROVED = 6


@dataclass(frozen=True)
class Judged:
    """One option with all that orders it."""

    pair: Pair
    gates: dict[str, str]
    values: dict[Criterion, Bounds]
    fit: tuple[Fraction, Fraction]

    @property
    def adequacy(self) -> str:
        """Adequate, open or not adequate."""
        return adequacy(self.pair, self.fit)

    @property
    def block(self) -> int:
        """1 eligible and adequate, 2 open, 3 to confirm, 4 not adequate, 5 not eligible."""
        if verdict(self.gates) == "not_eligible":
            return 5
        if self.adequacy == "not_adequate":
            return 4
        if verdict(self.gates) == "to_confirm":
            return 3
        return 1 if self.adequacy == "adequate" else 2

    @property
    def tier(self) -> int:
        """Least restrictive first; presumed approved by its own state only."""
        program, state = self.pair.program, self.pair.student.state
        elsewhere = state is not None and program.operator.state != state
        if program.approved is False or (program.approved is None and elsewhere):
            return UNAPPROVED
        if program.setting is None:
            return TIERS[self.pair.policy.unknown_public_setting] if program.operator.public else UNAPPROVED
        return TIERS[program.setting]

    def weighed(self, end: str) -> int:
        """S of the least, the middle or the most values."""
        pick = {"low": min, "high": max, "middle": lambda bounds: sum(bounds) // 2}[end]
        return sum(self.pair.policy.weights[c] * pick(bounds) for c, bounds in self.values.items())

    def key(self, seed: str) -> tuple:
        """What the order looks at before cost."""
        name = self.pair.program.key + (f"/{self.pair.room.key}" if self.pair.room else "")
        return (
            self.block,
            self.tier,
            -self.weighed("middle"),
            _first_seat(self.pair),
            sum(self.pair.ride) if self.pair.ride else math.inf,
            sum(low < high for low, high in self.values.values()),
            hashlib.sha256(f"{seed}\0{name}".encode()).digest(),
        )


def judged(
    student: NeedProfile, programs: Sequence[ProgramProfile], policy: Policy, today: date
) -> Iterator[Judged]:
    """Every option: each room, or a program whose rooms are not known."""
    for program in programs:
        for room in program.rooms or [None]:
            named = [site for site in program.sites if room and site.key == room.site]
            site = named[0] if named else program.sites[0] if program.sites else None
            ride = ride_minutes(student, program, site, policy)
            pair = Pair(student, program, room, site, policy, today, ride)
            values = value_bounds(pair)
            yield Judged(pair, gate_answers(pair), values, fit_bounds(pair, values))


def bands(ordered: list[Judged]) -> list[list[Judged]]:
    """Options of one block and tier, each less than delta below the best of its band."""
    found: list[list[Judged]] = []
    for one in ordered:
        if found:
            best, delta = found[-1][0], one.pair.policy.cost_delta * 4096
            same = (best.block, best.tier) == (one.block, one.tier)
            if same and best.weighed("middle") - one.weighed("middle") < delta:
                found[-1].append(one)
                continue
        found.append([one])
    return found


def order(options: list[Judged], seed: str) -> list[Judged]:
    """The order of options: known costs sorted among their places in each band."""
    placed: list[Judged] = []
    for band in bands(sorted(options, key=lambda one: one.key(seed))):
        priced = iter(sorted((one for one in band if _rounded(one) is not None), key=_rounded))
        placed += [one if _rounded(one) is None else next(priced) for one in band]
    return placed


def best_rooms(placed: list[Judged]) -> list[Judged]:
    """Each program once, at the place of its best room."""
    first: dict[str, Judged] = {}
    for one in placed:
        first.setdefault(one.pair.program.key, one)
    return list(first.values())


def _first_seat(pair: Pair) -> float:
    seats = pair.room.seats if pair.room else None
    if seats is None or seats.confirmed_on is None:
        return math.inf
    if (pair.today - seats.confirmed_on).days > pair.policy.seats_stale_days:
        return math.inf
    if seats.licensed > seats.enrolled + seats.held:
        return 0
    month = seats.confirmed_on.replace(day=1)
    return min((one.on.toordinal() for one in seats.openings if one.on >= month), default=math.inf)


def gross_usd(pair: Pair) -> int | None:
    """Tuition, aide and summer by membership on the start date; None where a part is not known."""
    student = pair.student
    assessed = student.placement_type is PlacementType.ASSESSMENT_45_DAY
    wanted = [(PriceItem.ASSESSMENT if assessed else PriceItem.TUITION, 100)]
    if student.one_to_one in (OneToOne.FULL, OneToOne.PART):
        full = student.one_to_one is OneToOne.FULL
        wanted.append((PriceItem.AIDE, 100 if full else pair.policy.part_day_aide_percent))
    if student.summer in (SummerNeed.SUMMER, SummerNeed.FULL_YEAR):
        wanted.append((PriceItem.SUMMER, 100))
    parts = [_part(pair, item, percent) for item, percent in wanted]
    return None if None in parts else sum(parts)


def _part(pair: Pair, item: PriceItem, percent: int) -> int | None:
    day = pair.student.start_on or pair.today
    member = pair.program.operator.is_member(pair.student.district, day)
    amounts = set()
    for audience in (True, False) if member is None else (member,):
        holding = [
            price.usd_per_year
            for price in pair.program.prices
            if price.item is item
            and price.member in (None, audience)
            and (price.valid_to is None or day <= price.valid_to)
        ]
        amounts.add(holding[0] if holding else None)
    return None if len(amounts) > 1 or None in amounts else amounts.pop() * percent // 100


def _rounded(one: Judged) -> int | None:
    gross, step = gross_usd(one.pair), one.pair.policy.cost_rounding_usd
    return None if gross is None else math.floor(Fraction(gross, step) + Fraction(1, 2)) * step
