"""Distance and an estimate of the ride."""

import math

import numpy as np
from numpy.typing import NDArray

from matching.policy import Policy
from matching.profiles import Place

EARTH_RADIUS_MILES = 3958.8
ROAD_MILES_PER_STRAIGHT_MILE = 1.3

Degrees = NDArray[np.float64]


def straight_miles(origin: Place, latitudes: Degrees, longitudes: Degrees) -> NDArray[np.float64]:
    """Great-circle miles from the origin to each place (haversine); NaN stays NaN.

    Parameters
    ----------
    latitudes, longitudes : ndarray of shape (n,)
        Degrees.
    """
    there, here = np.radians(latitudes), math.radians(origin.latitude)
    across = np.radians(longitudes) - math.radians(origin.longitude)
    chord = np.sin((there - here) / 2) ** 2 + math.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    miles: NDArray[np.float64] = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return miles


def estimated_minutes(
    miles: NDArray[np.float64], policy: Policy
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Least and most whole minutes one way; -1 where the distance is not known.

    An estimate, shown as one: staff may enter the measured ride.
    """
    known = ~np.isnan(miles)
    likely = policy.ride_base_minutes + policy.ride_minutes_per_mile * np.where(known, miles, 0.0)
    low = np.floor(likely * policy.ride_low_share).astype(np.int32)
    high = np.ceil(likely * policy.ride_high_share).astype(np.int32)
    return np.where(known, low, -1), np.where(known, high, -1)
