"""Optimal and stable plans for 1,000 to 100,000 students, against SciPy and PyPI `matching` in the same run.

Totals and plans are compared before anything is timed. With `--full` peers run where they need minutes too.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.allocation import blocking_pairs, optimal_plan, seat_prices, stable_plan
from matching.optimal_assignment import checked_pairs, flow_solver, plan_by_flow, plan_by_matching
from tests.benchmarks import stable_peer
from tests.benchmarks.machine import machine
from tests.benchmarks.measure import Timing, once, timed
from tests.benchmarks.region import Region, region
from tests.benchmarks.rows import Goal, Measured, PeerDiffers, Row, Run

# Above these the peers need minutes or much memory, or fail; the last is that of a dense table.
SCIPY_UP_TO, PEER_UP_TO, DENSE_UP_TO = 10_000, 10_000, 1_000
LONG_MS = 3000
NO_SCIPY = f"SciPy sparse: runs above {SCIPY_UP_TO} students only with --full (minutes)"

Plan = NDArray[np.intp]
made_up_region = lru_cache(maxsize=1)(region)


def optimal(goal: Goal, run: Run, n_students: int) -> Measured:
    """The plan of the largest total gain; peers must reach the same total."""
    made = made_up_region(n_students)
    pairs, seats = checked_pairs(made.gain, made.seats)
    solver = flow_solver()
    plan = optimal_plan(made.gain, made.seats)
    prices = seat_prices(made.gain, made.seats, plan)
    solvers: dict[str, Callable[[], Plan]] = {}
    if n_students <= SCIPY_UP_TO or run.full:
        solvers["SciPy sparse, single seats"] = lambda: plan_by_matching(pairs, seats)
    if n_students <= DENSE_UP_TO:
        solvers["SciPy dense, single seats"] = lambda: _dense_plan(made)
    total = _total(made, plan)
    runs, seconds = (9, run.seconds) if n_students <= SCIPY_UP_TO else (3, 60.0)
    parts = [timed("checks alone", lambda: checked_pairs(made.gain, made.seats), runs=runs)]
    if solver is not None:
        parts.append(timed("OR-tools alone", lambda: plan_by_flow(solver, pairs, seats), runs=runs))
    return Measured(
        goal,
        timed("placewell", lambda: optimal_plan(made.gain, made.seats), runs=runs, seconds=seconds),
        peers=[_checked(name, solve, made, total, seconds) for name, solve in solvers.items()],
        parts=parts,
        missing=[] if n_students <= SCIPY_UP_TO or run.full else [NO_SCIPY],
        floor_ms=machine().sort_ms(made.gain.nnz),
        floor="one sort of all pairs by gain, as the simplest greedy plan needs",
        notes=[
            f"{len(made.seats)} rooms, {made.gain.nnz} pairs; {'OR-tools' if solver else 'SciPy'} solves",
            f"placed {int((plan >= 0).sum())}; seat prices certify the total {total}",
            _certificate(made, prices, total),
        ],
    )


def _dense_plan(made: Region) -> Plan:
    """Every seat its own column; a pair that is not allowed gains nothing and counts as not placed."""
    table = np.repeat(made.gain.toarray(), made.seats, axis=1)
    rooms = np.repeat(np.arange(len(made.seats)), made.seats)
    rows, columns = linear_sum_assignment(table, maximize=True)
    plan = np.full(len(table), -1, np.intp)
    placed = table[rows, columns] > 0
    plan[rows[placed]] = rooms[columns[placed]]
    return plan


def _checked(name: str, solve: Callable[[], Plan], made: Region, total: int, seconds: float) -> Timing:
    """The timing of a peer that reaches our total; one run is enough where it takes long."""
    plans: list[Plan] = []
    first = once(name, lambda: plans.append(solve()))
    theirs = _total(made, plans[0])
    if theirs != total:
        raise PeerDiffers(f"{name}: the total is {theirs}, ours {total}")
    return first if first.median_ms > LONG_MS else timed(name, solve, runs=5, seconds=seconds / 3)


def _total(made: Region, plan: Plan) -> int:
    placed = np.flatnonzero(plan >= 0)
    if (np.bincount(plan[placed], minlength=len(made.seats)) > made.seats).any():
        raise PeerDiffers("a room has more students than seats")
    return int(made.gain[placed, plan[placed]].sum())


def _certificate(made: Region, prices: NDArray[np.int64], total: int) -> str:
    """What students gain at most at these prices, and the price of all seats: never less than any plan."""
    students = np.repeat(np.arange(made.gain.shape[0]), np.diff(made.gain.indptr))
    best = np.zeros(made.gain.shape[0], np.int64)
    np.maximum.at(best, students, made.gain.data - prices[made.gain.indices])
    bound = int(best.sum() + made.seats @ prices)
    if bound != total:
        raise PeerDiffers(f"the prices certify {bound}, the plan gains {total}")
    return f"{int((prices > 0).sum())} rooms have a price"


def stable(goal: Goal, run: Run, n_students: int) -> Measured:
    """The stable plan best for students; the peer must give the very same one."""
    made = made_up_region(n_students)
    lists = made.preferences, made.priorities, made.seats
    plan = stable_plan(*lists)
    if blocking_pairs(plan, *lists):
        raise PeerDiffers("the plan is not stable")
    asked = n_students <= (1_000 if run.quick else PEER_UP_TO) or run.full
    peers, said = (
        _peer(made, plan) if asked else ([], [f"{stable_peer.NAME}: left out here (--full runs it)"])
    )
    return Measured(
        goal,
        timed("placewell", lambda: stable_plan(*lists), seconds=run.seconds),
        peers=peers,
        parts=[timed("blocking pairs", lambda: blocking_pairs(plan, *lists), runs=3)],
        missing=said,
        floor_ms=machine().sort_ms(made.gain.nnz),
        floor="one sort of all pairs by rank",
        notes=[f"{len(made.seats)} rooms, placed {int((plan >= 0).sum())}, no blocking pair"],
    )


def _peer(made: Region, plan: Plan) -> tuple[list[Timing], Sequence[str]]:
    answer, said = stable_peer.answer(made.preferences, made.priorities, made.seats.tolist())
    if answer is None:
        return [], [said]
    if answer["plan"] != plan.tolist():
        student = next(i for i, (a, b) in enumerate(zip(answer["plan"], plan, strict=True)) if a != b)
        raise PeerDiffers(
            f"{stable_peer.NAME}: student {student} goes to {answer['plan'][student]}, ours {plan[student]}"
        )
    whole, cpu = answer["seconds"] * 1000, answer["cpu_seconds"] * 1000
    solving = f"of which solving {answer['solve_seconds'] * 1000:.0f} ms"
    return [Timing(f"PyPI {stable_peer.NAME}", whole, whole, cpu, 1, solving)], []


def _rows(n_students: int, optimal_ms: float, stable_ms: float) -> tuple[Row, ...]:
    return (
        (
            Goal(f"optimal-{n_students}", f"optimal plan, {n_students:,} students", optimal_ms),
            lambda goal, run: optimal(goal, run, n_students),
        ),
        (
            Goal(f"stable-{n_students}", f"stable plan, {n_students:,} students", stable_ms),
            lambda goal, run: stable(goal, run, n_students),
        ),
    )


ROWS: tuple[Row, ...] = (*_rows(1_000, 15, 5), *_rows(10_000, 200, 100))
FULL_ROWS: tuple[Row, ...] = _rows(100_000, 4_000, 2_000)
