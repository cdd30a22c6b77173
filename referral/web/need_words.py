"""A need profile in words, as the check page and the student page show it."""

from collections.abc import Callable, Mapping
from typing import Any

from matching.vocabulary import Dimension
from referral.rules.answer_words import NOT_KNOWN, answer_rows, level_words, lowered
from referral.rules.answers import Answers
from referral.rules.intake import OPTIONAL
from referral.rules.questions import STEPS
from referral.rules.students import derived_levels, levels


def sections(
    answers: Answers,
    program_names: Mapping[str, str],
    *,
    change_url: Callable[[str], str] | None = None,
    known_only: bool = False,
) -> list[dict[str, Any]]:
    """The questions of each step with their answers in words; those not known yet by name below."""
    return [
        _section(step.title, answer_rows(step, answers, program_names=program_names), change_url, known_only)
        for step in STEPS
    ]


def _section(
    title: str,
    rows: list[tuple[str, str, str | None]],
    change_url: Callable[[str], str] | None,
    known_only: bool,
) -> dict[str, Any]:
    return {
        "title": title,
        "rows": [
            {"term": label, "value": said or NOT_KNOWN, "url": change_url(name) if change_url else None}
            for name, label, said in rows
            if said or not known_only
        ],
        "open": [lowered(label) for name, label, said in rows if not said and name not in OPTIONAL],
    }


def level_rows(answers: Answers) -> list[dict[str, Any]]:
    """The six levels in words, those set by hand marked as such."""
    return [
        {
            "term": dimension.label,
            "value": level_words(dimension, level),
            "note": _hand_note(dimension, answers),
        }
        for dimension, level in levels(answers).items()
    ]


def _hand_note(dimension: Dimension, answers: Answers) -> str:
    made = (answers.level_corrections or {}).get(dimension)
    if made is None:
        return ""
    given = level_words(dimension, derived_levels(answers)[dimension])
    return f"Set by hand: {made.reason.label.lower()}. The answers give: {given}."
