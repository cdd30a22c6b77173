"""Optimal plans and seat prices: examples, small cases by enumeration, and arguments that cannot be used."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array, csr_matrix

from matching import optimal_assignment
from matching.allocation import optimal_plan, seat_prices
from matching.exceptions import MatchingError
from matching.optimal_assignment import (
    LARGEST_GAIN,
    checked_pairs,
    flow_solver,
    plan_by_flow,
    plan_by_matching,
)

NO_PAIR = None
Gains = list[list[int | None]]


def sparse(gains: Gains) -> csr_array:
    """A sparse matrix that stores every gain that is not None, zeros included."""
    stored = [(s, p, g) for s, row in enumerate(gains) for p, g in enumerate(row) if g is not None]
    rows, columns, values = np.array(stored, np.int64).reshape(-1, 3).T
    return csr_array((values, (rows, columns)), shape=(len(gains), len(gains[0])))


def total(gains: Gains, plan) -> int:
    return sum(gains[student][program] for student, program in enumerate(plan) if program >= 0)


def every_plan(gains: Gains, seats: list[int]):
    """All plans that use only stored pairs and no more than the seats."""
    choices = [[-1, *(p for p, g in enumerate(row) if g is not None)] for row in gains]
    for plan in itertools.product(*choices):
        if all(plan.count(program) <= count for program, count in enumerate(seats)):
            yield plan


@st.composite
def small_cases(draw, least: int = -20) -> tuple[Gains, list[int]]:
    n_students, n_programs = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    gain = st.none() | st.integers(least, 100)
    gains = draw(
        st.lists(
            st.lists(gain, min_size=n_programs, max_size=n_programs), min_size=n_students, max_size=n_students
        )
    )
    return gains, draw(st.lists(st.integers(0, 3), min_size=n_programs, max_size=n_programs))


def test_the_seat_goes_to_the_pair_that_makes_the_total_largest() -> None:
    # Greedy would give the first student program 0 (10 + 0); the best plan gives 9 + 8.
    gains = [[10, 9], [8, NO_PAIR]]

    assert optimal_plan(sparse(gains), [1, 1]).tolist() == [1, 0]


def test_a_pair_that_is_not_stored_is_never_used_and_a_stored_zero_may_be() -> None:
    plan = optimal_plan(sparse([[NO_PAIR, 0], [5, NO_PAIR]]), [1, 1])

    assert plan[0] in (-1, 1)
    assert plan[1] == 0


def test_a_pair_of_negative_gain_is_left_without_a_seat() -> None:
    assert optimal_plan(sparse([[-1]]), [1]).tolist() == [-1]


def test_a_plan_without_pairs_students_or_programs_places_nobody() -> None:
    assert optimal_plan(csr_array((3, 2), dtype=np.int64), [4, 4]).tolist() == [-1, -1, -1]
    assert optimal_plan(csr_array((0, 2), dtype=np.int64), [1, 1]).tolist() == []
    assert optimal_plan(csr_array((2, 0), dtype=np.int64), []).tolist() == [-1, -1]


def test_more_seats_than_students_and_the_largest_gains_are_taken() -> None:
    gain = sparse([[LARGEST_GAIN, LARGEST_GAIN - 1], [LARGEST_GAIN, 0]])

    assert optimal_plan(gain, [1, 10**12]).tolist() == [1, 0]


def test_sparse_matrices_of_other_layouts_give_the_same_plan() -> None:
    gain = sparse([[10, 9], [8, NO_PAIR]])
    unsorted = csr_array((np.array([9, 10, 8]), np.array([1, 0, 0]), np.array([0, 2, 3])), shape=(2, 2))

    plans = [
        optimal_plan(same, [1, 1]).tolist()
        for same in (gain, unsorted, gain.tocoo(), gain.tocsc(), csr_matrix(gain))
    ]

    assert plans == [[1, 0]] * 5
    assert unsorted.indices.tolist() == [1, 0, 0]


def test_without_or_tools_scipy_plans(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.graph.python", None)

    assert flow_solver() is None
    assert optimal_plan(sparse([[10, 9], [8, NO_PAIR]]), [1, 1]).tolist() == [1, 0]


def test_a_plan_too_large_for_scipy_names_the_extra(monkeypatch) -> None:
    monkeypatch.setattr(optimal_assignment, "MOST_SINGLE_SEATS", 3)
    pairs, seats = checked_pairs(sparse([[1], [1]]), [2])

    with pytest.raises(MatchingError, match=r"gain: .*placewell\[plan\]"):
        plan_by_matching(pairs, seats)


def test_a_flow_that_is_not_solved_is_an_error() -> None:
    # The largest allowed gain is far below what the solver's scaled costs hold; ten thousand times it is not.
    pairs, seats = checked_pairs(sparse([[LARGEST_GAIN]]), [1])
    too_dear = optimal_assignment.Pairs(pairs.student, pairs.program, pairs.gain * 2**31, 1)

    with pytest.raises(MatchingError, match="gain: was not solved"):
        plan_by_flow(flow_solver(), too_dear, seats)


@pytest.mark.parametrize(
    ("gain", "seats", "field"),
    [
        (np.ones((1, 1), np.int64), [1], "gain"),
        (csr_array(np.array([[0.5]])), [1], "gain"),
        (csr_array(np.array([[np.nan]])), [1], "gain"),
        (csr_array(np.array([[True]])), [1], "gain"),
        (coo_array(np.array([1, 2])), [1], "gain"),
        (coo_array((np.array([1, 2]), (np.array([0, 0]), np.array([0, 0]))), shape=(1, 1)), [1], "gain"),
        (csr_array((np.array([1, 2]), np.array([0, 0]), np.array([0, 2])), shape=(1, 1)), [1], "gain"),
        (csr_array(np.array([[LARGEST_GAIN + 1]])), [1], "gain"),
        (csr_array(np.array([[np.iinfo(np.int64).min]])), [1], "gain"),
        (csr_array(np.array([[1]])), [1, 1], "seats"),
        (csr_array(np.array([[1]])), [[1]], "seats"),
        (csr_array(np.array([[1]])), [-1], "seats"),
        (csr_array(np.array([[1]])), [1.0], "seats"),
        (csr_array(np.array([[1]])), [float("nan")], "seats"),
        (csr_array(np.array([[1]])), [True], "seats"),
    ],
)
def test_gains_or_seats_that_cannot_be_used_are_named(gain, seats, field) -> None:
    with pytest.raises(MatchingError) as refused:
        optimal_plan(gain, seats)

    assert refused.value.field == field


@given(small_cases())
def test_no_plan_of_a_small_case_gains_more(case: tuple[Gains, list[int]]) -> None:
    gains, seats = case

    plan = optimal_plan(sparse(gains), seats)

    assert tuple(plan) in set(every_plan(gains, seats))
    assert total(gains, plan) == max(total(gains, other) for other in every_plan(gains, seats))


@given(small_cases(least=0))
def test_scipy_alone_gains_as_much_as_or_tools(case: tuple[Gains, list[int]]) -> None:
    gains, seats = case
    pairs, counts = checked_pairs(sparse(gains), seats)

    plans = [plan_by_flow(flow_solver(), pairs, counts), plan_by_matching(pairs, counts)]

    assert total(gains, plans[0]) == total(gains, plans[1])


@given(small_cases())
def test_a_price_is_what_one_more_seat_adds(case: tuple[Gains, list[int]]) -> None:
    gains, seats = case
    gain = sparse(gains)
    plan = optimal_plan(gain, seats)

    prices = seat_prices(gain, seats, plan)

    for program, price in enumerate(prices):
        more = [count + (other == program) for other, count in enumerate(seats)]
        assert total(gains, optimal_plan(gain, more)) == total(gains, plan) + price


@pytest.mark.parametrize(
    ("plan", "seats", "why"),
    [
        ([0, -1], [1, 1], "largest total gain"),
        ([-1, 0], [1, 1], "largest total gain"),
        ([0, 1], [1, 1], "no gain is stored"),
        ([0, 0], [1, 1], "largest total gain"),
        ([0], [1, 1], "for each of 2"),
        ([0.0, 1.0], [1, 1], "for each of 2"),
        ([0, 2], [1, 1], "must hold -1 to 1"),
        ([-2, 0], [1, 1], "must hold -1 to 1"),
    ],
)
def test_prices_of_a_plan_that_is_not_optimal_are_refused(plan, seats, why) -> None:
    with pytest.raises(MatchingError, match=f"plan: .*{why}"):
        seat_prices(sparse([[10, 9], [8, NO_PAIR]]), seats, plan)


def test_prices_of_a_plan_that_exchanging_two_seats_would_improve_are_refused() -> None:
    gain = sparse([[1, 5], [5, 1]])

    assert seat_prices(gain, [1, 1], [1, 0]).tolist() == [0, 0]
    with pytest.raises(MatchingError, match="plan: "):
        seat_prices(gain, [1, 1], [0, 1])


def test_prices_of_a_plan_that_places_at_a_loss_are_refused() -> None:
    with pytest.raises(MatchingError, match="plan: "):
        seat_prices(sparse([[-5]]), [1], [0])


def test_a_free_seat_has_no_price_and_a_full_one_that_of_the_student_kept_out() -> None:
    gain = sparse([[10, NO_PAIR], [7, NO_PAIR], [NO_PAIR, 4]])

    assert seat_prices(gain, [1, 3], optimal_plan(gain, [1, 3])).tolist() == [7, 0]


def test_importing_allocation_loads_neither_scipy_nor_or_tools_nor_pandas() -> None:
    script = (
        "import sys, matching.allocation;"
        "print(sorted({'scipy', 'ortools', 'pandas', 'sklearn'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
