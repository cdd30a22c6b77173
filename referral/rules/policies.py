"""Versions of a district's policy: their states, who approves, from when, and weights put into words."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import Enum

from matching.policy import WEIGHT_SUM
from matching.policy_checks import MEASURES, RANGES
from matching.vocabulary import Criterion
from referral.errors import FieldProblem, InvalidInput, NotPermitted, StaleUpdate
from referral.rules.rankings import plain_text

REASON_LENGTH_MAX = 500
VERSION_SLUG_MAX = 60
FARTHEST = timedelta(days=730)
WEIGHTS = "weights"

# Which numbers stand together on a page; a number in no group stands in the last one.
NUMBER_GROUPS: Mapping[str, tuple[str, ...]] = {
    "fit": (
        "need_fit_threshold",
        "critical_need",
        "critical_gap",
        "medical_gate_from",
        "behavior_gate_from",
        "age_limit_months",
    ),
    "support": (
        "under_support_loss",
        "over_support_loss",
        "preferred_service_percent",
        "ratio_zero_multiple",
        "return_support_points",
    ),
    "ride": (
        "ride_full_minutes",
        "ride_default_limit_minutes",
        "ride_least_limit_minutes",
        "ride_base_minutes",
        "ride_minutes_per_mile",
        "ride_low_share",
        "ride_high_share",
    ),
    "start": ("start_zero_days", "seats_current_days", "seats_ask_days", "seats_stale_days"),
    "family": ("preference_not_named", "preference_none_stated"),
    "cost": ("cost_delta", "cost_rounding_usd", "part_day_aide_percent"),
}
OTHER_NUMBERS = "other"


class PolicyState(Enum):
    """Where a version stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Decision(Enum):
    """What was decided of a proposal, once."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Emphasis(Enum):
    """How much a criterion is to matter against the policy: five steps, each double the one before."""

    MUCH_LESS = "much_less"
    LESS = "less"
    AS_NOW = "as_now"
    MORE = "more"
    MUCH_MORE = "much_more"


# Fourths of the policy's weight.
FACTORS: Mapping[Emphasis, int] = {
    Emphasis.MUCH_LESS: 1,
    Emphasis.LESS: 2,
    Emphasis.AS_NOW: 4,
    Emphasis.MORE: 8,
    Emphasis.MUCH_MORE: 16,
}


def number_groups() -> dict[str, tuple[str, ...]]:
    """Every single number of a policy that a proposal may change, group by group."""
    named = {name for group in NUMBER_GROUPS.values() for name in group}
    rest = tuple(name for name in (*RANGES, *MEASURES) if name not in named)
    groups = {
        key: tuple(n for n in names if n in RANGES or n in MEASURES) for key, names in NUMBER_GROUPS.items()
    }
    return groups | ({OTHER_NUMBERS: rest} if rest else {})


def read_emphasis(text: str | None) -> Emphasis:
    """The step of this value; anything else changes nothing."""
    return next((one for one in Emphasis if one.value == text), Emphasis.AS_NOW)


def emphasized(
    weights: Mapping[Criterion, int], emphases: Mapping[Criterion, Emphasis]
) -> dict[Criterion, int]:
    """The weights with some criteria mattering more or less, adding up to 4096 again."""
    wanted = {c: weights[c] * FACTORS[emphases.get(c, Emphasis.AS_NOW)] for c in Criterion}
    return scaled(wanted)


def scaled(parts: Mapping[Criterion, int]) -> dict[Criterion, int]:
    """Whole weights that add up to 4096, in these proportions; by largest remainder, ties to the earlier.

    Raises
    ------
    InvalidInput : none is above 0.
    """
    total = sum(parts.values())
    if total <= 0:
        raise InvalidInput([FieldProblem(WEIGHTS, "policy_weights_zero")])
    weights = {criterion: WEIGHT_SUM * part // total for criterion, part in parts.items()}
    short = WEIGHT_SUM - sum(weights.values())
    by_remainder = sorted(parts, key=lambda criterion: -(WEIGHT_SUM * parts[criterion] % total))
    for criterion in by_remainder[:short]:
        weights[criterion] += 1
    return weights


def state_of(
    decision: Decision | None, in_force_from: date | None, *, current_from: date | None
) -> PolicyState:
    """The state of a version; an approved one is superseded once a later one is in force.

    ``current_from`` is the first day of the version in force; None where the district has none.
    """
    if decision is None:
        return PolicyState.PROPOSED
    if decision is Decision.WITHDRAWN:
        return PolicyState.WITHDRAWN
    replaced = current_from is not None and in_force_from is not None and in_force_from < current_from
    return PolicyState.SUPERSEDED if replaced else PolicyState.APPROVED


def version_name(district_slug: str, number: int) -> str:
    """What a district's version is called: "lexington-ma-3"."""
    return f"{district_slug[:VERSION_SLUG_MAX].rstrip('-')}-{number}"


def check_reason(text: str, field: str = "reason") -> str:
    """The reason without blanks around it.

    Raises
    ------
    InvalidInput : it is empty or too long.
    """
    text = plain_text(text)
    if not text:
        raise InvalidInput([FieldProblem(field, "policy_reason_missing")])
    if len(text) > REASON_LENGTH_MAX:
        raise InvalidInput([FieldProblem(field, "policy_reason_long", {"most": REASON_LENGTH_MAX})])
    return text


def check_wished_day(wished: date, today: date) -> date:
    """The first day asked for; one in the past means as soon as it is approved.

    Raises
    ------
    InvalidInput : more than two years ahead.
    """
    if wished > today + FARTHEST:
        raise InvalidInput([FieldProblem("wished_from", "policy_day_far")])
    return wished


def in_force_from(wished: date, today: date, base_from: date | None) -> date:
    """The first day of an approved version: the day asked for, never before its approval or its base."""
    return max(wished, today, base_from or wished)


def check_open(decision: Decision | None) -> None:
    """Refuse to decide what was decided.

    Raises
    ------
    StaleUpdate : it was approved or withdrawn in the meantime.
    """
    if decision is not None:
        raise StaleUpdate("policy_decided")


def check_base_is_latest(base: str, latest: str) -> None:
    """Refuse to approve a proposal that another one has overtaken.

    Raises
    ------
    StaleUpdate : another version was approved since.
    """
    if base != latest:
        raise StaleUpdate("policy_base_moved", base=base, latest=latest)


def check_may_approve(actor_id: int, proposer_id: int | None, director_ids: Collection[int]) -> None:
    """Refuse the proposer's own approval where another director can give it.

    Raises
    ------
    NotPermitted : the district has a second director.
    """
    if actor_id == proposer_id and set(director_ids) - {actor_id}:
        raise NotPermitted("policy_second_director")
