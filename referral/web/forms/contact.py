"""What a program's contact answers by a link."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from referral.rules.referrals import Verb
from referral.rules.terms import NOTE_LENGTH_MAX, NOTHING, Terms
from referral.web.forms.base import BaseForm, RadioGroup
from referral.web.forms.reading import tidy
from referral.wording.referrals import DECLINE_REASONS, VERBS

ANSWERS = (Verb.SHOW_INTEREST, Verb.WAITLIST, Verb.DECLINE)


class ContactAnswerForm(BaseForm):
    """One of three answers; a decline gives its reason."""

    verb = RadioGroup(
        "Your answer",
        choices={verb.value: VERBS[verb.value] for verb in ANSWERS},
        validators=[InputRequired("Choose an answer")],
    )
    reason = SelectField(
        "Reason, if you decline",
        choices={"": "Choose one"} | dict(DECLINE_REASONS),
        validators=[Optional()],
        render_kw={"data-show-if": f"verb={Verb.DECLINE.value}"},
    )
    note = TextAreaField(
        "Note",
        description="For your own collaborative. Needed for another reason.",
        filters=[tidy],
        validators=[Optional(), Length(max=NOTE_LENGTH_MAX)],
        render_kw={"rows": 2, "data-show-if": f"verb={Verb.DECLINE.value}"},
    )

    def to_verb(self) -> Verb:
        """The answer."""
        return Verb(self.verb.data)

    def to_terms(self) -> Terms:
        """What goes with it."""
        if self.to_verb() is not Verb.DECLINE:
            return NOTHING
        return Terms(reason=self.reason.data or None, note=self.note.data or "")
