"""Sites, rooms and seats of a program."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from matching.checks import check_day, check_interval, check_key, check_ratio, check_terms, check_whole
from matching.exceptions import InvalidProfile
from matching.intervals import Interval
from matching.vocabulary import Grade

MOST_SEATS = 10_000
OLDEST_MONTHS = 360
OLDEST_YEARS = 30
MOST_STAFF = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point for distances: a ZIP or town centroid, never a home address."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise InvalidProfile("place", "latitude and longitude must be degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where rooms are; the place is None where only the agency is known."""

    key: str
    town: str | None = None
    state: str | None = None
    zip: str | None = None
    place: Place | None = None

    def __post_init__(self) -> None:
        check_key("key", self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Seats expected to open on a date."""

    on: date
    seats: int

    def __post_init__(self) -> None:
        if self.on is None or self.seats is None:
            raise InvalidProfile("on" if self.on is None else "seats", "must be known")
        check_day("on", self.on)
        check_whole("seats", self.seats, 1, MOST_SEATS)


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
        for name in ("licensed", "enrolled", "held"):
            if getattr(self, name) is None:
                raise InvalidProfile(name, "must be known")
            check_whole(name, getattr(self, name), 0, MOST_SEATS)
        if self.enrolled + self.held > self.licensed:
            raise InvalidProfile("seats", "enrolled and held exceed licensed")
        check_day("confirmed_on", self.confirmed_on)
        self._check_ages()

    def _check_ages(self) -> None:
        check_whole("youngest_months", self.youngest_months, 0, OLDEST_MONTHS)
        check_whole("oldest_months", self.oldest_months, 0, OLDEST_MONTHS)
        youngest, oldest = self.youngest_months, self.oldest_months
        if youngest is not None and oldest is not None and youngest > oldest:
            raise InvalidProfile("oldest_months", "must not be less than youngest_months")

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
    """One classroom band; what it leaves None is the program's.

    ``group_students`` are those in its instructional group now, where these are not all who are enrolled;
    ``special_educators`` and ``aides`` the staff of that group.
    """

    key: str
    name: str = ""
    site: str | None = None
    ages: Interval | None = None
    grades: frozenset[Grade] | None = None
    students_per_adult: Fraction | None = None
    group_students: int | None = None
    special_educators: int | None = None
    aides: int | None = None
    seats: Seats | None = None
    example: bool = False

    def __post_init__(self) -> None:
        check_key("key", self.key)
        check_whole("group_students", self.group_students, 0, MOST_SEATS)
        check_whole("special_educators", self.special_educators, 0, MOST_STAFF)
        check_whole("aides", self.aides, 0, MOST_STAFF)
        check_interval("ages", self.ages, 0, OLDEST_YEARS)
        check_terms("grades", self.grades, Grade)
        check_ratio("students_per_adult", self.students_per_adult)
