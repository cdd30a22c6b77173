"""What each criterion gives every option: its values, and its share in the sums that decide block and value.

The sums of an option are those of its criteria. Students with the same answer share the part of a criterion.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.adequacy import gaps_in, margins
from matching.codes import Ints
from matching.criteria import SCALES, Range, Scale, need_fit_criteria
from matching.gate import Asked
from matching.intervals import Interval
from matching.results import CriterionValue
from matching.support import support_values
from matching.vocabulary import Criterion

POINTS, LEAST_MARGIN, MOST_MARGIN, MARKS = range(4)
# Marks count open cells, possible critical gaps and certain ones, each in bits of its own.
POSSIBLE_SHIFT, CERTAIN_SHIFT, COUNT = 8, 16, 255


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: least and most values, the same for the need fit, and sums of shape (4, n_options).

    ``certain`` says whether the student surely has the need; None where it does not enter the need fit.
    """

    criterion: Criterion
    weight: int
    certain: bool | None
    low: Ints
    high: Ints
    fit_low: Ints
    fit_high: Ints
    sums: NDArray[np.int32]

    def fit(self, row: int) -> Interval:
        """The value of one option for the need fit."""
        return Interval(self.fit_low.item(row), self.fit_high.item(row))


@lru_cache(maxsize=1 << 14)
def criterion_value(criterion: Criterion, low: int, high: int, weight: int) -> CriterionValue:
    """A value by its bounds. Values repeat from option to option, and from student to student."""
    return CriterionValue(criterion, low, (low + high) >> 1, high, weight)


def parts_of(asked: Asked) -> list[Part]:
    """The part of every criterion, in their order."""
    needs = dict(need_fit_criteria(asked.student))
    return [_shared_part(asked, scale, needs.get(scale.criterion)) for scale in SCALES]


def _shared_part(asked: Asked, scale: Scale, certain: bool | None) -> Part:
    policy, key = asked.policy, scale.key(asked)
    if key is None:
        return _part(asked, scale, certain)
    whole_key = (scale.criterion, key, policy.weights[scale.criterion], policy.need_fit_threshold, certain)
    part: Part = asked.catalogue.remember(whole_key, lambda: _part(asked, scale, certain))
    return part


def summed(parts: list[Part]) -> NDArray[np.int32]:
    """The sums of every option, shape (4, n_options)."""
    total = parts[0].sums + parts[1].sums
    for part in parts[2:]:
        total += part.sums
    return total


def _part(asked: Asked, scale: Scale, certain: bool | None) -> Part:
    weight = asked.policy.weights[scale.criterion]
    low, high = scale.values(asked)
    fit_low, fit_high = _fit_values(asked, scale, (low, high))
    sums = np.zeros((4, len(low)), np.int32)
    sums[POINTS] = weight * ((low + high) >> 1)
    if certain is not None:
        threshold = asked.policy.need_fit_threshold
        sums[LEAST_MARGIN], sums[MOST_MARGIN] = margins(fit_low, fit_high, weight, threshold, certain=certain)
    sums[MARKS] = low != high
    if scale.dimension is not None:
        certainly, possibly = gaps_in(asked, scale.dimension)
        sums[MARKS] += certainly * np.int32(1 << CERTAIN_SHIFT) + possibly * np.int32(1 << POSSIBLE_SHIFT)
    return Part(scale.criterion, weight, certain, low, high, fit_low, fit_high, sums)


def _fit_values(asked: Asked, scale: Scale, values: Range) -> Range:
    """Of support without the loss of over-support, and as if there were a need where one is possible."""
    if scale.dimension is None:
        return values
    return support_values(asked, scale.dimension, over_support_loss=0, least_need=1)
