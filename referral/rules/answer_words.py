"""Answers in words: the one place that turns a coded answer into what people read."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from matching import Interval
from matching.vocabulary import LEVEL_LABELS, Dimension, Frequency, Term
from referral.rules.answers import Answers, BehaviorAnswer, Correction, ServiceAnswer, WishAnswer
from referral.rules.questions import LABELS, Step
from referral.rules.students import not_asked, ratio_text

NOT_KNOWN = "Not known yet"
PROPER_NAMES = frozenset({"English", "American", "Total"})
UNITS = {"age_years": "years", "age_extra_months": "months", "ride_limit_minutes": "minutes"}
MONTHS_ONLY = frozenset({"start_on"})


def words(name: str, answers: Answers, *, program_names: Mapping[str, str] | None = None) -> str | None:
    """One answer in words, or None where it is not known yet."""
    value = getattr(answers, name)
    if value is None:
        return None
    if name == "preferred_programs":
        value = tuple((program_names or {}).get(key, key) for key in value)
    if name in MONTHS_ONLY:
        return month_words(value)
    said = _said(value)
    return f"{said} {UNITS[name]}" if name in UNITS else said


def answer_rows(
    step: Step, answers: Answers, *, program_names: Mapping[str, str] | None = None
) -> list[tuple[str, str, str | None]]:
    """Field, label and words of every question of a step that is asked."""
    skipped = not_asked(answers)
    return [
        (name, LABELS[name], words(name, answers, program_names=program_names))
        for name in step.names
        if name not in skipped
    ]


def month_words(day: date) -> str:
    """A day as its month: January 2027."""
    return f"{day:%B %Y}"


def day_words(day: date) -> str:
    """A day as people write it: Jan 5, 2027."""
    return f"{day:%b} {day.day}, {day.year}"


def level_words(dimension: Dimension, level: Interval) -> str:
    """A level with the words of its scale: "2, AAC as support", or the range that is possible."""
    labels = LEVEL_LABELS[dimension]
    if level.known:
        return f"{level.low}, {lowered(labels[level.low])}"
    if level == Interval(0, 4):
        return NOT_KNOWN
    return f"{level.low} to {level.high}, from {lowered(labels[level.low])} to {lowered(labels[level.high])}"


def lowered(label: str) -> str:
    """A label inside a sentence; an abbreviation or a proper name keeps its capital."""
    first = label.split()[0] if label else ""
    kept = first in PROPER_NAMES or (len(first) > 1 and first[:2].isalpha() and first[:2].isupper())
    return label if kept else label[:1].lower() + label[1:]


def _said(value: Any) -> str:
    for kind, say in _SAY.items():
        if isinstance(value, kind):
            return say(value)
    return str(value)


def _several(value: tuple[Any, ...]) -> str:
    return "; ".join(map(_said, value)) if value else "None of these"


def _service(answer: ServiceAnswer) -> str:
    minutes = None if answer.minutes_per_week is None else f"{answer.minutes_per_week} minutes a week"
    parts = (answer.importance, minutes, answer.delivery, answer.grouping)
    said = ", ".join(lowered(_said(part)) for part in parts if part is not None)
    return f"{answer.service.label}: {said}"


def _wish(answer: WishAnswer) -> str:
    because = [lowered(part.label) for part in (answer.said_by, answer.reason) if part is not None]
    return f"{answer.insistence.label}: {lowered(answer.feature.label)}" + (
        f" ({', '.join(because)})" if because else ""
    )


def _by_key(value: Mapping[Term, Any]) -> str:
    return "; ".join(f"{key.label}: {lowered(_keyed(key, answer))}" for key, answer in value.items())


def _keyed(key: Term, answer: BehaviorAnswer | Correction) -> str:
    if isinstance(answer, Correction):
        level = level_words(Dimension(key.value), Interval(answer.level, answer.level))
        return f"{level} ({lowered(answer.reason.label)})"
    if answer.intensity is None or answer.frequency is Frequency.NEVER:
        return answer.frequency.label
    return f"{answer.frequency.label}, {lowered(answer.intensity.label)}"


_SAY: Mapping[type, Callable[[Any], str]] = {
    Term: lambda term: str(term.label),
    bool: lambda yes: "Yes" if yes else "No",
    date: day_words,
    Fraction: ratio_text,
    tuple: _several,
    Mapping: _by_key,
    ServiceAnswer: _service,
    WishAnswer: _wish,
}
