"""Stable plans: no student and program who would both rather be together are kept apart.

Source: Gale and Shapley (1962), College admissions and the stability of marriage, American Mathematical
Monthly 69 (1); with limited lists, Gusfield and Irving (1989), The stable marriage problem, section 1.6.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.exceptions import MatchingError
from matching.seat_counts import Whole, checked_seats

Lists = Sequence[Sequence[int]] | NDArray[np.integer]

NOBODY = -1


@dataclass(frozen=True, slots=True)
class _Entries:
    """All lists of one side end to end, each array of shape (n_entries,).

    ``owner`` wrote the entry, ``named`` is who it names, ``ends`` (n_owners,) where each list ends. As a
    list runs from best to worst, so do the positions of its entries: a position serves as a rank.
    """

    owner: Whole
    named: Whole
    ends: Whole

    def __len__(self) -> int:
        return len(self.named)


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
    wishes, orders, counts = _checked(preferences, priorities, seats)
    ranks = _ranks(wishes.owner, wishes.named, orders, len(counts))
    held = _deferred_acceptance(wishes, ranks, orders, counts.tolist())
    plan = np.full(len(wishes.ends), NOBODY, np.int64)
    plan[orders.named[held]] = orders.owner[held]
    return plan


def _deferred_acceptance(wishes: _Entries, ranks: Whole, orders: _Entries, seats: list[int]) -> list[int]:
    """The positions in ``orders`` of the pairs that the programs hold in the end."""
    programs, rank_of, students = wishes.named.tolist(), ranks.tolist(), orders.named.tolist()
    ends = wishes.ends.tolist()
    next_wish = [0, *ends[:-1]]
    # For each program a heap of the negated ranks it holds, and the rank a student must be below: that of
    # any listed student while seats are left, then the worst that is held.
    held: list[list[int]] = [[] for _ in seats]
    limits = [len(orders) if count else NOBODY for count in seats]
    for newcomer in range(len(ends)):
        student = newcomer
        while student != NOBODY:
            wish, end = next_wish[student], ends[student]
            while wish < end and rank_of[wish] >= limits[programs[wish]]:
                wish += 1
            next_wish[student] = wish + 1
            if wish >= end:
                break
            program = programs[wish]
            loser = _seat(held[program], -rank_of[wish], seats[program])
            if len(held[program]) == seats[program]:
                limits[program] = -held[program][0]
            student = NOBODY if loser == NOBODY else students[loser]
    return [-negated for heap in held for negated in heap]


def _seat(heap: list[int], negated_rank: int, seats: int) -> int:
    """Give a seat; gives the rank that loses one for it, or -1."""
    if len(heap) < seats:
        heappush(heap, negated_rank)
        return NOBODY
    return -heapreplace(heap, negated_rank)


def blocking_pairs(
    assignment: ArrayLike, preferences: Lists, priorities: Lists, seats: ArrayLike
) -> list[tuple[int, int]]:
    """The (student, program) pairs who would both rather be together; empty for a stable plan.

    A student rather has any listed program than none or an unlisted one; a program rather has any listed
    student than an empty seat or an unlisted student. Sorted by student, then by the student's preference.

    Raises
    ------
    MatchingError : as ``stable_plan``; an assignment to no program, or of more students than seats.
    """
    wishes, orders, counts = _checked(preferences, priorities, seats)
    placed = _checked_assignment(assignment, len(wishes.ends), counts)
    limits = _limits(placed, orders, counts)
    # Every wish before the program the student has: all of them where that is none or not listed.
    had = wishes.ends.copy()
    at_home = np.flatnonzero(wishes.named == placed[wishes.owner])
    had[wishes.owner[at_home]] = at_home
    rather = np.arange(len(wishes)) < had[wishes.owner]
    ranks = _ranks(wishes.owner, wishes.named, orders, len(counts))
    blocking = rather & (ranks < limits[wishes.named])
    return list(zip(wishes.owner[blocking].tolist(), wishes.named[blocking].tolist(), strict=True))


def _limits(placed: Whole, orders: _Entries, seats: Whole) -> Whole:
    """For each program the rank that a student must be below to be rather had."""
    student = np.flatnonzero(placed != NOBODY)
    program = placed[student]
    worst = np.full(len(seats), NOBODY, np.int64)
    np.maximum.at(worst, program, _ranks(student, program, orders, len(seats)))
    free = np.bincount(program, minlength=len(seats)) < seats
    return np.where(free, len(orders), worst)


def _ranks(student: Whole, program: Whole, orders: _Entries, n_programs: int) -> Whole:
    """The position of each pair in the programs' orders; their length where it is not listed."""
    asked, listed = student * n_programs + program, orders.named * n_programs + orders.owner
    by_asked, by_listed = np.argsort(asked), np.argsort(listed)
    # Sorted questions to a sorted list find their answers in the processor's cache.
    at = np.searchsorted(listed[by_listed], asked[by_asked])
    position = np.append(by_listed, NOBODY)[at]
    found = np.append(listed, NOBODY)[position] == asked[by_asked]
    ranks = np.empty(len(asked), np.int64)
    ranks[by_asked] = np.where(found, position, len(orders))
    return ranks


def _checked(preferences: Lists, priorities: Lists, seats: ArrayLike) -> tuple[_Entries, _Entries, Whole]:
    wishes = _entries("preferences", preferences, len(priorities))
    orders = _entries("priorities", priorities, len(preferences))
    return wishes, orders, checked_seats(seats, len(priorities))


def _entries(name: str, lists: Lists, n_others: int) -> _Entries:
    """The lists end to end, each index of the other side at most once in a list."""
    rows: list[Any] = [row.tolist() if isinstance(row, np.ndarray) else row for row in lists]
    try:
        named = np.frombuffer(array("q", chain.from_iterable(rows)), np.int64)
    except (TypeError, OverflowError) as error:
        raise MatchingError(name, f"must hold lists of indices: {error}") from error
    if len(named) and not 0 <= named.min() <= named.max() < n_others:
        raise MatchingError(name, f"must hold indices of 0 to {n_others - 1}")
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    owner = np.repeat(np.arange(len(rows)), lengths)
    pairs = np.sort(owner * n_others + named)
    if (pairs[1:] == pairs[:-1]).any():
        raise MatchingError(name, "must name an index once in a list")
    return _Entries(owner, named, np.cumsum(lengths))


def _checked_assignment(assignment: ArrayLike, n_students: int, seats: Whole) -> Whole:
    placed = np.asarray(assignment)
    if placed.shape != (n_students,) or (n_students and placed.dtype.kind not in "iu"):
        raise MatchingError("assignment", f"must hold one index or -1 for each of {n_students} students")
    if n_students and not NOBODY <= placed.min() <= placed.max() < len(seats):
        raise MatchingError("assignment", f"must hold -1 to {len(seats) - 1}")
    placed = placed.astype(np.int64)
    taken = np.bincount(placed[placed != NOBODY], minlength=len(seats))
    if (taken > seats).any():
        raise MatchingError("assignment", f"gives program {int((taken > seats).argmax())} too many students")
    return placed
