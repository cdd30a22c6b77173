"""What a program's contact says with a decline."""

from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from referral.rules.referrals import Verb
from referral.rules.terms import NOTE_LENGTH_MAX, Terms
from referral.web.forms.base import BaseForm
from referral.web.forms.reading import tidy
from referral.wording.referrals import DECLINE_REASONS, REFUSALS


class ContactDeclineForm(BaseForm):
    """The reason of a decline; the other answers are a button each."""

    verb = HiddenField(default=Verb.DECLINE.value)
    reason = SelectField(
        "Reason",
        choices={"": "Choose one"} | dict(DECLINE_REASONS),
        validators=[InputRequired(REFUSALS["choose_one"])],
    )
    note = TextAreaField(
        "Note",
        description="For your own collaborative. Needed for another reason.",
        filters=[tidy],
        validators=[Optional(), Length(max=NOTE_LENGTH_MAX)],
        render_kw={"rows": 2},
    )
    shown = HiddenField()

    def to_terms(self) -> Terms:
        """What was said."""
        return Terms(reason=self.reason.data, note=self.note.data or "")
