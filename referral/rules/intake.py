"""What a step of the intake brings to a profile, and what each step's status is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from referral.errors import FieldProblem, InvalidInput, RecordNotFound
from referral.rules.answers import Answer, Answers
from referral.rules.questions import PAGES, STEPS, Step
from referral.rules.students import not_asked
from referral.rules.values import known


class Status(Enum):
    """How far a step is, by the names the step bar knows."""

    TODO = "todo"
    STARTED = "started"
    DONE = "done"
    PROBLEM = "problem"


@dataclass(frozen=True)
class StepWrite:
    """What one save of a step brings: answers that can be read, and typed text that cannot (yet).

    ``seen_version`` is the draft's version when the page was drawn, ``tab`` the token of the browser tab.
    """

    step: Step
    values: Mapping[str, Any]
    refused: Mapping[str, Any] = field(default_factory=dict)
    seen_version: int = 0
    tab: str = ""
    by_button: bool = False


def step_of(key: str) -> Step:
    """The page with this key.

    Raises
    ------
    RecordNotFound : there is no such step.
    """
    for page in PAGES:
        if page.key == key:
            return page
    raise RecordNotFound(kind="step")


def step_asking(name: str) -> Step:
    """The page that asks for a field of the profile."""
    return next(page for page in PAGES if name in page.names)


def after(step: Step) -> Step | None:
    """The next step, or None after the last one."""
    following = dict(pairwise(STEPS))
    return following.get(step)


def read_answer(group: type[Answer], name: str, value: object) -> Any:
    """One answer of a group as the profile holds it, out of what was typed or chosen.

    Raises
    ------
    InvalidInput : the text cannot be read; the problem's code is ``<name>_unreadable``.
    """
    try:
        return _reader(group, name).validate_python(known(value))
    except ValidationError as error:
        raise InvalidInput([FieldProblem(name, f"{name}_unreadable")]) from error


@cache
def _reader(group: type[Answer], name: str) -> TypeAdapter[Any]:
    asked = group.model_fields[name]
    kind: Any = Annotated[asked.annotation, asked]
    return TypeAdapter(kind | None)


def with_step(answers: Answers, values: Mapping[str, Any]) -> Answers:
    """The answers with those of one step in their place, checked as a whole."""
    return Answers.model_validate({**dict(answers), **values})


def status_of(step: Step, answers: Answers, *, refused: Collection[str], saved: Collection[str]) -> Status:
    """Whether a step has a problem, was completed, was begun, or not."""
    if any(name in step.names for name in refused):
        return Status.PROBLEM
    if step.key in saved:
        return Status.DONE
    return Status.STARTED if any(is_answered(answers, name) for name in step.names) else Status.TODO


def is_answered(answers: Answers, name: str) -> bool:
    """Whether something is known about a question."""
    return getattr(answers, name) is not None


def open_questions(answers: Answers) -> tuple[str, ...]:
    """The fields that are asked and not known yet, in the order of the intake."""
    skipped = not_asked(answers) | OPTIONAL
    return tuple(
        name
        for step in STEPS
        for name in step.names
        if name not in skipped and not is_answered(answers, name)
    )


# Left blank, these lose nothing: they refine another answer or say what is wanted beyond it.
OPTIONAL = frozenset(
    {"age_extra_months", "services_not_needed", "home_zip", "wishes", "preferred_programs", "strengths"}
)
