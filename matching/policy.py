"""A policy: gates' levels, value scales, weights and thresholds, each number with its reason.

Every number is a choice of people, not a finding. ``POLICY_2026_1`` is a proposal until special education
directors set their own; a later version names what it changed, who did it, when and why.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from matching.exceptions import InvalidPolicy
from matching.policy_checks import (
    MEASURES,
    RANGES,
    VALUE_MAX,
    WEIGHT_SUM,
    check_amounts,
    check_peer_points,
    check_preference,
    check_ranges,
    check_weights,
)
from matching.state_limits import StateLimit, check_state_limits
from matching.vocabulary import Criterion, PeerTime, Setting

__all__ = ["VALUE_MAX", "WEIGHT_SUM", "Choice", "Policy", "Reimbursement", "StateLimit", "TransportRate"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Why one number of a policy is what it is."""

    reason: str
    author: str
    on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """A state's reimbursement of high costs for one fiscal year; threshold None where it was not found."""

    state: str
    fiscal_year: int
    threshold_usd: int | None
    rate_percent: int
    transport_percent: int
    source: str

    def __post_init__(self) -> None:
        check_amounts("threshold_usd", [self.threshold_usd])
        check_amounts("rate_percent", [self.rate_percent], 100)
        check_amounts("transport_percent", [self.transport_percent], 100)


@dataclass(frozen=True, slots=True)
class TransportRate:
    """A yearly price of rides: days x (base + per mile x miles both ways)."""

    base_usd_per_day: int
    usd_per_mile: int
    days: int
    example: bool

    def __post_init__(self) -> None:
        check_amounts("transport", [self.base_usd_per_day, self.usd_per_mile])
        check_amounts("days", [self.days], 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All numbers of the method. Levels 0 to 4, values 0 to 1000, weights out of 4096, money in USD."""

    version: str
    author: str
    adopted_on: date
    reason: str
    weights: Mapping[Criterion, int]
    under_support_loss: int
    over_support_loss: int
    preferred_service_percent: int
    ratio_zero_multiple: int
    peer_points: Mapping[PeerTime, int]
    return_support_points: int
    ride_full_minutes: int
    ride_default_limit_minutes: int
    ride_least_limit_minutes: int
    ride_base_minutes: float
    ride_minutes_per_mile: float
    ride_low_share: float
    ride_high_share: float
    start_zero_days: int
    preference_points: tuple[int, ...]
    preference_not_named: int
    preference_none_stated: int
    need_fit_threshold: int
    critical_need: int
    critical_gap: int
    cost_delta: int
    cost_rounding_usd: int
    seats_current_days: int
    seats_ask_days: int
    seats_stale_days: int
    medical_gate_from: int
    behavior_gate_from: int
    age_limit_months: int
    unknown_public_setting: Setting
    part_day_aide_percent: int
    reimbursements: tuple[Reimbursement, ...]
    weight_concentration: float = 50.0
    importance_classes: tuple[tuple[Criterion, ...], ...] = ()
    transport: TransportRate | None = None
    state_limits: tuple[StateLimit, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_weights(self.weights)
        check_ranges({name: getattr(self, name) for name in (*RANGES, *MEASURES)})
        check_peer_points(self.peer_points, self.return_support_points)
        check_preference(self.preference_points)
        self._check_scales()
        self._check_confidence()
        missing = {f.name for f in fields(self)} - set(self.choices) - _IDENTITY
        if not self.state_limits:  # a policy kept before there were any
            missing -= {"state_limits"}
        if missing:
            raise InvalidPolicy("choices", f"no reason given for {', '.join(sorted(missing))}")

    def _check_scales(self) -> None:
        if not self.seats_current_days < self.seats_ask_days < self.seats_stale_days:
            raise InvalidPolicy("seats_ask_days", "the three ages of a seat fact must rise")
        if self.ride_full_minutes >= self.ride_least_limit_minutes:
            raise InvalidPolicy("ride_full_minutes", "must be less than ride_least_limit_minutes")
        years = [(rule.state, rule.fiscal_year) for rule in self.reimbursements]
        if len(years) != len(set(years)):
            raise InvalidPolicy("reimbursements", "must have one rule for a state and a year")
        check_state_limits(self.state_limits)

    def _check_confidence(self) -> None:
        if not 0 < self.weight_concentration < math.inf:
            raise InvalidPolicy("weight_concentration", "must be positive and finite")
        named = [criterion for group in self.importance_classes for criterion in group]
        if named and sorted(named) != sorted(Criterion):
            raise InvalidPolicy("importance_classes", "must name each criterion once")

    def weight_row(self) -> tuple[int, ...]:
        """The weights in the order of Criterion."""
        return tuple(self.weights[criterion] for criterion in Criterion)

    def reimbursement(self, state: str, fiscal_year: int) -> Reimbursement | None:
        """The state's rule for a fiscal year; None where none is recorded."""
        for rule in self.reimbursements:
            if (rule.state, rule.fiscal_year) == (state, fiscal_year):
                return rule
        return None

    def revised(self, *, version: str, choice: Choice, **changes: Any) -> "Policy":
        """A new version with some numbers changed, each under the given reason."""
        unknown = set(changes) - {f.name for f in fields(self)} | set(changes) & _IDENTITY
        if unknown:
            raise InvalidPolicy(min(unknown), "is not a number of a policy")
        return replace(
            self,
            version=version,
            author=choice.author,
            adopted_on=choice.on,
            reason=choice.reason,
            choices={**self.choices, **dict.fromkeys(changes, choice)},
            **changes,
        )


_IDENTITY = frozenset({"version", "author", "adopted_on", "reason", "choices"})
