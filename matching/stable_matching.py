"""Stable plans: no student and program who would both rather be together are kept apart.

Source: Gale and Shapley (1962), College admissions and the stability of marriage, American Mathematical
Monthly 69 (1); with limited lists, Gusfield and Irving (1989), The stable marriage problem, section 1.6.
"""

from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.exceptions import MatchingError
from matching.seat_counts import Whole, checked_seats

Lists = Sequence[Sequence[int]] | NDArray[np.integer]
Ranks = Sequence[Mapping[int, int]]

NOBODY = -1


def stable_plan(preferences: Lists, priorities: Lists, seats: ArrayLike) -> Whole:
    """The stable plan that is best for every student: deferred acceptance, students proposing.

    Of all stable plans it gives each student the program the student likes best among those any stable
    plan gives. The result does not depend on the order in which students are taken.

    Parameters
    ----------
    preferences : for each student the program indices that are acceptable, best first.
    priorities : for each program the student indices that are acceptable, best first.
    seats : array of shape (n_programs,), 0 or more.

    Returns
    -------
    ndarray of int64 of shape (n_students,): the program index of each student, or -1.

    Raises
    ------
    MatchingError : an index that is not of the other side, one listed twice, seats that do not fit.
    """
    wishes = _checked_lists("preferences", preferences, len(priorities))
    orders = _checked_lists("priorities", priorities, len(preferences))
    counts = checked_seats(seats, len(orders)).tolist()
    held = _deferred_acceptance(wishes, orders, counts)
    plan = np.full(len(wishes), NOBODY, np.int64)
    for program, ranks in enumerate(held):
        order = orders[program]
        for rank in ranks:
            plan[order[-rank]] = program
    return plan


def _deferred_acceptance(
    wishes: list[list[int]], orders: list[list[int]], seats: list[int]
) -> list[list[int]]:
    """For each program a heap of the negated ranks it holds, the worst first."""
    ranks = _ranks(orders)
    still_to_ask = [iter(wish) for wish in wishes]
    held: list[list[int]] = [[] for _ in seats]
    for newcomer in range(len(wishes)):
        student = newcomer
        while student != NOBODY:
            for program in still_to_ask[student]:
                rank = ranks[program].get(student)
                if rank is None:
                    continue
                heap = held[program]
                if len(heap) < seats[program]:
                    heappush(heap, -rank)
                    student = NOBODY
                    break
                if heap and rank < -heap[0]:
                    student = orders[program][-heapreplace(heap, -rank)]
                    break
            else:
                student = NOBODY
    return held


def blocking_pairs(
    assignment: ArrayLike, preferences: Lists, priorities: Lists, seats: ArrayLike
) -> list[tuple[int, int]]:
    """The (student, program) pairs who would both rather be together; empty for a stable plan.

    A student rather has any listed program than none or an unlisted one; a program rather has any listed
    student than an empty seat or an unlisted student. Sorted by student, then by the student's preference.

    Raises
    ------
    MatchingError : as ``stable_plan``; an assignment to no program, or to more students than seats.
    """
    wishes = _checked_lists("preferences", preferences, len(priorities))
    orders = _checked_lists("priorities", priorities, len(preferences))
    counts = checked_seats(seats, len(orders))
    placed = _checked_assignment(assignment, len(wishes), counts)
    ranks = _ranks(orders)
    limits = _limits(placed, ranks, counts.tolist())
    return [
        (student, program)
        for student, wish in enumerate(wishes)
        for program in _preferred_to(placed[student], wish)
        if ranks[program].get(student, limits[program]) < limits[program]
    ]


def _preferred_to(program: int, wish: list[int]) -> list[int]:
    return wish[: wish.index(program)] if program in wish else wish


def _limits(placed: list[int], ranks: Ranks, seats: list[int]) -> list[int]:
    """For each program the rank that a student must be below to be rather had."""
    worst = [NOBODY] * len(seats)
    free = list(seats)
    for student, program in enumerate(placed):
        if program != NOBODY:
            free[program] -= 1
            unlisted = len(ranks[program])
            worst[program] = max(worst[program], ranks[program].get(student, unlisted))
    return [len(ranks[p]) if free[p] else worst[p] for p in range(len(seats))]


def _ranks(orders: list[list[int]]) -> list[dict[int, int]]:
    return [dict(zip(order, range(len(order)), strict=True)) for order in orders]


def _checked_lists(name: str, lists: Lists, n_others: int) -> list[list[int]]:
    """The lists as lists of int, each index of the other side at most once."""
    rows = [row.tolist() if isinstance(row, np.ndarray) else list(row) for row in lists]
    for listed in set().union(*rows):
        _check_index(name, listed, n_others)
    for number, row in enumerate(rows):
        if len(set(row)) != len(row):
            raise MatchingError(name, f"list {number} names one index twice")
    return rows


def _check_index(name: str, listed: object, n_others: int) -> None:
    try:
        number = index(listed)  # type: ignore[arg-type]
    except TypeError as error:
        raise MatchingError(name, f"must hold indices, not {listed!r}") from error
    if not 0 <= number < n_others:
        raise MatchingError(name, f"{number} is not an index of 0 to {n_others - 1}")


def _checked_assignment(assignment: ArrayLike, n_students: int, seats: Whole) -> list[int]:
    placed = np.asarray(assignment)
    if placed.shape != (n_students,) or (n_students and placed.dtype.kind not in "iu"):
        raise MatchingError(
            "assignment", f"must hold one program index or -1 for each of {n_students} students"
        )
    if n_students and not NOBODY <= placed.min() <= placed.max() < len(seats):
        raise MatchingError("assignment", f"must hold -1 to {len(seats) - 1}")
    taken = np.bincount(placed[placed != NOBODY].astype(np.int64), minlength=len(seats))
    if (taken > seats).any():
        raise MatchingError(
            "assignment", f"program {int((taken > seats).argmax())} has more students than seats"
        )
    return [int(program) for program in placed]
