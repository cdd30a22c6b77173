"""Codes of the arrays: three-valued answers, delivery of services, bits of closed lists, days and months.

Unknown is -1 in whole-number arrays and 2 in three-valued ones (0 no, 1 yes, 2 not known).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.vocabulary import (
    CommunicationMode,
    Dimension,
    Feature,
    Grade,
    Limit,
    PeerTime,
    PlacementType,
    Service,
    Setting,
)

NO, YES, UNKNOWN, NOT_ASKED = 0, 1, 2, 3
UNSTATED, DIRECT, CONSULT, NOT_OFFERED = 0, 1, 2, 3
MONTHS_PER_YEAR = 12
NO_LIMIT_RECORDED = -1

Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]


def ordinal(day: date | None) -> int:
    """Days since the year 1; -1 for None."""
    return -1 if day is None else day.toordinal()


def three_valued(value: bool | None) -> int:
    """The code of yes, no or not known."""
    return UNKNOWN if value is None else YES if value else NO


def bits(terms: Iterable[Any], of: Sequence[Any]) -> int:
    """A bit for each term, in the order of its list."""
    return sum(1 << of.index(term) for term in set(terms))


GRADES, PLACEMENTS, SETTINGS, LIMITS = list(Grade), list(PlacementType), list(Setting), list(Limit)
SERVICES, MODES, FEATURES, DIMENSIONS = list(Service), list(CommunicationMode), list(Feature), list(Dimension)
PEER_TIMES = list(PeerTime)
