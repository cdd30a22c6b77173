"""Levels set by hand: each with a coded reason, beside the level the answers give."""

from typing import Any

from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from matching.vocabulary import LEVEL_LABELS, Dimension, LevelReason
from referral.rules.answer_words import level_words
from referral.rules.answers import Answers, Correction
from referral.rules.questions import LABELS
from referral.rules.students import derived_levels
from referral.web.forms.base import PartForm
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import row_choice
from referral.web.forms.intake.fields import UNKNOWN, ListAnswer, Question, refuse, shown


def level_row(dimension: Dimension) -> type[PartForm]:
    """The form of one dimension: the level, and why it was set."""
    choices = [
        SelectChoice(str(level), f"{level} - {words}") for level, words in enumerate(LEVEL_LABELS[dimension])
    ]
    corrected = f"level_corrections-{dimension.value}-level=0|1|2|3|4"

    class LevelRow(PartForm):
        level = ListAnswer(
            "Level",
            choices=[SelectChoice(UNKNOWN, "As the answers give it"), *choices],
            default=UNKNOWN,
            validate_choice=False,
            group=Correction,
        )
        reason = row_choice("Why", LevelReason, Correction, show_if=corrected, unknown="Choose")

        def validate(self, extra_validators: Any = None) -> bool:
            """Ask why a level was set by hand."""
            readable = bool(super().validate(extra_validators))
            if self.level.answer is None or self.reason.answer is not None or self.reason.errors:
                return readable
            self.reason.errors = [str(refuse("correction_reason_missing"))]
            return False

        def answer(self) -> Correction | None:
            """The correction, or None where the answers stand."""
            if self.level.answer is None or self.reason.answer is None:
                return None
            return Correction(level=self.level.answer, reason=self.reason.answer)

    return LevelRow


class LevelsPart(PartForm):
    """A row for each dimension."""

    def rows(self) -> dict[Dimension, Any]:
        """The row of each dimension."""
        return {dimension: self[dimension.value] for dimension in Dimension}


for _dimension in Dimension:
    setattr(LevelsPart, _dimension.value, FormField(level_row(_dimension), _dimension.label))


class LevelsAnswer(Question, FormField):
    """All corrections at once."""

    def show(self, answers: Answers) -> None:
        """Fill the rows that were corrected, and say what the answers give for each."""
        corrections = answers.level_corrections or {}
        rows = {
            dimension.value: {"level": shown(made.level), "reason": shown(made.reason)}
            for dimension, made in corrections.items()
        }
        self.process(None, rows)
        self.describe(answers)

    def describe(self, answers: Answers) -> None:
        """Say beside each row what the answers give."""
        derived = derived_levels(answers)
        for dimension, row in self.form.rows().items():
            row.description = f"The answers give: {level_words(dimension, derived[dimension])}."

    def answers(self) -> dict[str, Any]:
        """The corrections with their reasons."""
        read = {dimension: row.form.answer() for dimension, row in self.form.rows().items()}
        made = {dimension: answer for dimension, answer in read.items() if answer is not None}
        return {"level_corrections": made or None}


class LevelsStep(StepForm):
    """Levels set by hand."""

    level_corrections = LevelsAnswer(LevelsPart, LABELS["level_corrections"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level_corrections.describe(self.context.answers)
