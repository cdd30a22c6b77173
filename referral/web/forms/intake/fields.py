"""Fields of the intake: each shows one answer of the profile and reads it back, forgivingly.

What is posted stays as text; reading is done by `rules.intake`, so an answer that cannot be read keeps its
text and gets the sentence of `wording.students`.
"""

from fractions import Fraction
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.validators import ValidationError

from referral.errors import FieldProblem, InvalidInput
from referral.rules.answers import Answer, Answers
from referral.rules.intake import read_answer
from referral.rules.students import ratio_text
from referral.web.forms.base import CheckboxGroup, RadioGroup
from referral.wording import sentence

UNKNOWN = "unknown"
NONE_OF_THESE = "none-of-these"
LONGEST_TEXT = 80


def refuse(code: str, name: str = "", **facts: Any) -> ValidationError:
    """The error of a field, in the words of `wording`."""
    return ValidationError(sentence(FieldProblem(name, code, facts)))


class Question(Field):
    """Mixed into a WTForms field that answers something of the profile."""

    def show(self, answers: Answers) -> None:
        """Put what the profile says into the control."""
        raise NotImplementedError

    def answers(self) -> dict[str, Any]:
        """What this field answers, by field of the profile; after validation."""
        raise NotImplementedError


class AnswerField(Question):
    """A question with one control: its text is read as one answer of a group of answers."""

    group: type[Answer] = Answers
    refusal = ""
    answer: Any = None

    def __init__(self, *args: Any, group: type[Answer] = Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the name WTForms calls it by
        """Read the text, or refuse it in a sentence."""
        self.answer = None
        try:
            self.answer = read_answer(self.group, self.short_name, self.typed())
        except InvalidInput as error:
            raise refuse(self.refusal or error.errors[0].code, self.short_name) from error

    def typed(self) -> object:
        """What was typed or chosen, as the rule reads it."""
        return self.data

    def show(self, answers: Answers) -> None:
        """Put the answer into the control."""
        self.process(None, self.control_text(getattr(answers, self.short_name)))

    def control_text(self, answer: Any) -> Any:
        """The answer as the control holds it."""
        return shown(answer)

    def answers(self) -> dict[str, Any]:
        """What this field answers, by field of the profile; after validation."""
        return {self.short_name: self.answer}


class TextAnswer(AnswerField, StringField):
    """A short text: a number, a month, a ratio, a ZIP."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, cut where nobody types on."""
        super().process_formdata([text.strip()[: LONGEST_TEXT + 1] for text in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too long before reading it."""
        self.answer = None
        self.check_length()
        super().pre_validate(form)

    def check_length(self) -> None:
        """Refuse what nobody means to type.

        Raises
        ------
        ValidationError : the text is too long.
        """
        if len(self.data or "") > LONGEST_TEXT:
            raise refuse("too_long", most=LONGEST_TEXT)


class MonthAnswer(TextAnswer):
    """A month; a day that was typed is taken as its month."""

    def pre_validate(self, form: Any) -> None:
        """Read the month as its first day."""
        super().pre_validate(form)
        self.answer = self.answer and self.answer.replace(day=1)

    def control_text(self, answer: Any) -> str:
        """The month as people write it."""
        return f"{answer:%b %Y}" if answer else ""


class DayAnswer(TextAnswer):
    """A date as people write it."""

    def control_text(self, answer: Any) -> str:
        """The date as people write it."""
        return f"{answer:%b} {answer.day}, {answer.year}" if answer else ""


class OneAnswer(AnswerField):
    """One answer of a list, with "not known yet" among them."""

    refusal = "choice_unreadable"

    def typed(self) -> object:
        """The choice; none at all means not known yet."""
        return self.data or None

    def control_text(self, answer: Any) -> str:
        """The answer, or "not known yet"."""
        return UNKNOWN if answer is None else shown(answer)


class RadioAnswer(OneAnswer, RadioGroup):
    """One answer of a short list, as radio buttons."""


class ListAnswer(OneAnswer, SelectField):
    """One answer of a longer list, or in a compact row, as a select."""


class SeveralAnswer(AnswerField, CheckboxGroup):
    """Several answers; nothing ticked is not known yet, and none of them is an answer too."""

    refusal = "several_unreadable"

    def typed(self) -> object:
        """The ticked values once each; "none of these" is an empty list.

        Raises
        ------
        ValidationError : "none of these" together with others.
        """
        ticked = list(dict.fromkeys(self.data or ()))
        if NONE_OF_THESE not in ticked:
            return ticked or None
        if NONE_OF_THESE not in dict(self.choices_shown()):
            raise refuse(self.refusal)
        if len(ticked) > 1:
            raise refuse("none_and_others", none=dict(self.choices_shown())[NONE_OF_THESE])
        return []

    def control_text(self, answer: Any) -> list[str]:
        """The boxes to tick."""
        return [] if answer is None else [shown(one) for one in answer] or [NONE_OF_THESE]

    def choices_shown(self) -> list[tuple[str, str]]:
        """Values and labels of the boxes."""
        return [(choice.value, choice.label) for choice in self.choices]


def shown(answer: Any) -> str:
    """A plain answer as the text of its control."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Fraction):
        return ratio_text(answer)
    return str(answer)
