"""The loops over pairs of students and options: which pairs may come first, and the list of each student.

The order puts block before tier before value; a *group* is a block and a tier in one number. Bits tell the
best block that an option can have, so groups are taken best first until there are enough pairs, and the
values of all others are never added up. Numba can compile all of this; that it stands in one file tells it
when to compile anew.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.chunk_tables import ChunkTables, Table
from matching.codes import NO, YES
from matching.order import (
    CONFIRM_BLOCK,
    FIRST_BLOCK,
    NOT_ADEQUATE_BLOCK,
    OPEN_BLOCK,
    RULED_OUT_BLOCK,
    TIER_BITS,
    TOP_VALUE,
)
from matching.pair_tables import (
    ASKING,
    CERTAIN_GAP,
    FAILING,
    FIELD,
    FIELD_BITS,
    KINDS,
    POSSIBLE_GAP,
    WORD_BITS,
    Bits,
)
from matching.sorting import VALUE_BITS, Rows, Words

OPTION_BITS = 18
OPTION = (1 << OPTION_BITS) - 1
OPEN_CELLS_BITS = 8
GROUP_SHIFT = OPTION_BITS + VALUE_BITS
TIER = (1 << TIER_BITS) - 1
NONE, ONE = np.uint64(0), np.uint64(1)
# The powers of 2 up to 2**63 all leave different rests of 67.
RESTS = np.uint64(67)
BIT_OF_REST = np.zeros(67, np.int64)
BIT_OF_REST[[(1 << bit) % 67 for bit in range(WORD_BITS)]] = np.arange(WORD_BITS)


def first_pairs(tables: ChunkTables, wanted: int, delta: int) -> tuple[Words, Rows, int]:
    """Pairs of each student in order, the first ``wanted`` and those within ``delta`` of the last of them.

    A pair is a number: group, what the value lacks, option. The pairs of student ``i`` stand from
    ``starts[i]`` to ``starts[i + 1]``. The last result says how many pairs were looked at.
    """
    n_students, n_options = len(tables.needed_fit), tables.services.shape[1]
    bits = np.empty((KINDS, tables.tiers.shape[2]), np.uint64)
    pairs, best = np.empty(n_options, np.int64), np.zeros(wanted, np.int64)
    kept, starts = np.empty(2 * wanted * n_students, np.int64), np.zeros(n_students + 1, np.int64)
    n_looked_at = 0
    for student in range(n_students):
        put_gates(tables, student, bits)
        n_pairs, n_best = look_at(tables, student, bits, pairs, best)
        n_looked_at += n_pairs
        begin, n_kept = starts[student], 0
        if begin + n_pairs > len(kept):
            kept = np.concatenate((kept, np.empty(begin + n_pairs, np.int64)))
        limit = (best[n_best - 1] >> OPTION_BITS) + delta
        for place in range(n_pairs):
            if pairs[place] >> OPTION_BITS < limit:
                n_kept = put_in(kept[begin:], n_kept, pairs[place])
        starts[student + 1] = begin + n_kept
    return kept[: starts[-1]], starts, n_looked_at


def put_gates(tables: ChunkTables, student: int, bits: Bits) -> None:
    """Put together what all gates say of one student's options."""
    bits[:] = NONE
    for column in range(tables.gate_rows.shape[1]):
        row = tables.gate_rows[student, column]
        for kind in range(tables.gate_kinds[row]):
            for word in range(bits.shape[1]):
                bits[kind, word] |= tables.gates[row, kind, word]


def look_at(tables: ChunkTables, student: int, bits: Bits, pairs: Words, best: Words) -> tuple[int, int]:
    """Pairs of the best groups, as many groups as hold enough, and the best in order: how many of each."""
    n_pairs = n_best = 0
    tiers, needed = tables.tiers[tables.tier_rows[student]], tables.needed_fit[student]
    need_fit, most_fit, fit_rows = tables.need_fit, tables.most_fit, tables.fit_rows[student]
    others, other_rows = tables.others, tables.other_rows[student]
    services, service_rows = tables.services, tables.service_rows[student, : tables.n_services[student]]
    shares, weight = tables.shares[student], tables.service_weight
    for group in range(FIRST_BLOCK << TIER_BITS, RULED_OUT_BLOCK << TIER_BITS):
        block, tier = group >> TIER_BITS, group & TIER
        for word in range(tables.tier_words[tier, 0], tables.tier_words[tier, 1]):
            left = of_block(bits, block, word) & tiers[tier, word]
            while left != NONE:
                option = word * WORD_BITS + BIT_OF_REST[(left & (~left + ONE)) % RESTS]
                left &= left - ONE
                points = sum_of(need_fit, fit_rows, option) + sum_of(others, other_rows, option)
                least, most = delivered(services, service_rows, shares, option)
                lack = TOP_VALUE - (points & FIELD) - weight * ((least + most) >> 1)
                at_last = block
                if block < NOT_ADEQUATE_BLOCK and (points >> FIELD_BITS) + weight * least < needed:
                    may_be_adequate = sum_of(most_fit, fit_rows, option) + weight * most >= needed
                    at_last = max(block, OPEN_BLOCK) if may_be_adequate else NOT_ADEQUATE_BLOCK
                key = ((at_last << TIER_BITS | tier) << VALUE_BITS) + lack
                pairs[n_pairs] = key << OPTION_BITS | option
                n_best = put_in(best, n_best, pairs[n_pairs])
                n_pairs += 1
        if n_best == len(best) and best[n_best - 1] >> GROUP_SHIFT <= group:
            break
    return n_pairs, n_best


def sum_of(table: Table, rows: Rows, option: int) -> np.int64:
    """What all columns of one student hold for an option, added up."""
    total = np.int64(0)
    for column in range(len(rows)):
        total += table[rows[column], option]
    return total


def delivered(services: Table, rows: Rows, shares: Words, option: int) -> tuple[int, int]:
    """The least and the most share of a student's services that an option delivers, in thousandths."""
    least = most = 0
    for place in range(len(rows)):
        answer = services[rows[place], option]
        if answer != NO:
            most += shares[place]
        if answer == YES:
            least += shares[place]
    return least, most


def of_block(bits: Bits, block: int, word: int) -> Any:
    """Options whose best block, by what gates and gaps alone say, is this one."""
    passing = ~bits[FAILING, word]
    if block == NOT_ADEQUATE_BLOCK:
        return passing & bits[CERTAIN_GAP, word]
    fitting = passing & ~bits[CERTAIN_GAP, word]
    if block == CONFIRM_BLOCK:
        return fitting & bits[ASKING, word]
    eligible = fitting & ~bits[ASKING, word]
    if block == OPEN_BLOCK:
        return eligible & bits[POSSIBLE_GAP, word]
    return eligible & ~bits[POSSIBLE_GAP, word]


def put_in(best: Words, n_best: int, pair: int) -> int:
    """Put a pair among the best, which stay in order, as long as there is room; how many there are."""
    place = n_best
    if n_best == len(best):
        if pair >= best[n_best - 1]:
            return n_best
        place = n_best - 1
    while place > 0 and best[place - 1] > pair:
        best[place] = best[place - 1]
        place -= 1
    best[place] = pair
    return min(n_best + 1, len(best))


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
    last, group = first + 1, pairs[first] >> GROUP_SHIFT
    limit = min((pairs[first] >> OPTION_BITS) + delta, (group + 1) << VALUE_BITS)
    while last < end and pairs[last] >> OPTION_BITS < limit:
        last += 1
    return last


def is_listed(options: NDArray[np.int32], programs: Rows, option: int) -> bool:
    """Whether another option of the same program is listed already."""
    found = False
    for place in range(len(options)):
        found |= programs[options[place]] == programs[option]
    return found


PARTS = (
    put_gates, look_at, sum_of, delivered, of_block, put_in, end_of_equals, tie_rank, put_in_order,
    costs_part, end_of_band, is_listed,
)  # fmt: skip
