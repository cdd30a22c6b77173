"""What a room is: name, site, ages, grades, staff."""

import re
from fractions import Fraction

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from matching import Interval
from referral.formats.yaml_writing import grades_text
from referral.queries.seats import RoomEntry
from referral.rules.checked import checked
from referral.rules.program_records import RoomRecord, SiteRecord
from referral.rules.seats import STAFF_MOST
from referral.rules.values import grade_list, ratio, span, whole_number
from referral.web.forms.base import BaseForm
from referral.web.forms.reading import ReadField, number_sent, tidy, within

KEY_LENGTH_MAX = 60


def ratio_words(value: Fraction) -> str:
    """A ratio as people write it: "3:1"."""
    return f"{value.numerator}:{value.denominator}"


def span_words(value: Interval) -> str:
    """A range as people write it: "6-9"."""
    return str(value.low) if value.known else f"{value.low}-{value.high}"


class RoomForm(BaseForm):
    """A room of a program, with the version it was read at."""

    version = HiddenField()
    name = StringField(
        "Name", filters=[tidy], validators=[DataRequired("Enter a name for the room"), Length(max=100)]
    )
    site = SelectField("Site")
    ages = ReadField(
        "Ages",
        read=within(span, 0, 30),
        kind=Interval,
        sentence="Enter ages from 0 to 30, such as 6-9",
        shown=span_words,
        description="Left empty, they are the program's.",
        render_kw={"size": 8},
    )
    grades = ReadField(
        "Grades",
        read=grade_list,
        kind=list,
        sentence="Enter grades such as K-5",
        shown=lambda grades: grades_text([grade.value for grade in grades]),
        description="Left empty, they are the program's.",
        render_kw={"size": 12},
    )
    students_per_adult = ReadField(
        "Students to adults",
        read=within(ratio, 0.1, 100),
        kind=Fraction,
        sentence="Enter students to adults, such as 3:1",
        shown=ratio_words,
        description="Students first, such as 3:1.",
        render_kw={"size": 6},
    )
    group_students = ReadField(
        "Students in the instructional group",
        read=within(whole_number, 0, 500),
        kind=int,
        sentence="Enter a number of students, such as 7",
        description="Only where the group is not all who are enrolled.",
        render_kw={"size": 3, "inputmode": "numeric"},
    )
    special_educators = ReadField(
        "Special educators",
        read=within(whole_number, 0, STAFF_MOST),
        kind=int,
        sentence="Enter a number of special educators, such as 1",
        description="Who teach this group. Left empty, they are not known.",
        render_kw={"size": 3, "inputmode": "numeric"},
    )
    aides = ReadField(
        "Aides",
        read=within(whole_number, 0, STAFF_MOST),
        kind=int,
        sentence="Enter a number of aides, such as 2",
        description="Who work with this group. Left empty, they are not known.",
        render_kw={"size": 3, "inputmode": "numeric"},
    )

    @classmethod
    def of(cls, sites: tuple[SiteRecord, ...], room: RoomEntry | None = None) -> "RoomForm":
        """The form with a room's facts, or an empty one."""
        facts = {} if room is None else {name: getattr(room.record, name) for name in RoomRecord.model_fields}
        form = cls(version=room.version if room else 0, **facts)
        names = {
            site.key or f"site-{number}": ", ".join(
                part for part in (site.place, site.town, site.zip) if part
            )
            for number, site in enumerate(sites, start=1)
        }
        form.site.choices = {"": "Not known"} | names
        return form

    def version_seen(self) -> int:
        """The version the facts were read at; 0 when it makes no sense."""
        return number_sent(self.version.data)

    def to_record(self, key: str = "") -> RoomRecord:
        """The room as entered; a new one gets its key from its name."""
        values = {
            "key": key or _key(self.name.data),
            "name": self.name.data,
            "site": self.site.data or None,
            "ages": self.ages.value,
            "grades": self.grades.value,
            "students_per_adult": self.students_per_adult.value,
            "group_students": self.group_students.value,
            "special_educators": self.special_educators.value,
            "aides": self.aides.value,
        }
        return checked(RoomRecord, values)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:KEY_LENGTH_MAX].strip("-") or "room"
