"""The list of each student out of the pairs that may come first: ties, cost bands, each program once.

Loops over numbers that Numba can compile, as in ``first_pairs``.
"""

import numpy as np
from numpy.typing import NDArray

from matching.first_pairs import GROUP_SHIFT, OPTION, OPTION_BITS, ChunkTables, delivered, sum_of
from matching.order import TIER_BITS
from matching.sorting import Rows, Words

OPEN_CELLS_BITS = 8


def settle_ties(tables: ChunkTables, pairs: Words, starts: Rows) -> tuple[Words, Words, Words]:
    """Put equal pairs in order by start, ride and open cells.

    The results are what ranks equals, and what the program and the ride of each pair cost: USD a year, -1
    where not known.
    """
    ranks = np.zeros(len(pairs), np.int64)
    programs_usd, rides_usd = np.empty(len(pairs), np.int64), np.empty(len(pairs), np.int64)
    for student in range(len(starts) - 1):
        first, end = starts[student], starts[student + 1]
        while first < end:
            last = end_of_equals(pairs, ranks, first, end)
            if last - first > 1:
                for place in range(first, last):
                    ranks[place] = tie_rank(tables, student, pairs[place] & OPTION)
                put_in_order(pairs, ranks, first, last)
            first = last
        for place in range(starts[student], end):
            option = pairs[place] & OPTION
            member = tables.members[tables.member_rows[student], option]
            programs_usd[place] = tables.program_usd[tables.term_rows[student], member, option]
            rides_usd[place] = tables.ride_usd[tables.home_rows[student], option]
    return ranks, programs_usd, rides_usd


def to_draw(pairs: Words, ranks: Words, usd: Words, starts: Rows, delta: int) -> Words:
    """Equals that a draw must part: student, first place and behind the last one, shape (n_draws, 3).

    Those whose costs will put them in order need none.
    """
    draws, n_draws = np.empty((len(pairs) // 2, 3), np.int64), 0
    for student in range(len(starts) - 1):
        first, end = starts[student], starts[student + 1]
        while first < end:
            last = end_of_equals(pairs, ranks, first, end)
            if last - first > 1 and not costs_part(usd, first, last, delta):
                draws[n_draws] = student, first, last
                n_draws += 1
            first = last
    return draws[:n_draws]


def end_of_equals(pairs: Words, ranks: Words, first: int, end: int) -> int:
    """Where the pairs end that are of one key and one rank with the first."""
    last = first + 1
    while (
        last < end
        and pairs[last] >> OPTION_BITS == pairs[first] >> OPTION_BITS
        and ranks[last] == ranks[first]
    ):
        last += 1
    return last


def tie_rank(tables: ChunkTables, student: int, option: int) -> np.int64:
    """What parts pairs of one key: start, ride and cells that are open, in one number."""
    rank = np.int64(0)
    for column in range(tables.tie_rows.shape[1]):
        rank = (rank << OPTION_BITS) | tables.ties[tables.tie_rows[student, column], option]
    rows = tables.service_rows[student, : tables.n_services[student]]
    least, most = delivered(tables.services, rows, tables.shares[student], option)
    n_open = sum_of(tables.fit_open_cells, tables.fit_rows[student], option)
    n_open += sum_of(tables.other_open_cells, tables.other_rows[student], option)
    return (rank << OPEN_CELLS_BITS) | (n_open + (1 if least != most else 0))


def put_in_order(pairs: Words, ranks: Words, first: int, last: int) -> None:
    """Sort places by rank, ranks with them; equals keep their order, and below 0 a pair keeps its place."""
    for place in range(first + 1, last):
        here = place
        before = here - 1
        while ranks[here] >= 0 and before >= first and (ranks[before] < 0 or ranks[before] > ranks[here]):
            if ranks[before] >= 0:
                pairs[here], pairs[before] = pairs[before], pairs[here]
                ranks[here], ranks[before] = ranks[before], ranks[here]
                here = before
            before -= 1


def costs_part(usd: Words, first: int, last: int, delta: int) -> bool:
    """Whether costs alone will put these places in order: all are known, and no two are the same."""
    for place in range(first, last):
        if delta == 0 or usd[place] < 0:
            return False
        for other in range(first, place):
            if usd[other] == usd[place]:
                return False
    return True


def listed(
    pairs: Words, usd: Words, starts: Rows, programs: Rows, top: int, delta: int
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """The best programs of each student in their places, each by its best option: options and blocks.

    Both have the shape (n_students, top); -1 and 0 where fewer are listed.
    """
    n_students = len(starts) - 1
    options, blocks = np.full((n_students, top), -1, np.int32), np.zeros((n_students, top), np.int8)
    for student in range(n_students):
        first, end = starts[student], starts[student + 1]
        while first < end:
            last = end_of_band(pairs, first, end, delta)
            put_in_order(pairs, usd, first, last)
            first = last
        n_listed = 0
        for place in range(starts[student], end):
            option = pairs[place] & OPTION
            if n_listed < top and not is_listed(options[student, :n_listed], programs, option):
                options[student, n_listed] = option
                blocks[student, n_listed] = pairs[place] >> (GROUP_SHIFT + TIER_BITS)
                n_listed += 1
    return options, blocks


def end_of_band(pairs: Words, first: int, end: int, delta: int) -> int:
    """Where the cost band of the first pair ends: one group, and values less than delta below its own."""
    last = first + 1
    key = pairs[first] >> OPTION_BITS
    while (
        last < end
        and (pairs[last] >> OPTION_BITS) - key < delta
        and pairs[last] >> GROUP_SHIFT == pairs[first] >> GROUP_SHIFT
    ):
        last += 1
    return last


def is_listed(options: NDArray[np.int32], programs: Rows, option: int) -> bool:
    """Whether another option of the same program is listed already."""
    found = False
    for one in options:
        found |= programs[one] == programs[option]
    return found


PARTS = (
    end_of_equals,
    tie_rank,
    sum_of,
    delivered,
    put_in_order,
    costs_part,
    end_of_band,
    is_listed,
)
