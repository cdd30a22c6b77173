"""Prices of a program: for whom and from when, and that two never hold for one district on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations

from matching.vocabulary import PriceItem
from referral.errors import FieldProblem, InvalidInput
from referral.rules.periods import overlap

MOST_USD = 2_000_000
BEFORE_RECORDS = date(1900, 1, 1)  # stands in tables where the first day is not known


class Audience(Enum):
    """Whom a price is for."""

    MEMBERS = "members"
    NON_MEMBERS = "non_members"
    ALL = "all"


AUDIENCE_OF = {True: Audience.MEMBERS, False: Audience.NON_MEMBERS, None: Audience.ALL}
MEMBER_OF = {audience: member for member, audience in AUDIENCE_OF.items()}


@dataclass(frozen=True)
class PriceTerm:
    """A yearly price, whom it is for, and its first and last day (None: still in force)."""

    item: PriceItem
    audience: Audience
    usd_per_year: int
    valid_from: date
    valid_to: date | None = None

    def clashes_with(self, other: "PriceTerm") -> bool:
        """Whether both would be asked of one district for one thing on one day."""
        same_people = Audience.ALL in (self.audience, other.audience) or self.audience is other.audience
        return (
            self.item is other.item
            and same_people
            and overlap((self.valid_from, self.valid_to), (other.valid_from, other.valid_to))
        )


def any_clash(terms: Sequence[PriceTerm]) -> bool:
    """Whether two of the prices clash."""
    return any(one.clashes_with(other) for one, other in combinations(terms, 2))


def known_first_day(day: date) -> date | None:
    """The first day, or None where the table holds the stand-in for not known."""
    return None if day == BEFORE_RECORDS else day


def check_price(term: PriceTerm, others: Iterable[PriceTerm]) -> None:
    """Refuse a price that cannot be, or that clashes with one in force.

    Raises
    ------
    InvalidInput : the fields at fault.
    """
    problems = []
    if not 0 <= term.usd_per_year <= MOST_USD:
        problems.append(FieldProblem("usd_per_year", "price_out_of_range", {"most": f"{MOST_USD:,}"}))
    if term.valid_to is not None and term.valid_to < term.valid_from:
        problems.append(FieldProblem("valid_to", "price_ends_before_start"))
    if any(term.clashes_with(other) for other in others):
        problems.append(FieldProblem("valid_from", "price_overlaps"))
    if problems:
        raise InvalidInput(problems)
