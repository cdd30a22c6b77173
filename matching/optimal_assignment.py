"""Optimal plans: the assignment of students to seats with the largest total gain, exactly.

Solved as a minimum-cost flow by OR-tools where it is installed (``placewell[plan]``), otherwise by SciPy as
a full matching of students with single seats. Both give the same total.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.exceptions import MatchingError
from matching.seat_counts import Whole, checked_seats

NOBODY = -1
# Keeps scaled costs within int64 in OR-tools and sums of gains exact in SciPy's float64.
LARGEST_GAIN = 2**31 - 1
# Single seats copied by SciPy's way; beyond this they would not fit in the memory of a small server.
MOST_SINGLE_SEATS = 30_000_000


class SparseGain(Protocol):
    """A SciPy sparse matrix or array of whole numbers; SciPy itself is not imported for it."""

    dtype: Any
    shape: tuple[int, ...]
    nnz: int

    def tocsr(self) -> Any:
        """The same in compressed rows."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The allowed pairs, sorted by student: each array of shape (n_pairs,)."""

    student: Whole
    program: Whole
    gain: Whole
    n_students: int

    def only(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """The pairs that are chosen."""
        return Pairs(self.student[chosen], self.program[chosen], self.gain[chosen], self.n_students)


def optimal_plan(gain: SparseGain, seats: ArrayLike) -> Whole:
    """The plan of the largest total gain.

    A student without a seat gains 0, so a pair of negative gain is never used. Where several plans have
    the largest total, which one is given is not promised, but the same arguments give the same plan.

    Parameters
    ----------
    gain : SciPy sparse matrix or array of whole numbers of shape (n_students, n_programs)
        A pair without a stored entry is forbidden; a stored 0 is allowed. At most 2**31 - 1 in size.
    seats : array of shape (n_programs,), 0 or more.

    Returns
    -------
    ndarray of int64 of shape (n_students,): the program index of each student, or -1.

    Raises
    ------
    MatchingError : gains that are not whole numbers or stored twice, seats that do not fit; without
        OR-tools, a plan too large for SciPy.
    """
    pairs, counts = checked_pairs(gain, seats)
    useful = pairs.only((pairs.gain >= 0) & (counts[pairs.program] > 0))
    if not len(useful.gain):
        return np.full(pairs.n_students, NOBODY, np.int64)
    solver = flow_solver()
    return plan_by_matching(useful, counts) if solver is None else plan_by_flow(solver, useful, counts)


def checked_pairs(gain: SparseGain, seats: ArrayLike) -> tuple[Pairs, Whole]:
    """The stored pairs and the seats, as optimal plans and seat prices take them."""
    rows = _checked_rows(gain)
    counts = checked_seats(seats, rows.shape[1])
    student = np.repeat(np.arange(rows.shape[0], dtype=np.int64), np.diff(rows.indptr))
    pairs = Pairs(student, rows.indices.astype(np.int64), rows.data.astype(np.int64), rows.shape[0])
    return pairs, counts


def _checked_rows(gain: SparseGain) -> Any:
    if not hasattr(gain, "tocsr") or len(gain.shape) != 2:
        raise MatchingError("gain", "must be a SciPy sparse matrix of shape (n_students, n_programs)")
    if gain.dtype.kind not in "iu":
        raise MatchingError("gain", f"must be whole numbers, not {gain.dtype}")
    rows = gain.tocsr()
    if not rows.has_canonical_format:
        rows = rows.copy()
        rows.sum_duplicates()
    if rows.nnz != gain.nnz:
        raise MatchingError("gain", "stores a pair twice")
    # Not abs(): the least int64 has no positive counterpart.
    if rows.nnz and not -LARGEST_GAIN <= rows.data.min() <= rows.data.max() <= LARGEST_GAIN:
        raise MatchingError("gain", f"must be at most {LARGEST_GAIN} in size")
    return rows


def flow_solver() -> Any | None:
    """The minimum-cost flow of OR-tools; None where it is not installed."""
    try:
        from ortools.graph.python import min_cost_flow
    except ImportError:
        return None
    return min_cost_flow


def plan_by_flow(solver: Any, pairs: Pairs, seats: Whole) -> Whole:
    """The plan as a minimum-cost flow: one unit from each student, over a program or straight to the end."""
    n_students, n_programs, n_pairs = pairs.n_students, len(seats), len(pairs.gain)
    end = n_students + n_programs
    students, programs = np.arange(n_students), np.arange(n_students, end)
    # A cost is what a student falls short of the best gain: smaller numbers are solved a fifth faster.
    best = _best_gain(pairs)
    short = best[pairs.student] - pairs.gain
    flow = solver.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    chosen = add(pairs.student, n_students + pairs.program, np.ones(n_pairs, np.int64), short)
    add(programs, np.full(n_programs, end), np.minimum(seats, n_students), np.zeros(n_programs, np.int64))
    add(students, np.full(n_students, end), np.ones(n_students, np.int64), best)
    flow.set_nodes_supplies(students, np.ones(n_students, np.int64))
    flow.set_node_supply(end, -n_students)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise MatchingError("gain", f"was not solved: {status}")
    return _plan(pairs, flow.flows(chosen) > 0)


def _best_gain(pairs: Pairs) -> Whole:
    """The largest gain of each student, 0 without a pair."""
    best = np.zeros(pairs.n_students, np.int64)
    if len(pairs.gain):
        first = np.flatnonzero(np.diff(pairs.student, prepend=NOBODY))
        best[pairs.student[first]] = np.maximum.reduceat(pairs.gain, first)
    return best


def plan_by_matching(pairs: Pairs, seats: Whole) -> Whole:
    """The plan as a full matching of students with single seats, one of their own for staying without."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # No program can use more seats than it has pairs.
    usable = np.minimum(seats, np.bincount(pairs.program, minlength=len(seats)))
    first = np.concatenate(([0], np.cumsum(usable)))
    copies = usable[pairs.program]
    if copies.sum() > MOST_SINGLE_SEATS:
        raise MatchingError("gain", "is too large for SciPy alone: install placewell[plan]")
    single = _starts_counted(first[pairs.program], copies)
    own = first[-1] + np.arange(pairs.n_students)
    # Costs from 1 up: the solver takes a cost of 0 for no pair at all.
    dearest = int(pairs.gain.max(initial=0)) + 1
    cost = np.concatenate((np.repeat(dearest - pairs.gain, copies), np.full(pairs.n_students, dearest)))
    rows = np.concatenate((np.repeat(pairs.student, copies), np.arange(pairs.n_students)))
    columns = np.concatenate((single, own))
    shape = (pairs.n_students, int(first[-1]) + pairs.n_students)
    matched = min_weight_full_bipartite_matching(csr_array((cost.astype(float), (rows, columns)), shape))[1]
    owner = np.concatenate((np.repeat(np.arange(len(seats)), usable), np.full(pairs.n_students, NOBODY)))
    return np.asarray(owner[matched], np.int64)


def _starts_counted(starts: Whole, counts: Whole) -> Whole:
    """``start, start + 1, ...`` for each start, as many as counted."""
    before = np.cumsum(counts) - counts
    return np.asarray(np.arange(counts.sum()) + np.repeat(starts - before, counts), np.int64)


def _plan(pairs: Pairs, chosen: NDArray[np.bool_]) -> Whole:
    plan = np.full(pairs.n_students, NOBODY, np.int64)
    plan[pairs.student[chosen]] = pairs.program[chosen]
    return plan
