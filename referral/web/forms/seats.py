"""The numbers of a room."""

from datetime import date
from typing import Any

from wtforms import FieldList, FormField, HiddenField, IntegerField
from wtforms.validators import InputRequired, ValidationError

from matching import Interval
from referral.errors import InvalidInput
from referral.queries.seats import RoomEntry
from referral.rules.seats import (
    MOST_OPENINGS,
    ExpectedOpening,
    SeatNumbers,
    age_words,
    ages_of_group,
    months_of_age,
)
from referral.rules.values import day, whole_number
from referral.web.forms.base import BaseForm, PartForm
from referral.web.forms.reading import ReadField, number_sent
from referral.wording import sentence
from referral.wording.programs import month

BLANK_OPENINGS = 2
AGE_SENTENCE = "Enter an age in years and months, such as 9y 4m"


class CountField(IntegerField):
    """A count of seats, with plus and minus beside it; "8 seats" is read as 8."""

    def __init__(self, label: str, sentence: str, **kwargs: Any) -> None:
        super().__init__(
            label,
            validators=[InputRequired(sentence)],
            render_kw={"data-stepper": True, "min": 0, "max": 500, "inputmode": "numeric"},
            **kwargs,
        )
        self.sentence = sentence

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        value = whole_number(valuelist[0][:20]) if valuelist and valuelist[0].strip() else None
        if value is not None and not isinstance(value, int):
            self.data = None
            raise ValueError(f"{self.sentence}, such as 8")
        self.data = value


class OpeningForm(PartForm):
    """Seats expected to open in a month."""

    month = ReadField(
        "Month",
        read=day,
        kind=date,
        sentence="Enter a month and year, such as Jan 2027",
        shown=month,
        render_kw={"size": 10, "placeholder": "Jan 2027"},
    )
    seats = ReadField(
        "Seats",
        read=whole_number,
        kind=int,
        sentence="Enter a number of seats, such as 2",
        render_kw={"size": 3, "inputmode": "numeric"},
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return not (self.month.data or "").strip() and not (self.seats.data or "").strip()

    def to_opening(self) -> ExpectedOpening:
        """The opening; the month given alone stands for one seat."""
        return ExpectedOpening(self.month.value.replace(day=1), self.seats.value or 1)

    def validate_month(self, field: ReadField) -> None:
        """A number of seats needs its month."""
        if not self.is_blank and field.value is None:
            raise ValidationError("Enter the month in which these seats are expected")


class SeatsForm(BaseForm):
    """The numbers of a room, with the version they were read at."""

    version = HiddenField()
    licensed = CountField("Licensed", "Enter the number of licensed seats")
    enrolled = CountField("Enrolled", "Enter the number of students enrolled")
    held = CountField(
        "Held", "Enter the number of seats held", description="Promised to a student who has not started yet."
    )
    youngest = ReadField(
        "Youngest student in the room",
        read=ages_of_group,
        kind=int | Interval,
        sentence=AGE_SENTENCE,
        shown=age_words,
        description="Years and months, such as 9y 4m; or both at once: 6 to 9 years. Empty if not known.",
        render_kw={"size": 8},
    )
    oldest = ReadField(
        "Oldest student in the room",
        read=months_of_age,
        kind=int,
        sentence=AGE_SENTENCE,
        shown=age_words,
        render_kw={"size": 8},
    )
    openings = FieldList(
        FormField(OpeningForm, label="Expected opening"),
        label="Expected openings",
        description="Months in which seats will open.",
        max_entries=MOST_OPENINGS,
    )

    @classmethod
    def of(cls, room: RoomEntry) -> "SeatsForm":
        """The form with the room's numbers, unless other ones were sent."""
        seats = room.record.seats
        form = cls(
            version=room.version,
            licensed=seats.licensed if seats else None,
            enrolled=seats.enrolled if seats else None,
            held=seats.held if seats else 0,
            youngest=seats.youngest_months if seats else None,
            oldest=seats.oldest_months if seats else None,
            openings=[{"month": one.on, "seats": one.seats} for one in (seats.openings if seats else ())],
        )
        if not form.is_submitted():
            for _ in range(min(BLANK_OPENINGS, MOST_OPENINGS - len(form.openings))):
                form.openings.append_entry()
        return form

    def version_seen(self) -> int:
        """The version the numbers were read at; 0 when it makes no sense."""
        return number_sent(self.version.data)

    def to_numbers(self) -> SeatNumbers:
        """The numbers entered; a range of years for the youngest holds the oldest too."""
        youngest, oldest = self.youngest.value, self.oldest.value
        if isinstance(youngest, Interval):
            both = youngest
            youngest, oldest = both.low, both.high if oldest is None else oldest
        return SeatNumbers(
            licensed=self.licensed.data or 0,
            enrolled=self.enrolled.data or 0,
            held=self.held.data or 0,
            youngest_months=youngest,
            oldest_months=oldest,
            openings=tuple(entry.form.to_opening() for entry in self._filled()),
        )

    def explain(self, error: InvalidInput) -> None:
        """Put each refusal beside its field; the openings are counted without the blank ones."""
        for problem in error.errors:
            self._field_of(problem.field).errors = [sentence(problem)]

    def _filled(self) -> list[Any]:
        return [entry for entry in self.openings.entries if not entry.form.is_blank]

    def _field_of(self, name: str) -> Any:
        parts = name.split("-")
        if len(parts) == 3:
            return self._filled()[int(parts[1])].form[parts[2]]
        return self.licensed if name == "openings" else self[name]
