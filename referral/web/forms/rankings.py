"""Forms about rankings: comparing, the director's order and note, the list's filters."""

from collections.abc import Mapping

from flask import request
from wtforms import BooleanField, IntegerField, SearchField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from referral.rules.rankings import NOTE_LENGTH_MAX, OVERRIDE_NOTE_LENGTH_MAX
from referral.web.forms.base import BaseForm, CheckboxGroup, RadioGroup
from referral.wording.rankings.director import OVERRIDE_REASONS


class AddressForm(BaseForm):
    """A form in the address; it changes nothing, so it carries no token."""

    class Meta:
        """No token."""

        csrf = False


class CompareForm(AddressForm):
    """Which options to set side by side."""

    program = CheckboxGroup("Choose", choices={}, validate_choice=False)

    def boxes(self) -> dict[str, object]:
        """The checkbox of each program, by its key."""
        return {option.data: option for option in self.program}


class RankingSearchForm(AddressForm):
    """What the list of rankings is narrowed to."""

    q = SearchField("Student code", validators=[Length(max=20)])
    moved = BooleanField("Only where the director set an order")


class RuledOutForm(AddressForm):
    """Which reason to look at."""

    gate = SelectField("Reason", choices={}, validate_choice=False)


class OverrideForm(BaseForm):
    """A program at another place, and why."""

    program = SelectField("Program", choices={}, validate_choice=False)
    place = IntegerField(
        "Place",
        default=1,
        description="1 puts it first.",
        validators=[InputRequired("Enter a place, such as 1")],
        render_kw={"inputmode": "numeric", "size": 4},
    )
    reason = RadioGroup(
        "Reason", choices=dict(OVERRIDE_REASONS), validators=[InputRequired("Choose a reason")]
    )
    note = TextAreaField(
        "Note",
        description="Nothing that could tell who the student is.",
        validators=[Length(max=OVERRIDE_NOTE_LENGTH_MAX, message="Shorten the note to 300 characters")],
    )


class NoteForm(BaseForm):
    """A director's note on a ranking."""

    text = TextAreaField(
        "Note",
        description="Nothing that could tell who the student is.",
        validators=[
            InputRequired("Enter a note"),
            Length(max=NOTE_LENGTH_MAX, message=f"Shorten the note to {NOTE_LENGTH_MAX} characters"),
        ],
    )


def compare_form(names: Mapping[str, str]) -> CompareForm:
    """The checkboxes of the options of a ranking, ticked as in the address."""
    form = CompareForm(request.args)
    form.program.choices = {key: f"Choose {name}" for key, name in names.items()}
    return form


def ruled_out_form(gates: Mapping[str, str]) -> RuledOutForm:
    """The filter by reason, as in the address."""
    form = RuledOutForm(request.args)
    form.gate.choices = dict(gates)
    return form


def override_form(names: Mapping[str, str]) -> OverrideForm:
    """The form for a director's order among these programs."""
    form = OverrideForm()
    form.program.choices = dict(names)
    return form
