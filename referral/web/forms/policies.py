"""Forms about policies: a proposal, and other priorities tried on one ranking."""

import re
from collections.abc import Mapping
from datetime import date
from numbers import Real
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import FormField, StringField, TextAreaField
from wtforms.validators import Length

from matching.policy import WEIGHT_SUM, Policy
from matching.policy_checks import MEASURES, RANGES
from matching.vocabulary import Criterion
from referral.rules.policies import (
    REASON_LENGTH_MAX,
    WEIGHTS,
    Emphasis,
    emphasized,
    number_groups,
    read_emphasis,
)
from referral.rules.values import day
from referral.web.forms.base import BaseForm, PartForm, RadioGroup
from referral.web.forms.rankings import AddressForm
from referral.web.forms.reading import ReadField, tidy
from referral.wording.policies import EMPHASES, number_label, number_unit, share_words
from referral.wording.policy_values import value_words
from referral.wording.programs import day_words

KEEP, IN_WORDS, AS_NUMBERS, TO_SCALE = "keep", "words", "numbers", "scale"
WEIGHINGS = {
    KEEP: "Leave them as they are",
    IN_WORDS: "In words: more or less important than now",
    AS_NUMBERS: f"As whole numbers that add up to {WEIGHT_SUM}",
    TO_SCALE: f"As any numbers, brought to {WEIGHT_SUM} in proportion",
}
SHORT_REASON = Length(max=REASON_LENGTH_MAX, message=f"Shorten the reason to {REASON_LENGTH_MAX} characters.")


def policy_number(text: str) -> object:
    """A number out of "600", "$1,000", "45 min", "50 %" or "2.4"; anything else is left to be refused."""
    found = re.fullmatch(r"\s*\$?\s*(\d{1,3}(?:,\d{3})+|\d+)?(\.\d{1,6})?\s*(?:%|[a-z]+)?\.?\s*", text, re.I)
    if not found or not (found[1] or found[2]):
        return text
    whole = (found[1] or "0").replace(",", "")
    return float(whole + found[2]) if found[2] else int(whole)


def _limits(name: str) -> tuple[float, float]:
    return RANGES[name] if name in RANGES else MEASURES[name]


def _number_field(policy: Policy, name: str) -> ReadField:
    least, most = _limits(name)

    def read(text: str) -> object:
        value = policy_number(text)
        if name in RANGES and isinstance(value, float) and value == int(value):
            value = int(value)
        fits = isinstance(value, int) if name in RANGES else isinstance(value, int | float)
        return value if fits and least <= value <= most else text  # type: ignore[operator]

    kind = "a whole number" if name in RANGES else "a number"
    return ReadField(
        number_label(name),
        read=read,
        kind=Real,
        sentence=f"Enter {kind} from {least:,g} to {most:,g}",
        shown=lambda value: f"{value:,}",
        description=f"Now {value_words(name, getattr(policy, name))}. {policy.choices[name].reason}",
        default=getattr(policy, name),
        render_kw={"size": 8, "inputmode": "decimal", "unit": number_unit(name)},
    )


def _why_field(label: str) -> StringField:
    return StringField(
        f"Why: {label[0].lower()}{label[1:]}",
        filters=[tidy],
        validators=[SHORT_REASON],
        description="Only if you change it.",
    )


def _steps_field(policy: Policy, criterion: Criterion) -> RadioGroup:
    weight = policy.weights[criterion]
    return RadioGroup(
        criterion.label,
        choices=dict(EMPHASES),
        default=Emphasis.AS_NOW.value,
        validate_choice=False,
        description=f"Now {weight} of {WEIGHT_SUM}, {share_words(weight)}.",
        render_kw={"columns": True},
    )


def _weight_field(policy: Policy, criterion: Criterion) -> ReadField:
    return ReadField(
        criterion.label,
        read=lambda text: value if isinstance(value := policy_number(text), int) and value <= 10**6 else text,
        kind=int,
        sentence=f"Enter a whole number for {criterion.label.lower()}, such as 410",
        default=policy.weights[criterion],
        render_kw={"size": 6, "inputmode": "numeric"},
    )


class ProposalBase(BaseForm):
    """What every proposal says: why, from when, and how weights are set."""

    reason = TextAreaField(
        "Why the policy should change",
        description="Everyone in the district who opens the policy reads this. Name no student.",
        filters=[tidy],
        validators=[SHORT_REASON],
    )
    wished_from = ReadField(
        "First day it should count",
        read=day,
        kind=date,
        sentence="Enter a day like Jan 5, 2027",
        shown=day_words,
        description="It counts from its approval at the earliest. Rankings made before keep their policy.",
        render_kw={"size": 14},
    )
    weighing = RadioGroup(
        "How to set what counts how much", choices=WEIGHINGS, default=KEEP, validate_choice=False
    )

    def weights(self, policy: Policy) -> dict[Criterion, int]:
        """The weights as they were set, in words or as numbers; a blank keeps the policy's."""
        if self.weighing.data == IN_WORDS:
            part = self.in_words.form
            return emphasized(policy.weights, {c: read_emphasis(part[c.value].data) for c in Criterion})
        if self.weighing.data in (AS_NUMBERS, TO_SCALE):
            part = self.as_numbers.form
            values = {c: part[c.value].value for c in Criterion}
            return {c: policy.weights[c] if values[c] is None else values[c] for c in Criterion}
        return dict(policy.weights)

    def numbers(self, policy: Policy) -> dict[str, Any]:
        """Every single number as it was entered; a blank keeps the policy's."""
        names = [name for group in number_groups().values() for name in group]
        entered = {name: self[name].value for name in names}
        return {n: getattr(policy, n) if value is None else value for n, value in entered.items()}

    def reasons(self) -> dict[str, str]:
        """The reason given for each number, and for the weights."""
        return {
            field.name.removeprefix("why_"): field.data or ""
            for field in self
            if field.name.startswith("why_")
        }

    def groups(self) -> dict[str, list[Any]]:
        """The fields of single numbers, each followed by its reason, group by group."""
        return {
            key: [self[field] for name in names for field in (name, f"why_{name}")]
            for key, names in number_groups().items()
        }


def proposal_form(policy: Policy, today: date) -> ProposalBase:
    """The form of a proposal to change a policy."""
    in_words = {c.value: _steps_field(policy, c) for c in Criterion}
    as_numbers = {c.value: _weight_field(policy, c) for c in Criterion}
    fields: dict[str, Any] = {
        "in_words": FormField(
            type("WordsPart", (PartForm,), in_words),
            "Importance",
            render_kw={"data-show-if": f"weighing={IN_WORDS}"},
        ),
        "as_numbers": FormField(
            type("WeightsPart", (PartForm,), as_numbers),
            "Weights",
            render_kw={"data-show-if": f"weighing={AS_NUMBERS}|{TO_SCALE}"},
        ),
        f"why_{WEIGHTS}": _why_field(number_label(WEIGHTS)),
    }
    for names in number_groups().values():
        for name in names:
            fields[name] = _number_field(policy, name)
            fields[f"why_{name}"] = _why_field(number_label(name))
    form: ProposalBase = type("ProposalForm", (ProposalBase,), fields)()
    if request.method == "GET":
        form.wished_from.process_data(today)
    return form


def priorities_form(policy: Policy, asked: MultiDict[str, str]) -> AddressForm:
    """The steps of each criterion, as in the address."""
    fields = {c.value: _steps_field(policy, c) for c in Criterion}
    form: AddressForm = type("PrioritiesForm", (AddressForm,), fields)(asked)
    for criterion in Criterion:
        form[criterion.value].data = read_emphasis(form[criterion.value].data).value
    return form


def emphases_of(asked: Mapping[str, str]) -> dict[Criterion, Emphasis]:
    """The step of each criterion in the address; what makes no sense is as in the policy."""
    return {criterion: read_emphasis(asked.get(criterion.value)) for criterion in Criterion}
