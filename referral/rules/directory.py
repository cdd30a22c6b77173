"""The directory's filters and orders. A program that does not say is never quietly left out: it counts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np

from matching import Place
from matching.travel import straight_miles
from matching.vocabulary import CommunicationMode, Population, ProgramStatus, Service, Setting
from referral.rules.listings import Amount, Listing

Need = Population | Service | CommunicationMode
NEED_KINDS: Mapping[str, type[Population] | type[Service] | type[CommunicationMode]] = {
    "serves": Population,
    "service": Service,
    "mode": CommunicationMode,
}


class Order(Enum):
    """What the list is sorted by."""

    NAME = "name"
    AGENCY = "agency"
    SETTING = "setting"
    AGES = "ages"
    OPEN = "open"
    TUITION = "tuition"
    DISTANCE = "distance"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list is narrowed to; what is left out narrows nothing."""

    words: str = ""
    needs: tuple[Need, ...] = ()
    age: int | None = None
    setting: Setting | None = None
    state: str | None = None
    near: Place | None = None
    within_miles: int | None = None
    open_now: bool = False
    members_only: bool = False
    with_closed: bool = False
    with_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A line: the program, its distance in straight miles, and whether the actor's district is a member."""

    listing: Listing
    miles: float | None
    is_member: bool | None

    @property
    def tuition(self) -> Amount | None:
        """What the actor's district pays; what others pay where membership is not known."""
        return self.listing.member_tuition if self.is_member else self.listing.other_tuition


@dataclass(frozen=True)
class Findings:
    """The lines that match, in order, and how many more do not say."""

    rows: tuple[Found, ...]
    unsaid: int


def need_of(text: str) -> Need | None:
    """The need out of an address, like "service:nursing"; None where there is no such need."""
    kind, _, value = text.partition(":")
    terms = NEED_KINDS.get(kind)
    return terms(value) if terms is not None and value in set(terms) else None


def find(
    listings: Sequence[Listing],
    filters: Filters,
    *,
    districts: Collection[str] = (),
    today: date,
    order: Order = Order.NAME,
    descending: bool = False,
) -> Findings:
    """The lines that pass every filter, sorted; those that do not say come along only when asked for."""
    rows, unsaid = [], 0
    for listing, miles in zip(listings, miles_to(listings, filters.near), strict=True):
        found = Found(listing, miles, membership(listing, districts, today))
        answers = {test(found, filters) for test in TESTS}
        if False in answers:
            continue
        if None in answers and not filters.with_unsaid:
            unsaid += 1
        else:
            rows.append(found)
    return Findings(tuple(in_order(rows, order, descending=descending)), unsaid)


def membership(listing: Listing, districts: Collection[str], today: date) -> bool | None:
    """Whether one of the districts is a member on the day; None where it is not known."""
    answers = {listing.operator.is_member(district, today) for district in districts}
    if True in answers:
        return True
    return None if None in answers or not answers else False


def miles_to(listings: Sequence[Listing], origin: Place | None) -> list[float | None]:
    """Straight miles from a place to the nearest site of each program."""
    if origin is None:
        return [None] * len(listings)
    points = [place for listing in listings for place in listing.places]
    miles = iter(
        straight_miles(
            origin,
            np.array([place.latitude for place in points]),
            np.array([place.longitude for place in points]),
        ).tolist()
    )
    return [min((next(miles) for _ in listing.places), default=None) for listing in listings]


def _says_words(found: Found, filters: Filters) -> bool | None:
    return all(word in found.listing.folded for word in filters.words.casefold().split())


def _is_open_program(found: Found, filters: Filters) -> bool | None:
    return filters.with_closed or found.listing.status is not ProgramStatus.CLOSED


def _meets_needs(found: Found, filters: Filters) -> bool | None:
    answers = {_meets(found.listing, need) for need in filters.needs}
    return False if False in answers else None if None in answers else True


def _meets(listing: Listing, need: Need) -> bool | None:
    if isinstance(need, Population):
        return None if listing.populations is None else need in listing.populations
    if isinstance(need, Service):
        return listing.services.get(need)
    return listing.modes.get(need)


def _serves_age(found: Found, filters: Filters) -> bool | None:
    if filters.age is None:
        return True
    ages = found.listing.ages
    return None if ages is None else ages.low <= filters.age <= ages.high


def _has_setting(found: Found, filters: Filters) -> bool | None:
    if filters.setting is None:
        return True
    setting = found.listing.setting
    return None if setting is None else setting is filters.setting


def _in_state(found: Found, filters: Filters) -> bool | None:
    return filters.state is None or found.listing.operator.state == filters.state


def _is_near(found: Found, filters: Filters) -> bool | None:
    if filters.near is None or filters.within_miles is None:
        return True
    return None if found.miles is None else found.miles <= filters.within_miles


def _has_open_seat(found: Found, filters: Filters) -> bool | None:
    if not filters.open_now:
        return True
    seats = found.listing.seats.open
    return None if seats is None else seats > 0


def _has_member_price(found: Found, filters: Filters) -> bool | None:
    return True if not filters.members_only else found.is_member


Test = Callable[[Found, Filters], bool | None]
TESTS: tuple[Test, ...] = (
    _says_words,
    _is_open_program,
    _meets_needs,
    _serves_age,
    _has_setting,
    _in_state,
    _is_near,
    _has_open_seat,
    _has_member_price,
)

KEYS: Mapping[Order, Callable[[Found], Any]] = {
    Order.NAME: lambda found: found.listing.name.casefold(),
    Order.AGENCY: lambda found: found.listing.operator.name.casefold(),
    Order.SETTING: lambda found: (
        None if found.listing.setting is None else list(Setting).index(found.listing.setting)
    ),
    Order.AGES: lambda found: found.listing.ages,
    Order.OPEN: lambda found: found.listing.seats.open,
    Order.TUITION: lambda found: None if found.tuition is None else found.tuition.usd,
    Order.DISTANCE: lambda found: found.miles,
}


def in_order(rows: Iterable[Found], order: Order, *, descending: bool) -> list[Found]:
    """The lines sorted, those without a value last whichever way; alike ones by name."""
    key = KEYS[order]
    by_name = sorted(rows, key=lambda found: (found.listing.name.casefold(), found.listing.key))
    known = [found for found in by_name if key(found) is not None]
    unknown = [found for found in by_name if key(found) is None]
    return sorted(known, key=key, reverse=descending) + unknown
