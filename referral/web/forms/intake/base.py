"""The base of the six step forms: drawn from a draft, read into what the draft keeps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from wtforms import HiddenField

from referral.rules.answers import Answers
from referral.rules.intake import StepWrite
from referral.rules.questions import Step
from referral.rules.students import not_asked
from referral.web.forms.base import BaseForm
from referral.web.forms.intake.fields import Question

LONGEST_TOKEN = 40
LONGEST_KEPT = 200
MOST_ENTRIES = 40


@dataclass(frozen=True)
class StepContext:
    """What a step needs besides its own answers."""

    answers: Answers = field(default_factory=Answers)
    program_names: Mapping[str, str] = field(default_factory=dict)
    version: int = 1


class StepForm(BaseForm):
    """One step of the intake. ``version`` and ``tab`` tell whose save came first."""

    version = HiddenField()
    tab = HiddenField()

    def __init__(self, context: StepContext, **kwargs: Any) -> None:
        self.context = context
        super().__init__(**kwargs)
        for name in not_asked(context.answers) & set(self._fields):
            if "data-show-if" not in (self[name].render_kw or {}):
                del self[name]  # what decides it was asked in another step

    @classmethod
    def of_draft(cls, context: StepContext, refused: Mapping[str, Any]) -> Self:
        """The form as a draft holds it: its answers, and text that could not be read with its sentence."""
        form = cls(context, formdata=None)
        form.version.process(None, str(context.version))
        for question in form.questions():
            question.show(context.answers)
        unread = [question for question in form.questions() if question.short_name in refused]
        for question in unread:
            question.process(None, refused[question.short_name])
        if unread:
            form.read()
        return form

    def questions(self) -> Iterator[Question]:
        """The fields that answer something, in the order of the form."""
        return (question for question in self if isinstance(question, Question))

    def read(self) -> bool:
        """Read every question; whether all could be read. The token is checked before any view runs."""
        readable = [question.validate(self) for question in self.questions()]  # all of them, not to the first
        return all(readable)

    def write(self, step: Step, *, by_button: bool) -> StepWrite:
        """What this form brings to the draft, after `read`."""
        values: dict[str, Any] = {}
        for question in self.questions():
            values.update(question.answers())
        return StepWrite(
            step=step,
            values=values,
            refused={
                question.short_name: cut(question.data) for question in self.questions() if question.errors
            },
            seen_version=self.seen_version(),
            tab=(self.tab.data or "")[:LONGEST_TOKEN],
            by_button=by_button,
        )

    def seen_version(self) -> int:
        """The draft's version when the page was drawn; 0 where the field was tampered with."""
        text = (self.version.data or "")[:LONGEST_TOKEN]
        return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def cut(typed: Any) -> Any:
    """Typed text as the draft keeps it: as long as anyone means to type, however it is nested."""
    if isinstance(typed, Mapping):
        return {name: cut(text) for name, text in typed.items()}
    if isinstance(typed, list):
        return [cut(text) for text in typed[:MOST_ENTRIES]]
    return typed[:LONGEST_KEPT] if isinstance(typed, str) else typed
