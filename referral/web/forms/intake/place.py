"""Step 6: setting, summer, transition, the ride, wishes and programs in mind."""

from typing import Any

from wtforms import FormField
from wtforms.validators import ValidationError

from matching.vocabulary import (
    CurrentSetting,
    Feature,
    Insistence,
    PeerTime,
    RideSupport,
    SaidBy,
    Setting,
    SummerNeed,
    TransitionGoal,
    WishReason,
)
from referral.errors import InvalidInput
from referral.formats.places import town_of_zip
from referral.rules.answers import Answers, WishAnswer
from referral.rules.program_names import named_program
from referral.rules.questions import LABELS
from referral.web.forms.base import PartForm
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import one_of, row_choice, several, text
from referral.web.forms.intake.fields import UNKNOWN, Question, TextAnswer, refuse, shown
from referral.web.forms.intake.lists import AnswerList
from referral.wording import sentence

MOST_WISHES = 12
MOST_PROGRAMS = 3


class WishRow(PartForm):
    """One wish: what, how firmly, who said so and why."""

    feature = row_choice("What", Feature, WishAnswer, unknown="Choose")
    insistence = row_choice("How firmly", Insistence, WishAnswer, unknown="Choose")
    said_by = row_choice("Who said so", SaidBy, WishAnswer)
    reason = row_choice("Why", WishReason, WishAnswer)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask how firmly a named wish is held."""
        readable = bool(super().validate(extra_validators))
        if self.feature.answer is None or self.insistence.answer is not None or self.insistence.errors:
            return readable
        self.insistence.errors = [str(refuse("wish_insistence_missing"))]
        return False

    def answer(self) -> WishAnswer | None:
        """The wish, or None for a row left blank or not complete yet."""
        if self.feature.answer is None or self.insistence.answer is None:
            return None
        return WishAnswer(
            feature=self.feature.answer,
            insistence=self.insistence.answer,
            said_by=self.said_by.answer,
            reason=self.reason.answer,
        )


class WishesAnswer(Question, AnswerList):
    """The wishes, a row each, and one more to fill."""

    def show(self, answers: Answers) -> None:
        """Fill a row for each wish and leave one blank."""
        parts = ("feature", "insistence", "said_by", "reason")
        rows = [
            {part: shown(getattr(wish, part)) or UNKNOWN for part in parts} for wish in answers.wishes or ()
        ]
        self.process(None, [*rows, {}][:MOST_WISHES])

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Refuse a feature that is named twice."""
        readable = bool(super().validate(form, extra_validators))
        named: set[Feature] = set()
        for row in self.entries:
            feature = row.form.feature.answer
            if feature in named:
                row.form.feature.errors = [str(refuse("wish_twice"))]
                readable = False
            named |= {feature} - {None}
        self.errors = [] if readable else [row.errors for row in self.entries]
        return readable

    def answers(self) -> dict[str, Any]:
        """The complete rows that do not repeat another."""
        read = [row.form.answer() for row in self.entries if not row.form.feature.errors]
        wishes = {wish.feature: wish for wish in read if wish is not None}
        return {"wishes": tuple(wishes.values()) or None}


class ProgramName(TextAnswer):
    """The name of a program, matched on the server."""

    def pre_validate(self, form: Any) -> None:
        """Find the program that is meant, or say which may be."""
        self.answer = None
        self.check_length()
        if not self.data:
            return
        try:
            self.answer = named_program(self.data, form.context.program_names)
        except InvalidInput as error:
            raise ValidationError(sentence(error.errors[0])) from error


class ProgramsAnswer(Question, AnswerList):
    """Up to three programs by name."""

    def show(self, answers: Answers) -> None:
        """Write the names of the programs."""
        names = self._form.context.program_names
        self.process(None, [names.get(key, key) for key in answers.preferred_programs or ()])

    def answers(self) -> dict[str, Any]:
        """The programs found, each once, by their keys."""
        found = dict.fromkeys(entry.answer for entry in self.entries if entry.answer)
        return {"preferred_programs": tuple(found) or None}


class ZipAnswer(TextAnswer):
    """A ZIP code that exists."""

    def pre_validate(self, form: Any) -> None:
        """Refuse five digits that are no ZIP code."""
        super().pre_validate(form)
        if self.answer and town_of_zip(self.answer) is None:
            unknown, self.answer = self.answer, None
            raise refuse("home_zip_unknown", zip=unknown)


class PlaceStep(StepForm):
    """Setting, ride and preferences."""

    current_setting = one_of("current_setting", CurrentSetting)
    permitted_settings = several(
        "permitted_settings",
        Setting,
        none="",
        hint="Least restrictive first. Others are ruled out.",
    )
    peer_time = one_of("peer_time", PeerTime, hint="Wanted share of the school day.")
    summer = one_of("summer", SummerNeed)
    transition_goals = several("transition_goals", TransitionGoal)
    home_zip = text(
        "home_zip",
        ZipAnswer,
        hint="Optional. Kept in the district only. Without it the ride is measured from the district's town.",
        inputmode="numeric",
    )
    ride_limit_minutes = text(
        "ride_limit_minutes", hint="Like 45. Blank uses the usual 60.", unit="minutes", inputmode="numeric"
    )
    ride_limit_is_firm = one_of(
        "ride_limit_is_firm", hint="Yes rules out programs farther away; no only marks them."
    )
    ride_supports = several("ride_supports", RideSupport, none="No support on the ride")
    wishes = WishesAnswer(
        FormField(WishRow),
        LABELS["wishes"],
        min_entries=1,
        max_entries=MOST_WISHES,
        render_kw={"each": "Wish"},
    )
    preferred_programs = ProgramsAnswer(
        ProgramName(render_kw={"size": 22, "autocomplete": "off"}),
        LABELS["preferred_programs"],
        min_entries=MOST_PROGRAMS,
        max_entries=MOST_PROGRAMS,
        render_kw={"each": "Program"},
    )
