"""The ride of one student to every option: entered minutes, else an estimate by distance."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.codes import Ints
from matching.intervals import Interval
from matching.options import Option
from matching.policy import Policy
from matching.profiles import NeedProfile, Place
from matching.results import Ride
from matching.travel import estimated_minutes, straight_miles
from matching.vocabulary import Answer


@dataclass(frozen=True, slots=True)
class Rides:
    """One-way minutes per option, -1 where not known; a point where the minutes were entered.

    ``key`` is what the estimates were made from; None where minutes of one student were entered.
    """

    low: Ints
    high: Ints
    miles: NDArray[np.float64]
    entered: NDArray[np.bool_]
    limit_minutes: int
    key: Hashable | None
    _told: dict[int, Ride] = field(init=False, repr=False, compare=False, default_factory=dict)

    def minutes_of(self, option: Option) -> Interval | None:
        """The range of one option; None where not known."""
        low, high = self.low.item(option.row), self.high.item(option.row)
        return None if low < 0 else Interval(low, high)

    def ride(self, row: int) -> Ride:
        """The ride to one option, with whether it is over the limit; told once for a place."""
        if row not in self._told:
            self._told[row] = self._ride(row)
        return self._told[row]

    def _ride(self, row: int) -> Ride:
        limit = self.limit_minutes
        low, high = self.low.item(row), self.high.item(row)
        over = Answer.UNKNOWN if low < 0 else Answer.NO if high <= limit else Answer.YES
        if low <= limit < high:
            over = Answer.UNKNOWN
        miles = self.miles.item(row)
        return Ride(
            minutes=None if low < 0 else Interval(low, high),
            entered=self.entered.item(row),
            limit_minutes=limit,
            over_limit=over,
            miles=None if math.isnan(miles) else round(miles, 1),
        )


def rides(student: NeedProfile, catalogue: Catalogue, policy: Policy) -> Rides:
    """The rides of one student; a program key stands for its only or first site."""
    limit = student.ride_limit_minutes or policy.ride_default_limit_minutes
    key = ("rides", student.origin, limit, *_SCALE(policy))
    estimates: Rides = catalogue.remember(
        key, lambda: _estimates(student.origin, catalogue, policy, limit, key)
    )
    return _with_entered(estimates, student, catalogue) if student.ride_minutes else estimates


_SCALE = attrgetter("ride_base_minutes", "ride_minutes_per_mile", "ride_low_share", "ride_high_share")


def _estimates(
    origin: Place | None, catalogue: Catalogue, policy: Policy, limit: int, key: Hashable
) -> Rides:
    miles = np.full(len(catalogue), np.nan)
    if origin is not None:
        miles = straight_miles(origin, *catalogue.places)
    entered = np.zeros(len(catalogue), bool)
    return Rides(*estimated_minutes(miles, policy), miles, entered, limit, key)


def _with_entered(estimates: Rides, student: NeedProfile, catalogue: Catalogue) -> Rides:
    """The estimates with the entered minutes in their places; those of a site go before its program's."""
    low, high, entered = estimates.low.copy(), estimates.high.copy(), estimates.entered.copy()
    for place in sorted(student.ride_minutes):  # a program, then its sites
        rows = catalogue.rows_by_site.get(place, [])
        low[rows] = high[rows] = student.ride_minutes[place]
        entered[rows] = True
    return replace(estimates, low=low, high=high, entered=entered, key=None)
