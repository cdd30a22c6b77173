"""What one more seat would add to the total gain of an optimal plan."""

import numpy as np
from numpy.typing import ArrayLike

from matching.exceptions import MatchingError
from matching.optimal_assignment import NOBODY, Pairs, SparseGain, checked_pairs
from matching.seat_counts import Whole


def seat_prices(gain: SparseGain, seats: ArrayLike, plan: ArrayLike) -> Whole:
    """For each program what one more seat there would add to the total gain; 0 where seats are left.

    The prices certify the plan: with each student's best ``gain - price`` (or 0), the sum over students
    plus ``seats @ prices`` equals the total gain of the plan, and no plan can gain more.

    Parameters
    ----------
    gain, seats : as for ``optimal_plan``.
    plan : array of shape (n_students,), as ``optimal_plan`` gave it.

    Returns
    -------
    ndarray of int64 of shape (n_programs,), 0 or more, in the units of the gain.

    Raises
    ------
    MatchingError : arguments that do not fit, or a plan that another would beat.
    """
    pairs, counts = checked_pairs(gain, seats)
    placed = _checked_plan(plan, pairs, counts)
    current = _current_gain(pairs, placed)
    taken = np.bincount(placed[placed != NOBODY], minlength=len(counts))
    prices = _prices(pairs, placed, current, len(counts))
    if (taken > counts).any() or (prices[taken < counts] > 0).any() or (current < 0).any():
        raise _not_optimal()
    return prices


def _not_optimal() -> MatchingError:
    return MatchingError("plan", "is not a plan of the largest total gain for these seats")


def _checked_plan(plan: ArrayLike, pairs: Pairs, seats: Whole) -> Whole:
    placed = np.asarray(plan)
    if placed.shape != (pairs.n_students,) or (len(placed) and placed.dtype.kind not in "iu"):
        raise MatchingError(
            "plan", f"must hold one program index or -1 for each of {pairs.n_students} students"
        )
    if len(placed) and not NOBODY <= placed.min() <= placed.max() < len(seats):
        raise MatchingError("plan", f"must hold -1 to {len(seats) - 1}")
    return placed.astype(np.int64)


def _current_gain(pairs: Pairs, placed: Whole) -> Whole:
    """What each student gains in the plan."""
    here = pairs.program == placed[pairs.student]
    if here.sum() != (placed != NOBODY).sum():
        raise MatchingError("plan", "places a student where no gain is stored")
    current = np.zeros(pairs.n_students, np.int64)
    current[pairs.student[here]] = pairs.gain[here]
    return current


def _prices(pairs: Pairs, placed: Whole, current: Whole, n_programs: int) -> Whole:
    """The longest chains of moves that a new seat would set off, found by Bellman and Ford's rule.

    A student who moves into the seat gains the difference and leaves a seat that is worth its own price.
    """
    moves = np.flatnonzero(pairs.program != placed[pairs.student])
    moves = moves[np.argsort(pairs.program[moves], kind="stable")]
    into, student = pairs.program[moves], pairs.student[moves]
    rise = pairs.gain[moves] - current[student]
    left = placed[student]
    programs, starts = np.unique(into, return_index=True)
    # One place more than programs: index -1, no seat left behind, is always worth 0.
    prices = np.zeros(n_programs + 1, np.int64)
    for _ in range(n_programs + 1):
        found = prices.copy()
        if len(programs):
            found[programs] = np.maximum(np.maximum.reduceat(rise + prices[left], starts), 0)
        if (found == prices).all():
            return prices[:-1]
        prices = found
    raise _not_optimal()
