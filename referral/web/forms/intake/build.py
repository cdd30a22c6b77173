"""Builds the questions of the intake: label from the table, choices from the closed lists."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField

from matching.vocabulary import Term
from referral.rules.answers import Answer
from referral.rules.questions import LABELS
from referral.web.forms.intake.fields import (
    NONE_OF_THESE,
    UNKNOWN,
    ListAnswer,
    RadioAnswer,
    SeveralAnswer,
    TextAnswer,
)

NOT_KNOWN_YET = "Not known yet"
MOST_RADIOS = 7
MOST_BESIDE = 5
LONGEST_BESIDE = 26
YES_NO = {"yes": "Yes", "no": "No"}


def one_of(
    name: str, terms: type[Term] | None = None, *, hint: str = "", show_if: str = "", **more: Any
) -> UnboundField:
    """A question with one answer: radios up to seven, a select beyond; yes or no where no list is given."""
    listed = choices_of(terms) if terms else plain_choices(YES_NO)
    unknown = SelectChoice(UNKNOWN, NOT_KNOWN_YET)
    longer = len(listed) > MOST_RADIOS
    return (ListAnswer if longer else RadioAnswer)(
        more.pop("label", None) or LABELS[name],
        description=hint,
        choices=[unknown, *listed] if longer else [*listed, unknown],
        default=UNKNOWN,
        validate_choice=False,
        render_kw=_box(show_if) | ({} if longer else {"columns": _are_short(listed)}),
        **more,
    )


def several(
    name: str, terms: type[Term], *, none: str = "None of these", hint: str = "", show_if: str = ""
) -> UnboundField:
    """A question with several answers; without ``none``, an empty answer would say nothing."""
    boxes = choices_of(terms) + ([SelectChoice(NONE_OF_THESE, none)] if none else [])
    return SeveralAnswer(
        LABELS[name],
        description=f"{hint} Nothing ticked means not known yet.".strip(),
        choices=boxes,
        validate_choice=False,
        render_kw=_box(show_if),
    )


def text(
    name: str,
    kind: type[TextAnswer] = TextAnswer,
    *,
    hint: str = "",
    show_if: str = "",
    label: str = "",
    **box: Any,
) -> UnboundField:
    """A short text; blank is not known yet."""
    more = {key: box.pop(key) for key in ("group",) if key in box}
    return kind(
        label or LABELS[name],
        description=hint,
        render_kw=_box(show_if) | {"size": 8, "autocomplete": "off"} | box,
        **more,
    )


def choices_of(terms: type[Term]) -> list[SelectChoice]:
    """The terms of a closed list as choices, each with its definition as a hint."""
    return [
        SelectChoice(term.value, term.label, {"hint": term.definition} if term.definition else {})
        for term in terms
    ]


def plain_choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Values and labels as choices without hints."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def row_choice(
    label: str,
    terms: type[Term],
    group: type[Answer],
    *,
    show_if: str = "",
    leave_out: str = "",
    unknown: str = NOT_KNOWN_YET,
) -> UnboundField:
    """One answer in a compact row: a select, with "not known yet" first."""
    return ListAnswer(
        label,
        choices=[
            SelectChoice(UNKNOWN, unknown),
            *(choice for choice in plain_choices(terms.labels()) if choice.value != leave_out),
        ],
        default=UNKNOWN,
        validate_choice=False,
        group=group,
        render_kw=_box(show_if),
    )


def one_select(label: str, labels: Mapping[str, str]) -> UnboundField:
    """A plain select that answers nothing by itself; the row it stands in reads it."""
    return SelectField(label, choices=plain_choices(labels), default=next(iter(labels)))


def _are_short(listed: list[SelectChoice]) -> bool:
    """Whether the answers fit beside one another: few, short and without hints."""
    return len(listed) <= MOST_BESIDE and not any(
        choice.render_kw or len(choice.label) > LONGEST_BESIDE for choice in listed
    )


def _box(show_if: str) -> dict[str, Any]:
    return {"data-show-if": show_if} if show_if else {}
