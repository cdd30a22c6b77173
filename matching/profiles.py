"""What the method compares: a coded need profile and program profiles with rooms.

All values are frozen. ``None`` means *not known*; an empty collection means *none*. No field can hold a
name, a birth date, an identifier, a school or free text about a student.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from matching.checks import (
    check_day,
    check_flags,
    check_interval,
    check_key,
    check_known,
    check_levels,
    check_once,
    check_period,
    check_ratio,
    check_term,
    check_terms,
    check_tuples,
    check_whole,
)
from matching.exceptions import InvalidProfile
from matching.intervals import UNKNOWN_LEVEL, Interval
from matching.operators import Membership, Operator
from matching.rooms import OLDEST_MONTHS, OLDEST_YEARS, Opening, Place, Room, Seats, Site
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Grade,
    Importance,
    Insistence,
    Limit,
    OneToOne,
    PeerTime,
    PlacementType,
    Population,
    PriceItem,
    ProgramStatus,
    Service,
    Setting,
    StateCategory,
    SummerNeed,
    Term,
)

NO_RATIO_LIMIT = Fraction(1000)
MINUTES_PER_WEEK = 7 * 24 * 60
MOST_USD = 10_000_000

__all__ = [
    "NO_RATIO_LIMIT",
    "Membership",
    "NeedProfile",
    "Opening",
    "Operator",
    "Place",
    "Price",
    "ProgramProfile",
    "Room",
    "Seats",
    "ServiceNeed",
    "ServiceOffer",
    "Site",
    "Wish",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNeed:
    """A related service asked for; minutes per week, None where not known."""

    service: Service
    importance: Importance = Importance.REQUIRED
    delivery: Delivery | None = None
    minutes_per_week: int | None = None

    def __post_init__(self) -> None:
        check_known("service", self.service, Service)
        check_known("importance", self.importance, Importance)
        check_term("delivery", self.delivery, Delivery)
        if self.delivery is Delivery.NOT_OFFERED:
            raise InvalidProfile("delivery", "must be direct, consult or not known")
        check_whole("minutes_per_week", self.minutes_per_week, 0, MINUTES_PER_WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A coded must-have, must-not or nice-to-have."""

    feature: Feature
    insistence: Insistence

    def __post_init__(self) -> None:
        check_known("feature", self.feature, Feature)
        check_known("insistence", self.insistence, Insistence)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedProfile:
    """One student's needs, coded.

    ``age_months`` is the age at the start date; ``students_per_adult`` the largest acceptable ratio
    (``NO_RATIO_LIMIT`` where the Team sets none); ``meets`` says which admission conditions the student
    is known to meet (True) or not to meet (False).
    """

    code: str
    age_months: Interval | None = None
    grade: Grade | None = None
    placement_type: PlacementType | None = None
    start_on: date | None = None
    categories: frozenset[StateCategory] | None = None
    levels: Mapping[Dimension, Interval] = field(default_factory=dict)
    services: tuple[ServiceNeed, ...] | None = None
    students_per_adult: Fraction | None = None
    one_to_one: OneToOne | None = None
    communication_modes: frozenset[CommunicationMode] | None = None
    wheelchair: bool | None = None
    lift: bool | None = None
    accessible_changing: bool | None = None
    braille: bool | None = None
    intervener: bool | None = None
    meets: Mapping[Limit, bool] = field(default_factory=dict)
    permitted_settings: frozenset[Setting] | None = None
    peer_time: PeerTime | None = None
    summer: SummerNeed | None = None
    wishes: tuple[Wish, ...] = ()
    origin: Place | None = None
    ride_minutes: Mapping[str, int] = field(default_factory=dict)
    ride_limit_minutes: int | None = None
    ride_limit_is_firm: bool = False
    preferred_programs: tuple[str, ...] = ()
    district: str | None = None
    state: str | None = None

    def __post_init__(self) -> None:
        check_key("code", self.code)
        check_tuples(self, "services", "wishes", "preferred_programs")
        check_interval("age_months", self.age_months, 0, OLDEST_MONTHS)
        check_day("start_on", self.start_on)
        check_levels(self.levels, Dimension)
        check_once("services", [need.service for need in self.services or ()])
        check_ratio("students_per_adult", self.students_per_adult)
        self._check_place()
        self._check_closed_lists()

    def _check_place(self) -> None:
        check_whole("ride_limit_minutes", self.ride_limit_minutes, 1, 300)
        for minutes in self.ride_minutes.values():
            if minutes is None:
                raise InvalidProfile("ride_minutes", "must be known; leave out a ride that is not")
            check_whole("ride_minutes", minutes, 0, 600)
        check_once("preferred_programs", self.preferred_programs)
        if self.permitted_settings is not None and not self.permitted_settings:
            raise InvalidProfile("permitted_settings", "must name a setting; None where none is recorded")

    def _check_closed_lists(self) -> None:
        for name, terms in _ANSWERS.items():
            check_term(name, getattr(self, name), terms)
        check_flags({name: getattr(self, name) for name in _FLAGS})
        check_flags({f"meets.{limit}": met for limit, met in self.meets.items()})
        check_terms("categories", self.categories, StateCategory)
        check_terms("communication_modes", self.communication_modes, CommunicationMode)
        check_terms("meets", self.meets, Limit)
        check_terms("permitted_settings", self.permitted_settings, Setting)
        check_once("wishes", [wish.feature for wish in self.wishes])

    def level(self, dimension: Dimension) -> Interval:
        """The need on one dimension; 0 to 4 where nothing is known."""
        return self.levels.get(dimension, UNKNOWN_LEVEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """How a service is offered; ``minutes_per_week_max`` None means no limit is recorded."""

    delivery: Delivery = Delivery.DIRECT
    minutes_per_week_max: int | None = None

    def __post_init__(self) -> None:
        check_known("delivery", self.delivery, Delivery)
        check_whole("minutes_per_week_max", self.minutes_per_week_max, 0, MINUTES_PER_WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A yearly price in force from a date to a date (None: open), for members, others or both (None)."""

    item: PriceItem
    usd_per_year: int
    member: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    example: bool = False

    def __post_init__(self) -> None:
        check_known("item", self.item, PriceItem)
        if self.usd_per_year is None:
            raise InvalidProfile("usd_per_year", "must be known")
        check_whole("usd_per_year", self.usd_per_year, 0, MOST_USD)
        check_period(self.valid_from, self.valid_to)

    def holds_on(self, day: date) -> bool:
        """Whether the price is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramProfile:
    """A program as published or as its staff keep it.

    ``ages`` are whole years, both ends served. ``inferred`` names the fields (and ``levels.<dimension>``)
    that were read out of a description: they feed value and adequacy and never settle a gate.
    """

    key: str
    name: str
    operator: Operator
    status: ProgramStatus = ProgramStatus.LISTED
    closes_on: date | None = None
    placement_types: frozenset[PlacementType] | None = None
    setting: Setting | None = None
    approved: bool | None = None
    inferred: frozenset[str] = frozenset()
    sites: tuple[Site, ...] = ()
    populations: frozenset[Population] | None = None
    ages: Interval | None = None
    ages_at_admission: Interval | None = None
    grades: frozenset[Grade] | None = None
    students_per_adult: Fraction | None = None
    services: Mapping[Service, ServiceOffer] = field(default_factory=dict)
    communication_modes: Mapping[CommunicationMode, bool] = field(default_factory=dict)
    features: Mapping[Feature, bool] = field(default_factory=dict)
    levels: Mapping[Dimension, Interval] = field(default_factory=dict)
    limits: frozenset[Limit] = frozenset()
    peer_time: PeerTime | None = None
    prices: tuple[Price, ...] = ()
    rooms: tuple[Room, ...] = ()

    def __post_init__(self) -> None:
        check_key("key", self.key)
        check_tuples(self, "sites", "prices", "rooms")
        check_day("closes_on", self.closes_on)
        check_interval("ages", self.ages, 0, OLDEST_YEARS)
        check_interval("ages_at_admission", self.ages_at_admission, 0, OLDEST_YEARS)
        check_ratio("students_per_adult", self.students_per_adult)
        check_levels(self.levels, Dimension)
        for name, terms in _CLOSED_LISTS.items():
            check_terms(name, getattr(self, name), terms)
        check_known("status", self.status, ProgramStatus)
        check_term("setting", self.setting, Setting)
        check_term("peer_time", self.peer_time, PeerTime)
        check_flags({"approved": self.approved})
        for name in ("features", "communication_modes"):
            check_flags({f"{name}.{term}": there for term, there in getattr(self, name).items()})
        self._check_rooms()

    def _check_rooms(self) -> None:
        sites = [site.key for site in self.sites]
        check_once("sites", sites)
        check_once("rooms", [room.key for room in self.rooms])
        for room in self.rooms:
            if room.site is not None and room.site not in sites:
                raise InvalidProfile("rooms", f"{room.key} of {self.key} names a site that is not listed")

    def level(self, dimension: Dimension) -> Interval:
        """The offer on one dimension; 0 to 4 where nothing is known."""
        return self.levels.get(dimension, UNKNOWN_LEVEL)


_ANSWERS: Mapping[str, type[Term]] = {
    "grade": Grade,
    "placement_type": PlacementType,
    "one_to_one": OneToOne,
    "peer_time": PeerTime,
    "summer": SummerNeed,
}
_FLAGS = ("wheelchair", "lift", "accessible_changing", "braille", "intervener", "ride_limit_is_firm")
_CLOSED_LISTS: Mapping[str, type[Term]] = {
    "placement_types": PlacementType,
    "grades": Grade,
    "populations": Population,
    "services": Service,
    "communication_modes": CommunicationMode,
    "features": Feature,
    "limits": Limit,
}
