"""Room records: what a file, a form and the database hold of a room, its group and its seats."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from referral.rules.records import Key, Line, Record
from referral.rules.seats import STAFF_MOST, months_of_age
from referral.rules.values import LONGEST_VALUE, Day, Grades, Ratio, Whole, Years


class OpeningRecord(Record):
    """Seats expected to open: on a month, or (example figures only) some months from today."""

    on: Day | None = None
    in_months: Annotated[Whole, Field(ge=0, le=36)] | None = None
    seats: Annotated[Whole, Field(ge=1, le=500)] = 1

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.on is None) == (self.in_months is None):
            raise ValueError("give either on or in_months")
        return self


def _age(value: Any) -> Any:
    """Accept an age in years, "9 years" or "9y 4m", for months."""
    named = isinstance(value, str) and "y" in value.lower() and len(value) <= LONGEST_VALUE
    return months_of_age(value) or value if named else value


AgeMonths = Annotated[Whole, Field(ge=24, le=300), BeforeValidator(_age)]


class SeatsRecord(Record):
    """A room's seats and when its program last confirmed them."""

    licensed: Annotated[Whole, Field(ge=0, le=500)]
    enrolled: Annotated[Whole, Field(ge=0, le=500)]
    held: Annotated[Whole, Field(ge=0, le=500)] = 0
    confirmed_on: Day | None = None
    confirmed_days_ago: Annotated[Whole, Field(ge=0, le=3650)] | None = None
    openings: tuple[OpeningRecord, ...] = ()
    youngest_months: AgeMonths | None = None
    oldest_months: AgeMonths | None = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.enrolled + self.held > self.licensed:
            raise ValueError("enrolled and held together exceed licensed")
        if self.youngest_months and self.oldest_months and self.youngest_months > self.oldest_months:
            raise ValueError("the youngest student is older than the oldest")
        return self


class RoomRecord(Record):
    """One classroom band; what it leaves out is the program's."""

    key: Key
    name: Line | None = None
    site: Key | None = None
    ages: Years | None = None
    grades: Grades | None = None
    students_per_adult: Ratio | None = None
    group_students: Annotated[Whole, Field(ge=0, le=500)] | None = None
    special_educators: Annotated[Whole, Field(ge=0, le=STAFF_MOST)] | None = None
    aides: Annotated[Whole, Field(ge=0, le=STAFF_MOST)] | None = None
    seats: SeatsRecord | None = None
