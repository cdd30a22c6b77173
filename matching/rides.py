"""The ride of one student to every option: entered minutes, else an estimate by distance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue, Ints
from matching.intervals import Interval
from matching.options import Option
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.results import Ride
from matching.travel import estimated_minutes, straight_miles
from matching.vocabulary import Answer


@dataclass(frozen=True, slots=True)
class Rides:
    """One-way minutes per option, -1 where not known; a point where the minutes were entered."""

    low: Ints
    high: Ints
    miles: NDArray[np.float64]
    entered: NDArray[np.bool_]
    limit_minutes: int
    _rows: dict[int, int]

    def minutes_of(self, option: Option) -> Interval | None:
        """The range of one option; None where not known."""
        row = self._rows[id(option)]
        return None if self.low[row] < 0 else Interval(int(self.low[row]), int(self.high[row]))

    def ride(self, row: int) -> Ride:
        """The ride to one option, with whether it is over the limit."""
        limit = self.limit_minutes
        low, high = int(self.low[row]), int(self.high[row])
        over = Answer.UNKNOWN if low < 0 else Answer.NO if high <= limit else Answer.YES
        if low >= 0 and low <= limit < high:
            over = Answer.UNKNOWN
        miles = float(self.miles[row])
        return Ride(
            minutes=None if low < 0 else Interval(low, high),
            entered=bool(self.entered[row]),
            limit_minutes=limit,
            over_limit=over,
            miles=None if np.isnan(miles) else round(miles, 1),
        )


def rides(student: NeedProfile, catalogue: Catalogue, policy: Policy) -> Rides:
    """The rides of one student; a program key stands for its only or first site."""
    low, high, miles = _estimates(student, catalogue, policy)
    entered = np.zeros(len(catalogue), bool)
    if student.ride_minutes:
        low, high = low.copy(), high.copy()
        for row, option in enumerate(catalogue.options):
            minutes = _entered(student, option)
            if minutes is not None:
                low[row] = high[row] = minutes
                entered[row] = True
    limit = student.ride_limit_minutes or policy.ride_default_limit_minutes
    return Rides(low, high, miles, entered, limit, catalogue.rows_by_identity)


def _estimates(
    student: NeedProfile, catalogue: Catalogue, policy: Policy
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    def made() -> tuple[Ints, Ints, NDArray[np.float64]]:
        if student.origin is None:
            miles = np.full(len(catalogue), np.nan)
        else:
            miles = straight_miles(student.origin, *catalogue.places)
        return (*estimated_minutes(miles, policy), miles)

    table: tuple[Ints, Ints, NDArray[np.float64]] = catalogue.remember(
        ("rides", student.origin, *_scale(policy)), made
    )
    return table


def _scale(policy: Policy) -> tuple[float, float, float, float]:
    return (
        policy.ride_base_minutes,
        policy.ride_minutes_per_mile,
        policy.ride_low_share,
        policy.ride_high_share,
    )


def _entered(student: NeedProfile, option: Option) -> int | None:
    program = option.program
    if option.site is not None:
        by_site = student.ride_minutes.get(f"{program.key}/{option.site.key}")
        if by_site is not None:
            return by_site
        if option.site is not program.sites[0]:
            return None
    return student.ride_minutes.get(program.key)
