"""Cost of a year to the paying district: parts, gross, and net of a state's reimbursement.

Cost never enters need fit or value; it orders options of practically equal value only.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.gate import Asked
from matching.policy import Policy, TransportRate
from matching.profiles import NeedProfile, Price, ProgramProfile
from matching.results import Cost, CostPart
from matching.travel import ROAD_MILES_PER_STRAIGHT_MILE
from matching.vocabulary import OneToOne, PlacementType, PriceItem, SummerNeed

JULY = 7
RIDES_PER_DAY = 2
TRANSPORT_ROUNDING_USD = 100
UNKNOWN_USD = -1
TRANSPORT = "transport"


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
    """What decides a program's price for one student."""

    district: str | None
    day: date
    tuition: PriceItem
    aide_percent: int
    summer: bool

    @classmethod
    def of(cls, student: NeedProfile, policy: Policy, today: date) -> "Terms":
        """The terms of a student on the start date, or today where it is not known."""
        assessment = student.placement_type is PlacementType.ASSESSMENT_45_DAY
        aide = {OneToOne.FULL: 100, OneToOne.PART: policy.part_day_aide_percent}
        return cls(
            district=student.district,
            day=student.start_on or today,
            tuition=PriceItem.ASSESSMENT if assessment else PriceItem.TUITION,
            aide_percent=aide.get(student.one_to_one, 0) if student.one_to_one else 0,
            summer=student.summer in (SummerNeed.SUMMER, SummerNeed.FULL_YEAR),
        )


def gross_usd(asked: Asked) -> NDArray[np.int64]:
    """Gross cost per option in USD a year; -1 where a part is not known."""
    terms = Terms.of(asked.student, asked.policy, asked.today)

    def made() -> NDArray[np.int64]:
        return _program_usd(asked.catalogue, terms)

    gross: NDArray[np.int64] = asked.catalogue.remember(("cost", terms), made)
    rate = asked.policy.transport
    if rate is None:
        return gross
    rides = transport_usd(asked.rides.miles, rate)
    return np.where((gross < 0) | (rides < 0), UNKNOWN_USD, gross + rides)


def _program_usd(catalogue: Catalogue, terms: Terms) -> NDArray[np.int64]:
    by_program = [_sum([part.usd for part in _parts(program, terms)]) for program in catalogue.programs]
    known = np.array([UNKNOWN_USD if usd is None else usd for usd in by_program], np.int64)
    return known[catalogue.program_index] if len(known) else known


def transport_usd(miles: NDArray[np.float64], rate: TransportRate) -> NDArray[np.int64]:
    """A year of rides in USD to the nearest $100; -1 where the distance is not known."""
    known = ~np.isnan(miles)
    road = np.where(known, miles, 0.0) * ROAD_MILES_PER_STRAIGHT_MILE
    usd = rate.days * (rate.base_usd_per_day + rate.usd_per_mile * RIDES_PER_DAY * road)
    rounded = (np.round(usd / TRANSPORT_ROUNDING_USD) * TRANSPORT_ROUNDING_USD).astype(np.int64)
    return np.where(known, rounded, UNKNOWN_USD)


def cost(asked: Asked, row: int) -> Cost:
    """The cost of one option with its parts."""
    program = asked.catalogue.options[row].program
    terms = Terms.of(asked.student, asked.policy, asked.today)
    parts = _parts(program, terms)
    rate = asked.policy.transport
    if rate is not None:
        usd = int(transport_usd(asked.rides.miles[row : row + 1], rate)[0])
        parts.append(CostPart(TRANSPORT, None if usd < 0 else usd, rate.example))
    gross = _sum([part.usd for part in parts])
    if rate is None:
        parts.append(CostPart(TRANSPORT, None))
    reimbursement = _reimbursement_usd(parts, gross, program.operator.state, terms.day, asked.policy)
    member, other = (price_on(program.prices, terms.tuition, terms.day, member=m) for m in (True, False))
    return Cost(
        parts=tuple(parts),
        gross_usd=gross,
        reimbursement_usd=reimbursement,
        net_usd=None if gross is None or reimbursement is None else gross - reimbursement,
        is_member=program.operator.is_member(terms.district, terms.day),
        tuition_member_usd=None if member is None else member.usd_per_year,
        tuition_other_usd=None if other is None else other.usd_per_year,
        fiscal_year=fiscal_year(terms.day),
        example=any(part.example for part in parts) or any(p.example for p in (member, other) if p),
    )


def _parts(program: ProgramProfile, terms: Terms) -> list[CostPart]:
    parts = [_part(program, terms, terms.tuition, 100)]
    if terms.aide_percent:
        parts.append(_part(program, terms, PriceItem.AIDE, terms.aide_percent))
    if terms.summer:
        parts.append(_part(program, terms, PriceItem.SUMMER, 100))
    return parts


def _part(program: ProgramProfile, terms: Terms, item: PriceItem, percent: int) -> CostPart:
    """One priced part; not known while membership is not and the two prices differ."""
    member = program.operator.is_member(terms.district, terms.day)
    answers = (True, False) if member is None else (member,)
    prices = {price_on(program.prices, item, terms.day, member=answer) for answer in answers}
    found = [price for price in prices if price is not None]
    amounts = {price.usd_per_year for price in found}
    settled = len(found) == len(prices) and len(amounts) == 1
    usd = amounts.pop() * percent // 100 if settled else None
    return CostPart(item, usd, any(price.example for price in found))


def _reimbursement_usd(
    parts: list[CostPart], gross: int | None, state: str, day: date, policy: Policy
) -> int | None:
    rule = policy.reimbursement(state, fiscal_year(day))
    if gross is None or rule is None or rule.threshold_usd is None:
        return None
    percent = {TRANSPORT: rule.transport_percent}
    eligible = sum((part.usd or 0) * percent.get(part.item, 100) // 100 for part in parts)
    return rule.rate_percent * max(0, eligible - rule.threshold_usd) // 100


def _sum(amounts: list[int | None]) -> int | None:
    return None if any(amount is None for amount in amounts) else sum(a for a in amounts if a is not None)
