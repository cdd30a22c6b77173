"""Whom a program's mails go to, and how often its seats are asked for."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from referral.rules.upkeep import UpkeepEntry
from referral.rules.users import EMAIL_LENGTH_MAX
from referral.rules.values import whole_number
from referral.web.forms.base import BaseForm
from referral.web.forms.reading import ReadField, tidy


class UpkeepForm(BaseForm):
    """The contact and the rhythm of a program."""

    contact_email = StringField(
        "Contact's email",
        description="Gets a link to confirm the seats and to answer enquiries, without an account.",
        filters=[tidy],
        validators=[Optional(), Length(max=EMAIL_LENGTH_MAX)],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    confirm_every_days = ReadField(
        "Ask for the seats every",
        read=whole_number,
        kind=int,
        sentence="Enter a number of days, such as 14",
        validators=[InputRequired("Enter a number of days, such as 14")],
        render_kw={"size": 3, "inputmode": "numeric", "unit": "days"},
    )

    def to_entry(self) -> UpkeepEntry:
        """What was entered."""
        return UpkeepEntry(self.contact_email.data or None, self.confirm_every_days.value or 0)
