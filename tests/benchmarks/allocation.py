"""Optimal and stable plans for 1,000 to 100,000 students, against SciPy and PyPI `matching` in the same run.

`python -m tests.benchmarks.allocation [all]`: with `all`, the peers are run where they need minutes too.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from matching.allocation import blocking_pairs, optimal_plan, seat_prices, stable_plan
from matching.optimal_assignment import checked_pairs, flow_solver, plan_by_flow, plan_by_matching
from tests.benchmarks.measure import Timing, show, timed
from tests.benchmarks.region import PROGRAMS_OF, Region, region

OPTIMAL_GOALS_MS = {1_000: 15, 10_000: 200, 100_000: 4_000}
STABLE_GOALS_MS = {1_000: 5, 10_000: 100, 100_000: 2_000}
PEER = "matching==1.4.3"
# Above these the peers need a minute or more, or fail.
SCIPY_UP_TO, PEER_UP_TO = 10_000, 1_000


def run(*, everything: bool = False) -> None:
    """Print the table; totals and plans of all are compared first."""
    with tempfile.TemporaryDirectory() as folder:
        installed = _install_peer(folder)
        for n_students in PROGRAMS_OF:
            made = region(n_students)
            _show_optimal(n_students, made, everything)
            _show_stable(n_students, made, folder if installed else None, everything)


def _show_optimal(n_students: int, made: Region, everything: bool) -> None:
    plan = optimal_plan(made.gain, made.seats)
    prices = seat_prices(made.gain, made.seats, plan)
    pairs, seats = checked_pairs(made.gain, made.seats)
    solver = flow_solver()
    parts = [
        timed("checks alone", lambda: checked_pairs(made.gain, made.seats)),
        timed("seat prices", lambda: seat_prices(made.gain, made.seats, plan)),
    ]
    if solver is not None:
        parts.append(timed("OR-tools alone", lambda: plan_by_flow(solver, pairs, seats)))
    if everything or n_students <= SCIPY_UP_TO:
        _check_same_total(made, plan, plan_by_matching(pairs, seats))
        parts.append(timed("SciPy sparse, single seats", lambda: plan_by_matching(pairs, seats)))
    show(
        f"optimal plan, {n_students} students, {len(made.seats)} rooms, {made.gain.nnz} pairs",
        timed("placewell", lambda: optimal_plan(made.gain, made.seats)),
        *parts,
        goal_ms=OPTIMAL_GOALS_MS[n_students],
        note=f"placed {int((plan >= 0).sum())}; prices certify it, {int((prices > 0).sum())} rooms have one",
    )


def _check_same_total(made: Region, one: np.ndarray, other: np.ndarray) -> None:
    totals = []
    for plan in (one, other):
        placed = np.flatnonzero(plan >= 0)
        totals.append(int(made.gain[placed, plan[placed]].sum()))
    if totals[0] != totals[1]:
        raise AssertionError(f"totals differ: {totals}")


def _show_stable(n_students: int, made: Region, folder: str | None, everything: bool) -> None:
    plan = stable_plan(made.preferences, made.priorities, made.seats)
    if blocking_pairs(plan, made.preferences, made.priorities, made.seats):
        raise AssertionError("the plan is not stable")
    asked = folder is not None and (everything or n_students <= PEER_UP_TO)
    peers = _peer_timings(folder, made, plan) if folder is not None and asked else []
    show(
        f"stable plan, {n_students} students, {len(made.seats)} rooms",
        timed("placewell", lambda: stable_plan(made.preferences, made.priorities, made.seats)),
        timed("blocking pairs", lambda: blocking_pairs(plan, made.preferences, made.priorities, made.seats)),
        *peers,
        goal_ms=STABLE_GOALS_MS[n_students],
        note=f"placed {int((plan >= 0).sum())}" + ("" if peers else f"; {PEER} was not run or failed"),
    )


def _install_peer(folder: str) -> bool:
    """Whether the peer could be installed beside, not into, this environment."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, PEER]
    return subprocess.run(command, capture_output=True).returncode == 0


def _peer_timings(folder: str, made: Region, plan: np.ndarray) -> list[Timing]:
    """Nothing where the peer fails, as it does on the largest market; its plan must be ours."""
    script = Path(__file__).with_name("stable_peer.py")
    market = {"preferences": made.preferences, "priorities": made.priorities, "seats": made.seats.tolist()}
    ran = subprocess.run(
        [sys.executable, "-I", str(script), folder], input=json.dumps(market), capture_output=True, text=True
    )
    if ran.returncode or not ran.stdout:
        return []
    answer = json.loads(ran.stdout)
    if answer["plan"] != plan.tolist():
        raise AssertionError(f"{PEER} and placewell differ")
    whole, solving = answer["seconds"] * 1000, answer["solve_seconds"] * 1000
    return [Timing(f"PyPI {PEER}", whole, whole, 1), Timing("  of which solving", solving, solving, 1)]


if __name__ == "__main__":
    run(everything="all" in sys.argv[1:])
