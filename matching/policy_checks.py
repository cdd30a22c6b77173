"""Checks of a policy's numbers: each refuses with the number at fault."""

from collections.abc import Iterable, Mapping
from typing import Any

from matching.checks import is_whole
from matching.exceptions import InvalidPolicy
from matching.vocabulary import Criterion, PeerTime

WEIGHT_SUM = 4096
VALUE_MAX = 1000
MOST_USD = 10_000_000

# Whole numbers, least and most.
RANGES: Mapping[str, tuple[int, int]] = {
    "under_support_loss": (0, VALUE_MAX),
    "over_support_loss": (0, VALUE_MAX),
    "preferred_service_percent": (1, 100),
    "ratio_zero_multiple": (2, 100),
    "return_support_points": (0, VALUE_MAX),
    "ride_full_minutes": (1, 300),
    "ride_default_limit_minutes": (1, 300),
    "ride_least_limit_minutes": (1, 300),
    "start_zero_days": (1, 3650),
    "preference_not_named": (0, VALUE_MAX),
    "preference_none_stated": (0, VALUE_MAX),
    "need_fit_threshold": (0, VALUE_MAX),
    "critical_need": (0, 4),
    "critical_gap": (1, 4),
    "cost_delta": (0, VALUE_MAX),
    "cost_rounding_usd": (1, 1_000_000),
    "seats_current_days": (0, 3650),
    "seats_ask_days": (0, 3650),
    "seats_stale_days": (0, 3650),
    "medical_gate_from": (0, 4),
    "behavior_gate_from": (0, 4),
    "age_limit_months": (1, 360),
    "part_day_aide_percent": (0, 100),
}
# Numbers that need not be whole.
MEASURES: Mapping[str, tuple[float, float]] = {
    "ride_base_minutes": (0.0, 120.0),
    "ride_minutes_per_mile": (0.0, 60.0),
    "ride_low_share": (0.0, 1.0),
    "ride_high_share": (1.0, 10.0),
}


def check_ranges(numbers: Mapping[str, Any]) -> None:
    """Refuse a number outside its range."""
    for name, (least, most) in RANGES.items():
        if not is_whole(numbers[name], least, most):
            raise InvalidPolicy(name, f"must be a whole number from {least} to {most}")
    for name, (low, high) in MEASURES.items():
        if not isinstance(numbers[name], int | float) or not low <= numbers[name] <= high:
            raise InvalidPolicy(name, f"must be a number from {low:g} to {high:g}")


def check_weights(weights: Mapping[Criterion, int]) -> None:
    """Refuse weights that are not whole, not of each criterion or do not sum to 4096."""
    if set(weights) != set(Criterion):
        raise InvalidPolicy("weights", "must name each criterion once")
    if not all(is_whole(weight, 0, WEIGHT_SUM) for weight in weights.values()):
        raise InvalidPolicy("weights", "must be whole numbers and not negative")
    if sum(weights.values()) != WEIGHT_SUM:
        raise InvalidPolicy("weights", f"must sum to {WEIGHT_SUM}, not {sum(weights.values())}")


def check_peer_points(points: Mapping[PeerTime, int], return_support: int) -> None:
    """Refuse points of peer time that fall, or that exceed 1000 with those of a return."""
    if set(points) != set(PeerTime):
        raise InvalidPolicy("peer_points", "must name each peer time once")
    row = [points[time] for time in PeerTime]
    if not all(is_whole(one, 0, VALUE_MAX) for one in row) or row != sorted(row):
        raise InvalidPolicy("peer_points", "must be whole numbers that rise within 0 to 1000")
    if row[-1] + return_support > VALUE_MAX:
        raise InvalidPolicy("return_support_points", "must not exceed 1000 with the most peer time")


def check_preference(points: Iterable[int]) -> None:
    """Refuse points of named programs that rise with their place, or none at all."""
    row = list(points)
    whole = bool(row) and all(is_whole(one, 0, VALUE_MAX) for one in row)
    if not whole or row != sorted(row, reverse=True):
        raise InvalidPolicy("preference_points", "must be whole numbers that fall within 1000 to 0")


def check_amounts(field: str, amounts: Iterable[Any], most: int = MOST_USD) -> None:
    """Refuse a negative amount or one above the most; None passes."""
    if not all(amount is None or is_whole(amount, 0, most) for amount in amounts):
        raise InvalidPolicy(field, f"must be a whole number from 0 to {most}")
