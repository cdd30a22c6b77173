"""Seats of a room: what is open, how old the fact is, which numbers can be, and ages as people type them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from matching import Interval
from referral.errors import FieldProblem, InvalidInput

MOST_SEATS = 500
YOUNGEST_MONTHS = 24
OLDEST_MONTHS = 300
MOST_OPENINGS = 12
STAFF_MOST = 50

# Days since the program confirmed, each exact at its edge. Source: the method's table of old data (policy).
CURRENT_DAYS = 14
ASK_DAYS = 30
STALE_DAYS = 90


class Freshness(Enum):
    """How far a seat fact can be trusted, by its age."""

    CURRENT = "current"
    ASK = "ask"
    STALE = "stale"
    UNKNOWN = "unknown"


class ReportKind(Enum):
    """Why a seat report was written."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    IMPORTED = "imported"


class MoveKind(Enum):
    """Why a room's numbers changed."""

    BEGAN = "began"
    REPORTED = "reported"
    IMPORTED = "imported"
    REFERRAL = "referral"


@dataclass(frozen=True)
class ExpectedOpening:
    """Seats expected to open from a day on."""

    on: date
    seats: int


@dataclass(frozen=True)
class SeatNumbers:
    """What staff enter for a room: seats, ages in months of the students in it, expected openings."""

    licensed: int
    enrolled: int
    held: int = 0
    youngest_months: int | None = None
    oldest_months: int | None = None
    openings: tuple[ExpectedOpening, ...] = ()

    @property
    def open(self) -> int:
        """Seats free today."""
        return open_seats(self.licensed, self.enrolled, self.held)


def open_seats(licensed: int, enrolled: int, held: int) -> int:
    """Seats free: licensed less enrolled less held."""
    return licensed - enrolled - held


def age_in_days(confirmed_on: date | None, today: date) -> int | None:
    """Days since the program confirmed; None where it never did. A day ahead counts as today."""
    return None if confirmed_on is None else max(0, (today - confirmed_on).days)


def freshness(confirmed_on: date | None, today: date) -> Freshness:
    """How far the fact can be trusted: 14 days current, 30 ask, 90 stale, then unknown."""
    days = age_in_days(confirmed_on, today)
    if days is None or days > STALE_DAYS:
        return Freshness.UNKNOWN
    if days <= CURRENT_DAYS:
        return Freshness.CURRENT
    return Freshness.ASK if days <= ASK_DAYS else Freshness.STALE


def check_seats(numbers: SeatNumbers, *, today: date) -> None:
    """Refuse numbers that cannot be.

    Raises
    ------
    InvalidInput : every number at fault, by the field that staff must look at.
    """
    problems = [
        *_range_problems(numbers),
        *_sum_problems(numbers),
        *_age_problems(numbers.youngest_months, numbers.oldest_months),
        *_opening_problems(numbers.openings, licensed=numbers.licensed, today=today),
    ]
    if problems:
        raise InvalidInput(problems)


def _range_problems(numbers: SeatNumbers) -> Iterable[FieldProblem]:
    for field in ("licensed", "enrolled", "held"):
        if not 0 <= getattr(numbers, field) <= MOST_SEATS:
            yield FieldProblem(field, "seats_out_of_range", {"most": MOST_SEATS})


def _sum_problems(numbers: SeatNumbers) -> Iterable[FieldProblem]:
    taken = numbers.enrolled + numbers.held
    if taken > numbers.licensed:
        yield FieldProblem("licensed", "seats_over_license", {"licensed": numbers.licensed, "taken": taken})


def _age_problems(youngest: int | None, oldest: int | None) -> Iterable[FieldProblem]:
    for field, months in (("youngest", youngest), ("oldest", oldest)):
        if months is not None and not YOUNGEST_MONTHS <= months <= OLDEST_MONTHS:
            yield FieldProblem(field, "age_in_room_out_of_range")
    if youngest is not None and oldest is not None and youngest > oldest:
        yield FieldProblem("oldest", "ages_in_room_reversed")


def without_past(openings: Iterable[ExpectedOpening], today: date) -> tuple[ExpectedOpening, ...]:
    """The openings of this month and later ones: what was expected before has come or not."""
    return tuple(one for one in openings if (one.on.year, one.on.month) >= (today.year, today.month))


def _opening_problems(
    openings: tuple[ExpectedOpening, ...], *, licensed: int, today: date
) -> Iterable[FieldProblem]:
    if len(openings) > MOST_OPENINGS:
        yield FieldProblem("openings", "openings_too_many", {"most": MOST_OPENINGS})
    if len({opening.on for opening in openings}) != len(openings):
        yield FieldProblem("openings", "openings_same_month")
    for number, opening in enumerate(openings):
        if not 1 <= opening.seats <= max(licensed, 1):
            yield FieldProblem(f"openings-{number}-seats", "opening_seats_out_of_range", {"most": licensed})
        months_ahead = (opening.on.year - today.year) * 12 + opening.on.month - today.month
        if not 0 <= months_ahead <= 36:
            yield FieldProblem(f"openings-{number}-month", "opening_month_out_of_range")


def months_of_age(text: str) -> int | None:
    """Months out of "9y 4m", "9 years 4 months", "9;4", "9-4", "112 months" or "9"; None if unreadable."""
    cleaned = text.strip().lower()
    only_months = re.fullmatch(r"(\d{1,3})\s*(?:m|mo|mos|month|months)\.?", cleaned)
    if only_months:
        return int(only_months[1])
    found = re.fullmatch(
        r"(\d{1,2})(?:\s*(?:years|year|yrs|yr|y)\.?|(?=\D|$))"
        r"(?:[\s,;:/-]*(?:and\s+)?(\d{1,2})(?:\s*(?:months|month|mos|mo|m)\.?)?)?",
        cleaned,
    )
    if not found or int(found[2] or 0) > 11:
        return None
    return int(found[1]) * 12 + int(found[2] or 0)


def ages_of_group(text: str) -> Interval | int | None:
    """Months of youngest and oldest out of "6 to 9 years", to the end of the last year; else one age."""
    found = re.fullmatch(
        r"(\d{1,2})\s*(?:years?|yrs?|y)?\s*(to|-|–)\s*(\d{1,2})\s*(years?|yrs?|y)?\.?(?:\s+old)?",
        text.strip().lower(),
    )
    if not found or (found[2] != "to" and not found[4]):
        return months_of_age(text)
    first, last = int(found[1]), int(found[3])
    return Interval(first * 12, last * 12 + 11) if first <= last else None


def age_words(months: int | None) -> str:
    """The age as staff would type it: "9y 4m", "9y"; empty where not known."""
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    return f"{years}y {rest}m" if rest else f"{years}y"
