"""A program as one line of the directory: where, whom, seats with their age, and tuition on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matching import Interval, Operator, Place, Price, ProgramProfile, Room
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Grade,
    Population,
    PriceItem,
    ProgramStatus,
    ProgramType,
    Service,
    Setting,
)
from referral.rules.program_records import ProgramRecord
from referral.rules.seats import Freshness, age_in_days, freshness


@dataclass(frozen=True, slots=True)
class SeatSummary:
    """Open seats over the rooms whose facts still count; None where there is no such room."""

    open: int | None
    rooms: int
    oldest_days: int | None
    freshness: Freshness
    example: bool
    next_opening: date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A price asked on a day, and whether it is an example."""

    usd: int
    example: bool


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """What the directory shows, sorts and filters of a program; told apart by identity."""

    key: str
    name: str
    operator: Operator
    towns: tuple[str, ...]
    places: tuple[Place, ...]
    status: ProgramStatus
    program_type: ProgramType | None
    setting: Setting | None
    setting_inferred: bool
    ages: Interval | None
    grades: tuple[Grade, ...] | None
    populations: tuple[Population, ...] | None
    services: Mapping[Service, bool]
    modes: Mapping[CommunicationMode, bool]
    seats: SeatSummary
    member_tuition: Amount | None
    other_tuition: Amount | None
    folded: str


def listing(record: ProgramRecord, profile: ProgramProfile, *, today: date) -> Listing:
    """The line of a program on a day."""
    towns = tuple(dict.fromkeys(site.town for site in profile.sites if site.town))
    return Listing(
        key=profile.key,
        name=profile.name,
        operator=profile.operator,
        towns=towns,
        places=tuple(site.place for site in profile.sites if site.place),
        status=profile.status,
        program_type=record.program_type,
        setting=profile.setting,
        setting_inferred=bool({"setting", "program_type"} & profile.inferred),
        ages=profile.ages,
        grades=record.grades,
        populations=None if record.populations is None else record.populations + record.other_populations,
        services={
            service: offer.delivery is not Delivery.NOT_OFFERED for service, offer in profile.services.items()
        },
        modes=profile.communication_modes,
        seats=seat_summary(profile.rooms, today=today),
        member_tuition=price_on(profile.prices, PriceItem.TUITION, today, member=True),
        other_tuition=price_on(profile.prices, PriceItem.TUITION, today, member=False),
        folded=" ".join((profile.name, profile.operator.name, *towns)).casefold(),
    )


def seat_summary(rooms: Iterable[Room], *, today: date) -> SeatSummary:
    """Seats over all rooms; a fact older than the method trusts is not counted."""
    known = [
        room.seats
        for room in rooms
        if room.seats and freshness(room.seats.confirmed_on, today) is not Freshness.UNKNOWN
    ]
    oldest = min((seats.confirmed_on for seats in known if seats.confirmed_on), default=None)
    openings = [opening.on for seats in known for opening in seats.openings if opening.on > today]
    return SeatSummary(
        open=sum(seats.open for seats in known) if known else None,
        rooms=len(known),
        oldest_days=age_in_days(oldest, today),
        freshness=freshness(oldest, today),
        example=any(seats.example for seats in known),
        next_opening=min(openings, default=None),
    )


def price_on(prices: Iterable[Price], item: PriceItem, day: date, *, member: bool) -> Amount | None:
    """What is asked of members, or of others, on a day; a real price comes before an example."""
    asked = [
        price
        for price in prices
        if price.item is item and price.member in (member, None) and price.holds_on(day)
    ]
    asked.sort(key=lambda price: (price.example, price.member is None))
    return Amount(asked[0].usd_per_year, asked[0].example) if asked else None
