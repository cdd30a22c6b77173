"""Step 4: behavior of the last 90 days, and supports."""

from typing import Any

from wtforms import FormField

from matching.vocabulary import Approach, BehaviorType, Frequency, Intensity, OneToOne, Restraint
from referral.rules.answers import Answers, BehaviorAnswer
from referral.rules.questions import LABELS
from referral.web.forms.base import PartForm, RadioGroup
from referral.web.forms.intake.base import StepForm
from referral.web.forms.intake.build import NOT_KNOWN_YET, one_of, plain_choices, row_choice, several, text
from referral.web.forms.intake.fields import UNKNOWN, Question, shown

SEEN = {"some": "Some of these", "none": "None of these", UNKNOWN: NOT_KNOWN_YET}


def behavior_row(kind: BehaviorType) -> type[PartForm]:
    """The form of one type of behavior: how often, and then how serious."""
    happens = f"behaviors-{kind.value}-frequency=monthly|weekly|daily|hourly"

    class BehaviorRow(PartForm):
        frequency = row_choice("How often", Frequency, BehaviorAnswer)
        intensity = row_choice("At its usual worst", Intensity, BehaviorAnswer, show_if=happens)

        def answer(self) -> BehaviorAnswer | None:
            """What the row says; a type that did not happen has no intensity."""
            if (how_often := self.frequency.answer) is None:
                return None
            how_serious = None if how_often is Frequency.NEVER else self.intensity.answer
            return BehaviorAnswer(frequency=how_often, intensity=how_serious)

    return BehaviorRow


class BehaviorPart(PartForm):
    """One quick question, then a row for each type of behavior."""

    seen = RadioGroup("Was there any in the last 90 days?", choices=plain_choices(SEEN), default=UNKNOWN)

    def rows(self) -> dict[BehaviorType, Any]:
        """The row of each type."""
        return {kind: self[kind.value] for kind in BehaviorType}


for _kind in BehaviorType:
    _row = FormField(behavior_row(_kind), _kind.label, render_kw={"data-show-if": "behaviors-seen=some"})
    setattr(BehaviorPart, _kind.value, _row)


class BehaviorsAnswer(Question, FormField):
    """All types of behavior at once."""

    def show(self, answers: Answers) -> None:
        """Fill the rows, or the quick answer that none was seen."""
        said = answers.behaviors
        never = said is not None and all(row.frequency is Frequency.NEVER for row in said.values())
        none = never and len(said or {}) == len(BehaviorType)
        rows = {
            kind.value: {"frequency": shown(row.frequency), "intensity": shown(row.intensity) or UNKNOWN}
            for kind, row in (said or {}).items()
        }
        seen = UNKNOWN if said is None else "none" if none else "some"
        self.process(None, {"seen": seen, **({} if none else rows)})

    def answers(self) -> dict[str, Any]:
        """Every type that is known; none seen settles them all."""
        seen = self.form.seen.data
        if seen == "none":
            return {"behaviors": {kind: BehaviorAnswer(frequency=Frequency.NEVER) for kind in BehaviorType}}
        rows = {kind: row.form.answer() for kind, row in self.form.rows().items()}
        known = {kind: answer for kind, answer in rows.items() if answer is not None}
        return {"behaviors": known or None if seen == "some" else None}


class BehaviorStep(StepForm):
    """Behavior, recovery and supports."""

    behaviors = BehaviorsAnswer(BehaviorPart, LABELS["behaviors"])
    behavior_plan = one_of("behavior_plan")
    restraint = one_of("restraint", Restraint)
    substance_use_recovery = one_of(
        "substance_use_recovery", hint="Protected by 42 CFR Part 2: it is never part of an enquiry."
    )
    sober_30_days = one_of("sober_30_days", show_if="substance_use_recovery=yes")
    students_per_adult = text(
        "students_per_adult", hint="Students to adults, like 3:1, or “no limit”. Blank if not known yet."
    )
    one_to_one = one_of("one_to_one", OneToOne)
    approaches = several("approaches", Approach)
