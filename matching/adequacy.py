"""Adequacy: whether the need fit reaches the threshold and no critical gap remains, from exact bounds."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.codes import DIMENSIONS
from matching.gate import Asked, Flags
from matching.intervals import Interval
from matching.policy import VALUE_MAX
from matching.vocabulary import Adequacy, Dimension

ADEQUATE, OPEN, NOT_ADEQUATE = 0, 1, 2
ADEQUACY = {ADEQUATE: Adequacy.ADEQUATE, OPEN: Adequacy.OPEN, NOT_ADEQUATE: Adequacy.NOT_ADEQUATE}


def margins(
    low: NDArray[np.int32], high: NDArray[np.int32], weight: int, threshold: int, *, certain: bool
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Least and most weighted distance of one criterion of the need fit from the threshold.

    Where the need itself is uncertain it counts or not, whichever bounds the fit: of the least no more than
    it may hurt, of the most no less than it may help.
    """
    least, most = weight * (low - threshold), weight * (high - threshold)
    return (least, most) if certain else (np.minimum(least, 0), np.maximum(most, 0))


def adequacy(
    least_margin: NDArray[np.int32], most_margin: NDArray[np.int32], certain_gap: Flags, possible_gap: Flags
) -> NDArray[np.int8]:
    """The code of each option from the sums of its margins and whether it has a critical gap."""
    codes = np.full(len(least_margin), OPEN, np.int8)
    codes[(least_margin >= 0) & ~possible_gap] = ADEQUATE
    codes[(most_margin < 0) | certain_gap] = NOT_ADEQUATE
    return codes


def need_fit(certain: Iterable[tuple[int, Interval]], uncertain: Iterable[tuple[int, Interval]]) -> Interval:
    """Least and most weighted mean, 0 to 1000, of weights and values, over which uncertain needs count.

    1000 where none can count. An extreme mean always counts the first of the uncertain values, sorted, so
    trying one more at a time is exact.
    """
    unsure, mass, low, high = [*uncertain], 0, 0, 0
    for weight, value in certain:
        mass, low, high = mass + weight, low + weight * value.low, high + weight * value.high
    least, most, low_mass, high_mass = _mean(low, mass), _mean(high, mass), mass, mass
    for weight, value in sorted(unsure, key=lambda one: one[1].low):
        low, low_mass = low + weight * value.low, low_mass + weight
        least = min(least, _mean(low, low_mass))
    for weight, value in sorted(unsure, key=lambda one: -one[1].high):
        high, high_mass = high + weight * value.high, high_mass + weight
        most = max(most, _mean(high, high_mass))
    return Interval(least, most)


def _mean(total: int, mass: int) -> int:
    return total // mass if mass else VALUE_MAX


def gaps_in(asked: Asked, dimension: Dimension) -> tuple[Flags, Flags]:
    """Whether each option has a certain, and a possible, critical gap in one dimension."""
    policy, catalogue, need = asked.policy, asked.catalogue, asked.student.level(dimension)
    row = DIMENSIONS.index(dimension)
    certain = need.low - catalogue.level_high[row] >= policy.critical_gap
    possible = need.high - catalogue.level_low[row] >= policy.critical_gap
    return certain & (need.low >= policy.critical_need), possible & (need.high >= policy.critical_need)
