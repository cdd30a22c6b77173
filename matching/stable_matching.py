"""Stable plans: no student and program who would both rather be together are kept apart.

Source: Gale and Shapley (1962), College admissions and the stability of marriage, American Mathematical
Monthly 69 (1); with limited lists, Gusfield and Irving (1989), The stable marriage problem, section 1.6.
"""

from array import array
from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace
from itertools import chain
from typing import Any

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
    unlisted = len(wishes)
    rank_of = [ranks.get for ranks in _ranks(orders)]
    still_to_ask = [iter(wish) for wish in wishes]
    held: list[list[int]] = [[] for _ in seats]
    # The rank a student must be below: any listed one while seats are left, then the worst that is held.
    limits = [unlisted if count else NOBODY for count in seats]
    for newcomer in range(len(wishes)):
        student = newcomer
        while student != NOBODY:
            for program in still_to_ask[student]:
                rank = rank_of[program](student, unlisted)
                if rank < limits[program]:
                    student = _seat(held[program], -rank, seats[program], orders[program])
                    if len(held[program]) == seats[program]:
                        limits[program] = -held[program][0]
                    break
            else:
                student = NOBODY
    return held


def _seat(heap: list[int], negated_rank: int, seats: int, order: list[int]) -> int:
    """Give a seat; gives the student who loses one for it, or -1."""
    if len(heap) < seats:
        heappush(heap, negated_rank)
        return NOBODY
    return order[-heapreplace(heap, negated_rank)]


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
    rows: list[Any] = [row.tolist() if isinstance(row, np.ndarray) else row for row in lists]
    try:
        flat = np.frombuffer(array("q", chain.from_iterable(rows)), np.int64)
    except (TypeError, OverflowError) as error:
        raise MatchingError(name, f"must hold lists of indices: {error}") from error
    if len(flat) and not 0 <= flat.min() <= flat.max() < n_others:
        raise MatchingError(name, f"must hold indices of 0 to {n_others - 1}")
    if sum(map(len, map(set, rows))) != len(flat):
        raise MatchingError(name, "must name an index once in a list")
    return rows


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
