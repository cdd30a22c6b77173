"""Support match: an offered level against a needed one, on a fixed scale, for ranges of both."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.codes import DIMENSIONS, Ints
from matching.gate import Asked
from matching.intervals import Interval
from matching.policy import VALUE_MAX
from matching.vocabulary import Dimension

LEVELS = 5
# Levels as ranges: (0,0), (0,1) ... (4,4); the place of each in tables of value by need and offer.
LEVEL_RANGES = tuple(Interval(low, high) for low in range(LEVELS) for high in range(low, LEVELS))
_RANGE_PLACE = np.full((LEVELS, LEVELS), -1, np.int8)
for _place, _range in enumerate(LEVEL_RANGES):
    _RANGE_PLACE[_range.low, _range.high] = _place


def support_values(
    asked: Asked, dimension: Dimension, *, over_support_loss: int, least_need: int = 0
) -> tuple[Ints, Ints]:
    """Support match on one dimension.

    ``least_need`` leaves out lower needs where higher ones are possible: what is true if there is a need.
    """
    low, high = _support_tables(asked.policy.under_support_loss, over_support_loss)
    need = asked.student.level(dimension)
    place = _RANGE_PLACE[min(max(need.low, least_need), need.high), need.high]
    row = DIMENSIONS.index(dimension)
    offers = _RANGE_PLACE[asked.catalogue.level_low[row], asked.catalogue.level_high[row]]
    return low[place][offers], high[place][offers]


@lru_cache(maxsize=16)
def _support_tables(under_loss: int, over_loss: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Least and most value by need range and offer range, shape (15, 15)."""
    spans = [
        [
            [
                support_value(need, offer, under_loss=under_loss, over_loss=over_loss)
                for need in range(needs.low, needs.high + 1)
                for offer in range(offers.low, offers.high + 1)
            ]
            for offers in LEVEL_RANGES
        ]
        for needs in LEVEL_RANGES
    ]
    low = np.array([[min(cell) for cell in row] for row in spans], np.int32)
    return low, np.array([[max(cell) for cell in row] for row in spans], np.int32)


def support_value(need: int, offer: int, *, under_loss: int, over_loss: int) -> int:
    """Value of an offered level for a needed one: 1000 where they meet, less per level above or below."""
    gap = need - offer
    return max(0, VALUE_MAX - (gap * under_loss if gap > 0 else -gap * over_loss))
