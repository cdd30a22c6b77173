"""Numbers of seats as the plans take them, checked."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.exceptions import MatchingError

Whole = NDArray[np.int64]


def checked_seats(seats: ArrayLike, n_programs: int) -> Whole:
    """The seats of each program as int64 of shape (n_programs,).

    Raises
    ------
    MatchingError : ``seats`` is not one whole number, 0 or more, for each program.
    """
    counts = np.asarray(seats)
    if counts.shape != (n_programs,):
        raise MatchingError("seats", f"must hold one number for each of {n_programs} programs")
    if not n_programs:
        return np.zeros(0, np.int64)
    if counts.dtype.kind not in "iu":
        raise MatchingError("seats", f"must be whole numbers, not {counts.dtype}")
    if counts.min() < 0:
        raise MatchingError("seats", "must not be negative")
    return counts.astype(np.int64)
