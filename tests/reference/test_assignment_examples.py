"""Optimal plans against the published examples of SciPy and OR-tools, and against SciPy beyond.

The optima of OR-Library (assign100 to assign800) are not checked: no package on PyPI or Debian was found to
carry the data. Nor are the examples of the R package smaa, for the same reason.
"""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from matching.allocation import optimal_plan, seat_prices
from matching.optimal_assignment import checked_pairs, flow_solver, plan_by_flow, plan_by_matching

# scipy.optimize.linear_sum_assignment, its example: least cost 5, columns 1, 0, 2.
SCIPY_COSTS = [[4, 1, 3], [2, 0, 5], [3, 2, 2]]
# OR-tools, "Assignment as a minimum cost flow problem": least cost 265.
OR_TOOLS_COSTS = [[90, 76, 75, 70], [35, 85, 55, 65], [125, 95, 90, 105], [45, 110, 95, 115]]


def gain_of(costs: list[list[int]]) -> tuple[csr_array, int]:
    """Gains that make placing everyone at least cost the best plan, and what each place is worth."""
    worth = 1 + len(costs) * max(map(max, costs))
    return csr_array(worth - np.array(costs, np.int64)), worth


@pytest.mark.parametrize(("costs", "least"), [(SCIPY_COSTS, 5), (OR_TOOLS_COSTS, 265)])
def test_a_published_assignment_has_its_published_cost(costs: list[list[int]], least: int) -> None:
    gain, _ = gain_of(costs)

    plan = optimal_plan(gain, [1] * len(costs))

    assert sum(costs[row][column] for row, column in enumerate(plan)) == least


def test_the_plan_of_the_scipy_example_is_the_published_one() -> None:
    gain, _ = gain_of(SCIPY_COSTS)

    assert optimal_plan(gain, [1, 1, 1]).tolist() == [1, 0, 2]


@pytest.mark.parametrize("size", range(1, 8))
def test_a_plan_of_up_to_seven_gains_what_trying_every_plan_finds(size: int) -> None:
    rng = np.random.default_rng(size)
    dense = rng.integers(0, 1000, (size, size)) + 1
    most = max(dense[np.arange(size), list(order)].sum() for order in permutations(range(size)))

    plan = optimal_plan(csr_array(dense.astype(np.int64)), [1] * size)

    assert dense[np.arange(size), plan].sum() == most


@pytest.mark.parametrize("seed", range(5))
def test_a_larger_plan_gains_what_scipy_finds_on_single_seats(seed: int) -> None:
    rng = np.random.default_rng(seed)
    dense = rng.integers(1, 15_000, (60, 12)) * (rng.random((60, 12)) < 0.4)
    seats = rng.integers(0, 8, 12)
    gain = csr_array(dense.astype(np.int64))
    rows, columns = linear_sum_assignment(np.repeat(dense, seats, axis=1), maximize=True)

    plan = optimal_plan(gain, seats)

    found = sum(dense[student, program] for student, program in enumerate(plan) if program >= 0)
    assert found == np.repeat(dense, seats, axis=1)[rows, columns].sum()
    assert (np.bincount(plan[plan >= 0], minlength=12) <= seats).all()


@pytest.mark.parametrize("seed", range(5))
def test_or_tools_and_scipy_gain_the_same_and_the_prices_certify_both(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    dense = rng.integers(1, 15_000, (300, 40)) * (rng.random((300, 40)) < 0.3)
    seats = rng.integers(0, 14, 40)
    gain = csr_array(dense.astype(np.int64))
    pairs, counts = checked_pairs(gain, seats)

    plans = [plan_by_flow(flow_solver(), pairs, counts), plan_by_matching(pairs, counts)]

    totals = {int(dense[plan >= 0, plan[plan >= 0]].sum()) for plan in plans}
    assert len(totals) == 1
    for plan in plans:
        prices = seat_prices(gain, seats, plan)
        best = np.where(dense > 0, dense - prices, 0).max(axis=1).clip(0)
        assert {int(best.sum() + seats @ prices)} == totals
