"""Forms of the inbox: its filters, and the reason of a decline."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, SearchField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matching.vocabulary import AgeBand
from referral.rules.inbox import InboxFilters, InboxView, read_view
from referral.rules.program_records import is_key
from referral.rules.referrals import Verb
from referral.rules.terms import NOTE_LENGTH_MAX, Terms
from referral.web.forms.base import BaseForm
from referral.web.forms.plain_select import FilterSelect
from referral.web.forms.reading import tidy
from referral.wording.referrals import DECLINE_REASONS, REFUSALS


class InboxFilterForm(BaseForm):
    """What the inbox is narrowed to; all of it lies in the address."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    program = FilterSelect("Program")
    age = FilterSelect("Age", choices={"": "Any age"} | AgeBand.labels())
    code = SearchField("Code", validators=[Length(max=20)], render_kw={"size": 14})
    overdue = BooleanField("Overdue only")
    view = HiddenField()

    def offer(self, programs: Sequence[tuple[str, str]]) -> None:
        """Set the programs to choose from."""
        self.program.choices = {"": "Every program"} | dict(programs)

    def to_filters(self, first: int) -> InboxFilters:
        """What makes sense of the address."""
        view = read_view(self.view.data or "")
        return InboxFilters(
            view=view,
            program=self.program.data if is_key(self.program.data or "") else "",
            age_band=self.age.data if self.age.data in AgeBand.labels() else "",
            code=(self.code.data or "")[:20],
            overdue=self.overdue.data and view is InboxView.WAITING,
            first=first,
        )


class DeclineReasonForm(BaseForm):
    """Why a program declines, and what it was shown that speaks against it."""

    reason = SelectField(
        "Reason",
        choices={"": "Choose one"} | dict(DECLINE_REASONS),
        validators=[InputRequired(REFUSALS["choose_one"])],
    )
    note = TextAreaField(
        "Note",
        description="For your own side, unless the packet was sent. Needed for another reason.",
        filters=[tidy],
        validators=[Optional(), Length(max=NOTE_LENGTH_MAX)],
        render_kw={"rows": 2},
    )
    shown = HiddenField()

    def terms(self) -> Terms:
        """What was said."""
        return Terms(reason=self.reason.data, note=self.note.data or "")


class DeclineForm(DeclineReasonForm):
    """A decline from the inbox: sent once, and only for what was seen."""

    form_key = HiddenField()
    version = HiddenField()


class ContactDeclineForm(DeclineReasonForm):
    """A decline through a link in a mail; the other answers are a button each."""

    verb = HiddenField(default=Verb.DECLINE.value)
