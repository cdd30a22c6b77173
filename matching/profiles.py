"""What the method compares: a coded need profile and program profiles with rooms.

All values are frozen. ``None`` means *not known*; an empty collection means *none*. No field can hold a
name, a birth date, an identifier, a school or free text about a student.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from matching.exceptions import InvalidProfile
from matching.intervals import UNKNOWN_LEVEL, Interval
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
)

NO_RATIO_LIMIT = Fraction(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point for distances: a ZIP or town centroid, never a home address."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise InvalidProfile("place", "latitude and longitude must be degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNeed:
    """A related service asked for; minutes per week, None where not known."""

    service: Service
    importance: Importance = Importance.REQUIRED
    delivery: Delivery | None = None
    minutes_per_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A coded must-have, must-not or nice-to-have."""

    feature: Feature
    insistence: Insistence


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
        _check_interval("age_months", self.age_months, 0, 360)
        for dimension, level in self.levels.items():
            _check_interval(f"levels.{dimension}", level, 0, 4)
        if self.ride_limit_minutes is not None and not 1 <= self.ride_limit_minutes <= 300:
            raise InvalidProfile("ride_limit_minutes", "must be 1 to 300")
        if any(minutes < 0 for minutes in self.ride_minutes.values()):
            raise InvalidProfile("ride_minutes", "must not be negative")
        if self.students_per_adult is not None and self.students_per_adult <= 0:
            raise InvalidProfile("students_per_adult", "must be more than 0")
        asked = [need.service for need in self.services or ()]
        if len(asked) != len(set(asked)):
            raise InvalidProfile("services", "a service is asked twice")

    def level(self, dimension: Dimension) -> Interval:
        """The need on one dimension; 0 to 4 where nothing is known."""
        return self.levels.get(dimension, UNKNOWN_LEVEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A district's membership of a collaborative from a date (None: since before records) to a date."""

    district: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the district is a member on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The agency that runs programs; without a complete member list an absent district is unknown."""

    key: str
    name: str
    state: str
    public: bool = True
    members: tuple[Membership, ...] = ()
    member_list_complete: bool = False

    def is_member(self, district: str | None, day: date) -> bool | None:
        """Whether the district is a member on that day; None where it is not known."""
        if district is None:
            return None
        terms = [term for term in self.members if term.district == district]
        if any(term.holds_on(day) for term in terms):
            return True
        return False if terms or self.member_list_complete else None

    def is_member_from(self, district: str | None, day: date) -> bool | None:
        """Whether the district is a member on that day and on every later one; None where that may change."""
        ends = (term.valid_to for term in self.members if term.district == district)
        starts = (term.valid_from for term in self.members if term.district == district)
        changes = {one + timedelta(days=1) for one in ends if one and one < date.max} | {
            one for one in starts if one
        }
        answers = {self.is_member(district, one) for one in {day, *changes} if one >= day}
        return answers.pop() if len(answers) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where rooms are; the place is None where only the agency is known."""

    key: str
    town: str | None = None
    state: str | None = None
    zip: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Seats expected to open on a date."""

    on: date
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """A room's seats as last confirmed; ages are of the students now in the room, in months."""

    licensed: int
    enrolled: int
    held: int = 0
    confirmed_on: date | None = None
    openings: tuple[Opening, ...] = ()
    youngest_months: int | None = None
    oldest_months: int | None = None
    example: bool = False

    def __post_init__(self) -> None:
        if min(self.licensed, self.enrolled, self.held) < 0:
            raise InvalidProfile("seats", "must not be negative")
        if self.enrolled + self.held > self.licensed:
            raise InvalidProfile("seats", "enrolled and held exceed licensed")

    @property
    def open(self) -> int:
        """Seats free today."""
        return self.licensed - self.enrolled - self.held

    @property
    def next_opening(self) -> date | None:
        """The first opening still expected; one before the month of the last confirmation did not happen."""
        since = (self.confirmed_on or date.min).replace(day=1)  # openings are named by their month
        return min((opening.on for opening in self.openings if opening.on >= since), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One classroom band; what it leaves None is the program's."""

    key: str
    name: str = ""
    site: str | None = None
    ages: Interval | None = None
    grades: frozenset[Grade] | None = None
    students_per_adult: Fraction | None = None
    seats: Seats | None = None
    example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """How a service is offered; ``minutes_per_week_max`` None means no limit is recorded."""

    delivery: Delivery = Delivery.DIRECT
    minutes_per_week_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A yearly price in force from a date to a date (None: open), for members, others or both (None)."""

    item: PriceItem
    usd_per_year: int
    member: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    example: bool = False

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
        _check_interval("ages", self.ages, 0, 30)
        _check_interval("ages_at_admission", self.ages_at_admission, 0, 30)
        for dimension, level in self.levels.items():
            _check_interval(f"levels.{dimension}", level, 0, 4)
        keys = [room.key for room in self.rooms]
        if len(keys) != len(set(keys)):
            raise InvalidProfile("rooms", f"{self.key} has two rooms with one key")

    def level(self, dimension: Dimension) -> Interval:
        """The offer on one dimension; 0 to 4 where nothing is known."""
        return self.levels.get(dimension, UNKNOWN_LEVEL)


def _check_interval(name: str, value: Interval | None, least: int, most: int) -> None:
    if value is None:
        return
    if not least <= value.low <= value.high <= most:
        raise InvalidProfile(name, f"must rise within {least} to {most}, not {value.low} to {value.high}")
