"""Cost of a year to the paying district: parts, gross, and net of a state's reimbursement.

Cost never enters need fit or value; it orders options of practically equal value only.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.codes import NO, UNKNOWN, YES
from matching.gate import Asked
from matching.policy import Policy, Reimbursement, TransportRate
from matching.profiles import NeedProfile, Price
from matching.results import Cost, CostPart
from matching.travel import ROAD_MILES_PER_STRAIGHT_MILE
from matching.vocabulary import OneToOne, PlacementType, PriceItem, SummerNeed

JULY = 7
RIDES_PER_DAY = 2
TRANSPORT_ROUNDING_USD = 100
UNKNOWN_USD = -1
TRANSPORT = "transport"
Usd = NDArray[np.int64]
Prices = tuple[Sequence[Price | None], Sequence[Price | None]]


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: July to June, named by the year in which it ends."""
    return day.year + (day.month >= JULY)


def price_on(prices: tuple[Price, ...], item: PriceItem, day: date, *, member: bool) -> Price | None:
    """The price in force for members or for others; the latest where several hold."""
    holding = [
        price
        for price in prices
        if price.item is item and price.member in (None, member) and price.holds_on(day)
    ]
    return max(holding, key=lambda price: price.valid_from or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides a program's price for one student beside the membership of the district."""

    day: date
    tuition: PriceItem
    aide_percent: int
    summer: bool

    @property
    def items(self) -> list[tuple[PriceItem, int]]:
        """What is paid for, each with the percent of its price."""
        whole = [(self.tuition, 100)]
        if self.aide_percent:
            whole.append((PriceItem.AIDE, self.aide_percent))
        return [*whole, (PriceItem.SUMMER, 100)] if self.summer else whole

    @classmethod
    def of(cls, student: NeedProfile, policy: Policy, today: date) -> "Terms":
        """The terms of a student on the start date, or today where it is not known."""
        assessment = student.placement_type is PlacementType.ASSESSMENT_45_DAY
        aide = {OneToOne.FULL: 100, OneToOne.PART: policy.part_day_aide_percent}
        return cls(
            day=student.start_on or today,
            tuition=PriceItem.ASSESSMENT if assessment else PriceItem.TUITION,
            aide_percent=aide.get(student.one_to_one, 0) if student.one_to_one else 0,
            summer=student.summer in (SummerNeed.SUMMER, SummerNeed.FULL_YEAR),
        )


def gross_usd(asked: Asked) -> Usd:
    """Gross cost per option in USD a year; -1 where a part is not known."""
    return total_usd(program_usd(asked)[members(asked), np.arange(len(asked.catalogue))], ride_usd(asked))


def total_usd(programs: Usd, rides: Usd) -> Usd:
    """Both together; -1 where one is not known."""
    return np.where((programs < 0) | (rides < 0), UNKNOWN_USD, programs + rides)


def rounded_usd(usd: Usd, step: int) -> Usd:
    """To the nearest step, the half upwards; -1 stays -1."""
    return np.where(usd < 0, UNKNOWN_USD, (usd + step // 2) // step * step)


def members(asked: Asked) -> NDArray[np.int8]:
    """Whether the district is a member of the agency of each option, three-valued."""
    catalogue, district, day = asked.catalogue, asked.student.district, asked.student.start_on or asked.today

    def made() -> NDArray[np.int8]:
        return catalogue.by_operator(lambda agency: agency.is_member(district, day))

    known: NDArray[np.int8] = catalogue.remember(("members", district, day), made)
    return known


def program_usd(asked: Asked) -> Usd:
    """What the program charges without rides, shape (3, n_options): for no member, a member, not known."""
    catalogue, terms = asked.catalogue, Terms.of(asked.student, asked.policy, asked.today)

    def made() -> Usd:
        total = np.zeros((3, len(catalogue)), np.int64)
        for item, percent in terms.items:
            theirs, others = _prices_usd(catalogue, item, terms.day)
            settled = np.where(theirs == others, theirs, UNKNOWN_USD)
            usd = np.stack([others, theirs, settled])
            total = total_usd(total, np.where(usd < 0, UNKNOWN_USD, usd * percent // 100))
        return total

    usd: Usd = catalogue.remember(("usd", terms), made)
    return usd


def _prices_usd(catalogue: Catalogue, item: PriceItem, day: date) -> tuple[Usd, Usd]:
    """The price of an item for members and for others at each option; -1 where there is none."""

    def made() -> tuple[Usd, Usd]:
        usd = (
            np.array([UNKNOWN_USD if price is None else price.usd_per_year for price in prices], np.int64)
            for prices in _prices(catalogue, item, day)
        )
        members, others = (one[catalogue.program_index] for one in usd)
        return members, others

    found: tuple[Usd, Usd] = catalogue.remember(("prices usd", item, _period(catalogue, day)), made)
    return found


def _prices(catalogue: Catalogue, item: PriceItem, day: date) -> Prices:
    """The price of an item for members and for others of each program; None where there is none."""

    def made() -> Prices:
        members, others = (
            [price_on(program.prices, item, day, member=member) for program in catalogue.programs]
            for member in (True, False)
        )
        return members, others

    prices: Prices = catalogue.remember(("prices", item, _period(catalogue, day)), made)
    return prices


def _period(catalogue: Catalogue, day: date) -> int:
    """Days with one number have the same prices."""
    return bisect_right(catalogue.price_changes, day.toordinal())


def ride_usd(asked: Asked) -> Usd:
    """What a year of rides to each option costs; nothing where the policy has no price of rides."""
    rate, origin, miles = asked.policy.transport, asked.student.origin, asked.rides.miles

    def made() -> Usd:
        return np.zeros(len(miles), np.int64) if rate is None else transport_usd(miles, rate)

    usd: Usd = asked.catalogue.remember(("ride usd", rate, rate and origin), made)
    return usd


def transport_usd(miles: NDArray[np.float64], rate: TransportRate) -> NDArray[np.int64]:
    """A year of rides in USD to the nearest $100; -1 where the distance is not known."""
    known = ~np.isnan(miles)
    road = np.where(known, miles, 0.0) * ROAD_MILES_PER_STRAIGHT_MILE
    usd = rate.days * (rate.base_usd_per_day + rate.usd_per_mile * RIDES_PER_DAY * road)
    rounded = (np.round(usd / TRANSPORT_ROUNDING_USD) * TRANSPORT_ROUNDING_USD).astype(np.int64)
    return np.where(known, rounded, UNKNOWN_USD)


@dataclass(frozen=True, slots=True)
class Bill:
    """What a year costs one student, ready to be told of each option: items with their percent and prices.

    Students of one district and place with the same terms share what was told.
    """

    asked: Asked
    fiscal_year: int
    members: NDArray[np.int8]
    items: tuple[tuple[PriceItem, int, Prices], ...]
    told: dict[int, Cost]

    @classmethod
    def of(cls, asked: Asked) -> "Bill":
        """The bill of a student on the start date, or today where it is not known."""
        terms = Terms.of(asked.student, asked.policy, asked.today)
        items = ((item, percent, _prices(asked.catalogue, item, terms.day)) for item, percent in terms.items)
        student, rate, rules = asked.student, asked.policy.transport, asked.policy.reimbursements
        key = ("costs", terms, student.district, rate, rate and student.origin, rules)
        told = asked.catalogue.remember(key, dict)
        return cls(asked, fiscal_year(terms.day), members(asked), tuple(items), told)

    def cost(self, row: int) -> Cost:
        """The cost of one option with its parts."""
        if row not in self.told:
            self.told[row] = self._cost(row)
        return self.told[row]

    def _cost(self, row: int) -> Cost:
        option, policy = self.asked.catalogue.options[row], self.asked.policy
        index, is_member = option.program_index, IS_MEMBER[self.members.item(row)]
        parts, gross = _with_ride(self.asked, [_part(*item, index, is_member) for item in self.items], row)
        rule = policy.reimbursement(option.program.operator.state, self.fiscal_year)
        reimbursement = _reimbursement_usd(parts, gross, rule)
        member, other = (prices[index] for prices in self.items[0][2])
        return Cost(
            parts=parts,
            gross_usd=gross,
            reimbursement_usd=reimbursement,
            net_usd=None if gross is None or reimbursement is None else gross - reimbursement,
            is_member=is_member,
            tuition_member_usd=None if member is None else member.usd_per_year,
            tuition_other_usd=None if other is None else other.usd_per_year,
            fiscal_year=self.fiscal_year,
            example=any(one.example for one in (*parts, member, other) if one is not None),
        )


IS_MEMBER = {NO: False, YES: True, UNKNOWN: None}


def _with_ride(asked: Asked, parts: list[CostPart], row: int) -> tuple[tuple[CostPart, ...], int | None]:
    """The parts with that of the ride, and their sum; a ride that no policy prices is left out of the sum."""
    rate = asked.policy.transport
    if rate is None:
        return (*parts, _RIDE_NOT_PRICED), _sum(parts)
    usd = ride_usd(asked).item(row)
    whole = (*parts, CostPart(TRANSPORT, None if usd < 0 else usd, rate.example))
    return whole, _sum(whole)


_RIDE_NOT_PRICED = CostPart(TRANSPORT, None)


def _part(item: PriceItem, percent: int, prices: Prices, program_index: int, member: bool | None) -> CostPart:
    """One priced part; not known while membership is not and the two prices differ."""
    of_members, of_others = (side[program_index] for side in prices)
    if member is not None:
        of_members = of_others = of_members if member else of_others
    if of_members is None or of_others is None:
        return CostPart(item, None, any(one.example for one in (of_members, of_others) if one is not None))
    settled = of_members.usd_per_year == of_others.usd_per_year
    usd = of_members.usd_per_year * percent // 100 if settled else None
    return CostPart(item, usd, of_members.example or of_others.example)


def _reimbursement_usd(
    parts: Iterable[CostPart], gross: int | None, rule: Reimbursement | None
) -> int | None:
    if gross is None or rule is None or rule.threshold_usd is None:
        return None
    percent = {TRANSPORT: rule.transport_percent}
    eligible = sum((part.usd or 0) * percent.get(part.item, 100) // 100 for part in parts)
    return rule.rate_percent * max(0, eligible - rule.threshold_usd) // 100


def _sum(parts: Iterable[CostPart]) -> int | None:
    """The parts together; None where one is not known."""
    total = 0
    for part in parts:
        if part.usd is None:
            return None
        total += part.usd
    return total
