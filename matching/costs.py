"""Cost of a year to the paying district: parts, gross, and net of a state's reimbursement.

Cost never enters need fit or value; it orders options of practically equal value only.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.gate import Asked, three_valued
from matching.operators import Operator
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
Usd = NDArray[np.int64]


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
    catalogue = asked.catalogue
    agencies, of_option = catalogue.remember("agencies", lambda: _agencies(catalogue))
    district, day = asked.student.district, asked.student.start_on or asked.today
    answers = [three_valued(agency.is_member(district, day)) for agency in agencies]
    known: NDArray[np.int8] = np.array(answers, np.int8)[of_option]
    return known


def _agencies(catalogue: Catalogue) -> tuple[list[Operator], NDArray[np.intp]]:
    """Each agency once, and its place for each option."""
    agencies = {agency: place for place, agency in enumerate({p.operator: None for p in catalogue.programs})}
    found = [agencies[option.program.operator] for option in catalogue.options]
    return list(agencies), np.array(found, np.intp)


def program_usd(asked: Asked) -> Usd:
    """What the program charges without rides, shape (3, n_options): for no member, a member, not known."""
    catalogue, terms = asked.catalogue, Terms.of(asked.student, asked.policy, asked.today)

    def made() -> Usd:
        rows = [
            [_sum([part.usd for part in _parts(program, terms, member)]) for program in catalogue.programs]
            for member in (False, True, None)
        ]
        usd = np.array([[UNKNOWN_USD if one is None else one for one in row] for row in rows], np.int64)
        return usd[:, catalogue.program_index]

    usd: Usd = catalogue.remember(("usd", terms), made)
    return usd


def ride_usd(asked: Asked) -> Usd:
    """What a year of rides to each option costs; nothing where the policy has no price of rides."""
    rate = asked.policy.transport
    if rate is None:
        return np.zeros(len(asked.catalogue), np.int64)
    return transport_usd(asked.rides.miles, rate)


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
    terms, district = Terms.of(asked.student, asked.policy, asked.today), asked.student.district
    is_member = program.operator.is_member(district, terms.day)
    parts = _parts(program, terms, is_member)
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
        is_member=is_member,
        tuition_member_usd=None if member is None else member.usd_per_year,
        tuition_other_usd=None if other is None else other.usd_per_year,
        fiscal_year=fiscal_year(terms.day),
        example=any(part.example for part in parts) or any(p.example for p in (member, other) if p),
    )


def _parts(program: ProgramProfile, terms: Terms, member: bool | None) -> list[CostPart]:
    items = [(terms.tuition, 100)]
    if terms.aide_percent:
        items.append((PriceItem.AIDE, terms.aide_percent))
    if terms.summer:
        items.append((PriceItem.SUMMER, 100))
    return [_part(program, item, percent, terms.day, member) for item, percent in items]


def _part(program: ProgramProfile, item: PriceItem, percent: int, day: date, member: bool | None) -> CostPart:
    """One priced part; not known while membership is not and the two prices differ."""
    answers = (True, False) if member is None else (member,)
    prices = {price_on(program.prices, item, day, member=answer) for answer in answers}
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
