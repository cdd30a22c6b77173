"""Stable plans and blocking pairs: examples, then properties on markets small enough to enumerate."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.allocation import blocking_pairs, stable_plan
from matching.exceptions import MatchingError


@st.composite
def markets(draw, most: int = 6) -> tuple[list[list[int]], list[list[int]], list[int]]:
    n_students, n_programs = draw(st.integers(0, most)), draw(st.integers(0, most))

    def some(n_listed: int) -> st.SearchStrategy[list[int]]:
        return st.permutations(range(n_listed)).flatmap(
            lambda order: st.integers(0, n_listed).map(lambda length: list(order[:length]))
        )

    preferences = [draw(some(n_programs)) for _ in range(n_students)]
    priorities = [draw(some(n_students)) for _ in range(n_programs)]
    return (
        preferences,
        priorities,
        draw(st.lists(st.integers(0, 3), min_size=n_programs, max_size=n_programs)),
    )


def test_a_student_sent_away_asks_on_and_the_program_keeps_those_it_lists_first() -> None:
    preferences, priorities = [[0, 1], [0, 1], [0]], [[2, 1, 0], [0, 1]]

    assert stable_plan(preferences, priorities, [1, 1]).tolist() == [1, -1, 0]


def test_students_get_what_they_like_best_of_all_stable_plans() -> None:
    preferences, priorities = [[0, 1], [1, 0]], [[1, 0], [0, 1]]

    assert stable_plan(preferences, priorities, [1, 1]).tolist() == [0, 1]


def test_an_unlisted_student_or_program_is_never_matched() -> None:
    assert stable_plan([[0], [1]], [[1], [0]], [5, 5]).tolist() == [-1, -1]


def test_a_program_without_seats_is_passed_over() -> None:
    assert stable_plan([[0, 1]], [[0], [0]], [0, 1]).tolist() == [1]


def test_arrays_are_taken_as_lists_are() -> None:
    preferences, priorities = np.array([[0, 1], [0, 1]]), np.array([[1, 0], [0, 1]])

    plan = stable_plan(preferences, priorities, np.array([1, 1], np.uint8))

    assert plan.tolist() == [1, 0]
    assert plan.dtype == np.int64


@given(markets())
def test_a_stable_plan_has_no_blocking_pair_and_is_the_students_best(market) -> None:
    preferences, priorities, seats = market

    plan = stable_plan(preferences, priorities, seats)

    assert blocking_pairs(plan, preferences, priorities, seats) == []
    places = [{-1: len(wish)} | {p: i for i, p in enumerate(wish)} for wish in preferences]
    for other in (
        itertools.product(*([-1, *wish] for wish in preferences[:4])) if len(preferences) <= 4 else ()
    ):
        if is_valid(other, priorities, seats) and not blocking_pairs(other, preferences, priorities, seats):
            assert all(
                place[mine] <= place[its] for place, mine, its in zip(places, plan, other, strict=True)
            )


def is_valid(plan, priorities, seats) -> bool:
    listed = all(program < 0 or student in priorities[program] for student, program in enumerate(plan))
    return listed and all(plan.count(program) <= count for program, count in enumerate(seats))


@given(markets(most=4), st.data())
def test_blocking_pairs_are_those_the_definition_names(market, data) -> None:
    preferences, priorities, seats = market
    plan = data.draw(
        st.lists(st.integers(-1, len(seats) - 1), min_size=len(preferences), max_size=len(preferences))
    )
    if any(plan.count(program) > count for program, count in enumerate(seats)):
        with pytest.raises(MatchingError, match="assignment: "):
            blocking_pairs(plan, preferences, priorities, seats)
        return

    found = blocking_pairs(plan, preferences, priorities, seats)

    assert found == [
        (student, program)
        for student, wish in enumerate(preferences)
        for program in wish
        if student in priorities[program]
        and rather(wish, program, plan[student])
        and (
            plan.count(program) < seats[program]
            or any(rather(priorities[program], student, s) for s, p in enumerate(plan) if p == program)
        )
    ]


def rather(order: list[int], wanted: int, had: int) -> bool:
    return wanted in order and (had not in order or order.index(wanted) < order.index(had))


@pytest.mark.parametrize(
    ("preferences", "priorities", "seats", "field"),
    [
        ([[1]], [[0]], [1], "preferences"),
        ([[-1]], [[0]], [1], "preferences"),
        ([[0, 0]], [[0]], [1], "preferences"),
        ([[0.0]], [[0]], [1], "preferences"),
        ([[float("nan")]], [[0]], [1], "preferences"),
        ([[0]], [[1]], [1], "priorities"),
        ([[0]], [[0, 0]], [1], "priorities"),
        ([[0]], [["0"]], [1], "priorities"),
        ([[0]], [[0]], [1, 1], "seats"),
        ([[0]], [[0]], [-1], "seats"),
    ],
)
def test_lists_that_cannot_be_used_are_named(preferences, priorities, seats, field) -> None:
    with pytest.raises(MatchingError) as refused:
        stable_plan(preferences, priorities, seats)

    assert refused.value.field == field


@pytest.mark.parametrize("assignment", [[0, 0], [1], [-2], [0.0], [[0]]])
def test_an_assignment_that_cannot_be_read_is_named(assignment) -> None:
    with pytest.raises(MatchingError) as refused:
        blocking_pairs(assignment, [[0]], [[0]], [1])

    assert refused.value.field == "assignment"
