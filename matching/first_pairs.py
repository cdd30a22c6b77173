"""The pairs of students and options that may come first: gates as bits, the best groups first.

The order puts block before tier before value; a *group* is a block and a tier in one number. Bits tell the
best block that an option can have, so groups are taken best first until there are enough pairs, and the
values of all others are never added up.

Every function here is a loop over numbers that Numba can compile: no objects but the tables.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
from matching.sorting import VALUE_BITS, Rows, Words

Bits = NDArray[np.uint64]
Table = NDArray[Any]
FAILING, ASKING, POSSIBLE_GAP, CERTAIN_GAP = range(4)
KINDS, TIERS = 4, 7
WORD_BITS = 64
FIELD_BITS = 22
FIELD = (1 << FIELD_BITS) - 1
OPTION_BITS = 18
OPTION = (1 << OPTION_BITS) - 1
GROUP_SHIFT = OPTION_BITS + VALUE_BITS
TIER = (1 << TIER_BITS) - 1
NONE, ONE = np.uint64(0), np.uint64(1)
# The powers of 2 up to 2**63 all leave different rests of 67.
RESTS = np.uint64(67)
BIT_OF_REST = np.zeros(67, np.int64)
BIT_OF_REST[[(1 << bit) % 67 for bit in range(WORD_BITS)]] = np.arange(WORD_BITS)


class ChunkTables(NamedTuple):
    """A chunk of students against all options, in arrays.

    Rows have the shape (n_students,), or (n_students, n_columns); with a row of each column a student finds
    what there is of him in a table of (n_rows, n_options). ``gates`` and ``tiers`` are bits, of shape
    (n_rows, kinds, n_words); ``gate_kinds`` says how many kinds of a row are set, ``tier_words`` between
    which words the options of each tier lie. ``need_fit`` and ``others`` hold points of the value without
    services, and above them the least need fit; their open cells say what in it is not known.
    """

    gate_rows: Rows
    gates: Bits
    gate_kinds: Rows
    tier_rows: Rows
    tiers: Bits
    tier_words: Rows
    n_services: Rows
    service_rows: Rows
    services: Table
    shares: Words
    service_weight: int
    fit_rows: Rows
    need_fit: Words
    most_fit: Table
    fit_open_cells: Table
    other_rows: Rows
    others: Words
    other_open_cells: Table
    needed_fit: Words
    tie_rows: Rows
    ties: Table
    member_rows: Rows
    members: Table
    term_rows: Rows
    program_usd: Table
    home_rows: Rows
    ride_usd: Table


def first_pairs(tables: ChunkTables, wanted: int, delta: int) -> tuple[Words, Rows, int]:
    """Pairs of each student in order, the first ``wanted`` and those within ``delta`` of the last of them.

    A pair is a number: group, what the value lacks, option. The pairs of student ``i`` stand from
    ``starts[i]`` to ``starts[i + 1]``. The last result says how many pairs were looked at.
    """
    n_students, n_options = len(tables.needed_fit), tables.services.shape[1]
    bits = np.empty((KINDS, tables.tiers.shape[2]), np.uint64)
    pairs, best = np.empty(n_options, np.int64), np.empty(wanted, np.int64)
    kept, starts = np.empty(2 * wanted * n_students, np.int64), np.zeros(n_students + 1, np.int64)
    n_looked_at = 0
    for student in range(n_students):
        put_gates(tables, student, bits)
        n_pairs, n_best = look_at(tables, student, bits, pairs, best)
        n_looked_at += n_pairs
        begin = starts[student]
        if begin + n_pairs > len(kept):
            kept = np.concatenate((kept, np.empty(len(kept) + n_pairs, np.int64)))
        end = begin
        if n_best:
            end = keep(
                pairs[:n_pairs], ((best[n_best - 1] >> OPTION_BITS) + delta) << OPTION_BITS, kept, begin
            )
        kept[begin:end].sort()
        starts[student + 1] = end
    return kept[: starts[-1]], starts, n_looked_at


def keep(pairs: Words, limit: int, kept: Words, end: int) -> int:
    """Put the pairs below a limit behind those that are kept; where they end now."""
    for place in range(len(pairs)):
        if pairs[place] < limit:
            kept[end] = pairs[place]
            end += 1
    return end


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
                at_last = group
                if block < NOT_ADEQUATE_BLOCK and (points >> FIELD_BITS) + weight * least < needed:
                    most_points = sum_of(most_fit, fit_rows, option) + weight * most
                    at_last = lowered(group, most_points >= needed)
                pairs[n_pairs] = (((at_last << VALUE_BITS) + lack) << OPTION_BITS) | option
                n_best = put_best(best, n_best, pairs[n_pairs])
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


def lowered(group: int, may_be_adequate: bool) -> int:
    """The group of an option whose need fit may be too low for its block."""
    block = max(group >> TIER_BITS, OPEN_BLOCK) if may_be_adequate else NOT_ADEQUATE_BLOCK
    return (block << TIER_BITS) | (group & TIER)


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


def put_best(best: Words, n_best: int, pair: int) -> int:
    """Put a pair among the best, which stay in order; how many there are."""
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


PARTS = (keep, put_gates, look_at, sum_of, delivered, lowered, of_block, put_best)
