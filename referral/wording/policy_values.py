"""The values of a policy's numbers as people read them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matching.policy import Policy, Reimbursement, StateLimit, TransportRate
from matching.vocabulary import Criterion
from referral.wording.policies import number_unit, share_words
from referral.wording.rankings.options import staff_words
from referral.wording.rankings.terms import day, plural

NONE = "None"
SHOWN_APART = frozenset({"weights"})


def value_words(name: str, value: Any) -> str:
    """The value of a number with its unit: "600 of 1000", "60 minutes"."""
    if name in WORDS:
        return WORDS[name](value)
    written = f"{value:,}" if isinstance(value, int | float) else str(value)
    unit = number_unit(name)
    return f"{written} {unit}".strip() if unit != "dollars" else f"${written}"


def _weights(weights: Mapping[Criterion, int]) -> str:
    return ", ".join(f"{criterion.label} {weights[criterion]}" for criterion in Criterion)


def _points_by_word(points: Mapping[Any, int]) -> str:
    return ", ".join(f"{word.label} {value}" for word, value in points.items())


def _in_a_row(values: Sequence[int]) -> str:
    return ", ".join(f"{value:,}" for value in values)


def _reimbursements(rules: Sequence[Reimbursement]) -> str:
    known = [f"{rule.state} {rule.fiscal_year}" for rule in rules if rule.threshold_usd is not None]
    return f"{len(rules)} fiscal years; the threshold is known for {', '.join(known) or 'none'}"


def _transport(rate: TransportRate | None) -> str:
    if rate is None:
        return "Not known"
    example = " (example)" if rate.example else ""
    return f"${rate.base_usd_per_day} a day and ${rate.usd_per_mile} a mile, {rate.days} days{example}"


def _state_limits(limits: Sequence[StateLimit]) -> str:
    return "; ".join(map(_state_limit, limits)) or NONE


def _state_limit(one: StateLimit) -> str:
    if one.staff is None:
        what = f"{one.limit} months between the youngest and the oldest"
    else:
        what = f"{plural(one.limit, 'student')} with {staff_words(*one.staff)}"
    return f"{one.state}: {what}, from {day(one.valid_from)} ({one.source})"


def _classes(classes: Sequence[Sequence[Criterion]]) -> str:
    return "; then ".join(", ".join(one.label for one in group) for group in classes) or NONE


WORDS: Mapping[str, Callable[[Any], str]] = {
    "weights": _weights,
    "peer_points": _points_by_word,
    "preference_points": _in_a_row,
    "unknown_public_setting": lambda setting: str(setting.label),
    "reimbursements": _reimbursements,
    "transport": _transport,
    "state_limits": _state_limits,
    "importance_classes": _classes,
    "weight_concentration": lambda value: f"{value:g}",
}


def weight_rows(policy: Policy) -> list[tuple[str, int, str]]:
    """Each criterion with its weight and the share that is."""
    return [(one.label, policy.weights[one], share_words(policy.weights[one])) for one in Criterion]
