"""Forms of the moves of a referral: a part for each need of the table, put together by a move's needs."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, cast

from flask import request
from wtforms import BooleanField, DateField, HiddenField, SearchField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from referral.rules.referrals import Move, Need
from referral.rules.terms import NOTE_LENGTH_MAX, Terms
from referral.web.forms.base import BaseForm, CheckboxGroup, RadioGroup
from referral.web.forms.once import key_sent
from referral.web.forms.plain_select import FilterSelect
from referral.web.forms.reading import number_sent, tidy
from referral.wording import referral_turns as turns
from referral.wording import referrals as words

NEUTRAL = "Nothing that could tell who the student is."
SAID = {part.name for part in fields(Terms)}
SHORTER = Length(max=NOTE_LENGTH_MAX, message=f"Shorten the note to {NOTE_LENGTH_MAX} characters")


def _a_day(label: str, description: str = "") -> DateField:
    return DateField(
        label, description=description, validators=[InputRequired(words.REFUSALS["day_missing"])]
    )


def _one(label: str, choices: Mapping[str, str]) -> SelectField | RadioGroup:
    """One of a list: radio buttons, or a select where there are more than seven."""
    required = [InputRequired(words.REFUSALS["choose_one"])]
    if len(choices) <= 7:
        return RadioGroup(label, choices=dict(choices), validators=required)
    return SelectField(label, choices={"": "Choose one"} | dict(choices), validators=required)


class MoveForm(BaseForm):
    """What every move carries: its one-time key, the version of the page, a note."""

    form_key = HiddenField()
    version = HiddenField()

    @property
    def key(self) -> str | None:
        """The one-time key, if it is one of ours."""
        return key_sent(self.form_key.data)

    @property
    def version_seen(self) -> int | None:
        """The version of the referral that the page showed."""
        return number_sent(self.version.data) if self.version.data else None

    def terms(self) -> Terms:
        """What was said."""
        said = {field.name: _value(field.data) for field in self if field.name in SAID}
        return Terms(**cast(dict[str, Any], {name: value for name, value in said.items() if value}))


def _value(entered: object) -> object:
    return tuple(entered) if isinstance(entered, list) else entered


class ReasonPart(BaseForm):
    """Why."""

    reason = _one("Reason", words.REASONS)


class DeclinePart(BaseForm):
    """Why the program declines."""

    reason = _one("Reason", words.DECLINE_REASONS)


class ExitPart(BaseForm):
    """Why a placement ended."""

    reason = _one("Reason", words.EXIT_REASONS)


class VisitPart(BaseForm):
    """What kind of visit, and when."""

    visit_kind = _one("Kind of visit", words.VISIT_KINDS)
    visit_on = _a_day("Day of the visit")


class RoomPart(BaseForm):
    """The room a seat is held in."""

    room = RadioGroup(
        "Room",
        choices={},
        description="A seat is held in this room until the day below.",
        validators=[InputRequired("Choose the room")],
    )


class HoldPart(BaseForm):
    """How long the seat is held."""

    hold_until = _a_day("Seat held until", "The last day on which the offer can be accepted.")


class FamilyPart(BaseForm):
    """The Team's proposal and what the family said to it."""

    proposed_on = _a_day("Day of the Team's proposal")
    family_answer = _one("The parent's answer", words.FAMILY_ANSWERS)
    family_answered_on = _a_day("Day of the answer")


class StartPart(BaseForm):
    """When the student starts, and the contract."""

    start_on = _a_day("First day in the program")
    contract_on = DateField("Day of the contract", validators=[Optional()])


class ReturnPart(BaseForm):
    """The plan of the return."""

    return_on = _a_day("Day of the return")
    criteria = CheckboxGroup(
        "What must be so before",
        choices=dict(words.RETURN_CRITERIA),
        validators=[InputRequired(words.REFUSALS["choose_some"])],
    )
    home_plan = _one("Where the student returns to", words.HOME_PLANS)


class DonePart(BaseForm):
    """When it was done."""

    done_on = _a_day("Done on")


class EndPart(BaseForm):
    """When it ended."""

    ended_on = _a_day("Last day")


class NotePart(BaseForm):
    """Words that may go with any move."""

    note = TextAreaField("Note", filters=[tidy], validators=[Optional(), SHORTER])


class WordsPart(BaseForm):
    """Words without which the move says nothing."""

    note = TextAreaField(
        "What you say", filters=[tidy], validators=[InputRequired("Say it in words"), SHORTER]
    )


# Each need of the table and the part of the form that asks for it; a disclosure is a record, not a field.
PART_OF: Mapping[Need, type[BaseForm]] = {
    Need.REASON: ReasonPart,
    Need.NOTE: WordsPart,
    Need.DECLINE_REASON: DeclinePart,
    Need.DISCLOSURE: BaseForm,
    Need.VISIT: VisitPart,
    Need.ROOM: RoomPart,
    Need.HOLD_UNTIL: HoldPart,
    Need.FAMILY_ANSWER: FamilyPart,
    Need.START: StartPart,
    Need.RETURN_PLAN: ReturnPart,
    Need.DONE_ON: DonePart,
    Need.ENDED_ON: EndPart,
    Need.EXIT_REASON: ExitPart,
}


def move_form(move: Move, **shown: Any) -> MoveForm:
    """The form of a move: its needs in the order of the table, then a note; ``shown`` are first values."""
    return cast(MoveForm, _form_of(move.needs)(data=shown))


@cache
def _form_of(needs: tuple[Need, ...]) -> type[BaseForm]:
    parts = [PART_OF[need] for need in needs if PART_OF[need] is not BaseForm]
    if Need.NOTE not in needs:
        parts.append(NotePart)
    return type("FormOfMove", (MoveForm, *parts), {})


class ReferralNoteForm(BaseForm):
    """A note beside the moves."""

    note = TextAreaField("Note", description=NEUTRAL, filters=[tidy], validators=[SHORTER])
    for_both = BooleanField("The other side may read it")


class ReferralFilterForm(BaseForm):
    """What the list of referrals is narrowed to."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    q = SearchField("Code or program", filters=[tidy], validators=[Length(max=100)])
    state = FilterSelect("State", choices=dict(turns.GROUPS))
    turn = FilterSelect("Whose turn", choices=dict(turns.TURNS))
    overdue = BooleanField("Overdue only")


def filter_form() -> ReferralFilterForm:
    """The filter as in the address."""
    return ReferralFilterForm(request.args)
