"""The form that makes a token of the JSON API."""

from collections.abc import Sequence

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from referral.models.organisations import Organisation
from referral.rules.tokens import NAME_LENGTH_MAX
from referral.web.forms.base import BaseForm
from referral.wording.tokens import LASTS


class TokenForm(BaseForm):
    """For which organization, what it is called, and how long it lasts."""

    organisation = SelectField("Organization", choices={})
    name = StringField(
        "Name",
        description="The program that will use it, like Seat board.",
        validators=[InputRequired("Enter a name"), Length(max=NAME_LENGTH_MAX)],
        render_kw={"autocomplete": "off"},
    )
    lasts_days = SelectField("Works for", choices=LASTS, default="365")


def token_form(places: Sequence[Organisation]) -> TokenForm:
    """The form for these organizations; where there is one, nobody is asked."""
    form = TokenForm()
    form.organisation.choices = {place.slug: place.name for place in places}
    if len(places) == 1:
        del form.organisation
    return form
