"""A price of a program, and the day it ends."""

from datetime import date

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from matching.vocabulary import PriceItem
from referral.rules.checked import checked
from referral.rules.prices import MEMBER_OF, MOST_USD, Audience
from referral.rules.program_records import PriceRecord
from referral.rules.values import day, dollars, whole_number
from referral.web.forms.base import BaseForm, RadioGroup
from referral.web.forms.reading import ReadField, tidy
from referral.wording.programs import AUDIENCES, day_words

DAY_SENTENCE = "Enter a date, such as Jul 1, 2027"
NO_ADDRESS = "Enter a web address that begins with https:// or http://"


class PriceForm(BaseForm):
    """A yearly price from a day on."""

    item = SelectField("For", choices=PriceItem.labels())
    audience = RadioGroup(
        "Asked of", choices=AUDIENCES, validators=[InputRequired("Choose who pays this price")]
    )
    usd_per_year = ReadField(
        "Dollars a year",
        read=dollars,
        kind=int,
        sentence="Enter whole dollars, such as $58,400",
        validators=[InputRequired("Enter the price for a year")],
        render_kw={"size": 10},
    )
    valid_from = ReadField(
        "First day",
        read=day,
        kind=date,
        sentence=DAY_SENTENCE,
        shown=day_words,
        validators=[InputRequired("Enter the first day of this price")],
        render_kw={"size": 14},
    )
    valid_to = ReadField(
        "Last day",
        read=day,
        kind=date,
        sentence=DAY_SENTENCE,
        shown=day_words,
        description="Left empty, it holds until a last day is entered.",
        render_kw={"size": 14},
    )
    source_address = StringField(
        "Where it is published",
        description="A web address, if there is one.",
        filters=[tidy],
        validators=[Length(max=500), Regexp(r"(https?://\S+)?\Z", message=NO_ADDRESS)],
    )
    source_year = ReadField(
        "Year of that page",
        read=whole_number,
        kind=int,
        sentence="Enter a year, such as 2026",
        render_kw={"size": 5},
    )

    def validate_usd_per_year(self, field: ReadField) -> None:
        """An amount a school can ask."""
        if field.value is not None and not 0 <= field.value <= MOST_USD:
            raise ValidationError(f"Enter an amount up to ${MOST_USD:,}")

    def validate_valid_to(self, field: ReadField) -> None:
        """Days rise."""
        if field.value and self.valid_from.value and field.value < self.valid_from.value:
            raise ValidationError("The last day cannot come before the first day")

    def validate_source_year(self, field: ReadField) -> None:
        """A year of a page."""
        if field.value is not None and not 1990 <= field.value <= 2100:
            raise ValidationError("Enter a year from 1990 on")

    def to_record(self) -> PriceRecord:
        """The price as entered."""
        address = self.source_address.data
        values = {
            "item": self.item.data,
            "usd_per_year": self.usd_per_year.value,
            "member": MEMBER_OF[Audience(self.audience.data)],
            "valid_from": self.valid_from.value,
            "valid_to": self.valid_to.value,
            "source": {"address": address, "year": self.source_year.value} if address else None,
        }
        return checked(PriceRecord, values)


class EndPriceForm(BaseForm):
    """The last day of a price."""

    usd_seen = HiddenField()
    end_seen = HiddenField()
    valid_to = ReadField(
        "Last day",
        read=day,
        kind=date,
        sentence=DAY_SENTENCE,
        shown=day_words,
        validators=[InputRequired("Enter the last day of this price")],
        render_kw={"size": 14},
    )
