"""Which options a chunk of students looks at: gates as bits, the best groups first, until there are enough.

The order puts block before tier before value. Bits tell the best block that an option can have, so whole
groups of one block and tier are taken, best first, and the values of all others are never added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching import order
from matching.cells import Cells
from matching.pair_tables import ASKING, CERTAIN_GAP, FAILING, POSSIBLE_GAP, TIERS, WORD_BITS, Bits
from matching.row_order import spans
from matching.sorting import Rows, Words

Table = tuple[Rows, Bits]
Part = tuple[Rows, Words, Rows, Rows]  # student, group and number of options of each segment, and its options
KINDS = 4
FOLDED_SHARE = 8
TIER_BITS = 3
EVERY_GROUP = 1 << 6
OCTET_SHIFT = 3  # eight bits each


@dataclass(frozen=True, slots=True)
class Pairs:
    """Students and options that may come first. A *group* is a block and a tier in one number.

    Each segment of the cells is of one student and one group, and students stand in order. Up to group
    ``bound`` of each student no option is missing.
    """

    cells: Cells
    groups: Words
    bound: Words


def gate_bits(tables: list[Table]) -> Bits:
    """Bits of each student, shape (n_students, 4, n_words), out of the rows of every slot.

    The rows of a table may be of the first students alone.
    """
    n_students, n_words = len(tables[0][0]), tables[0][1].shape[2]
    some = _folded([table for table in tables if table[1].any()], n_students)
    bits = np.zeros((n_students, KINDS, n_words), np.uint64)
    for rows, table in some:
        bits[: len(rows), : table.shape[1]] |= table.take(rows, axis=0)
    return bits


def _folded(tables: list[Table], n_students: int) -> list[Table]:
    """The same tables, the smallest made one as long as it has few rows."""
    folded: list[Table] = []
    for rows, table in sorted(tables, key=lambda one: (-len(one[0]), one[1].shape[1], len(one[1]))):
        alike = folded and len(rows) == n_students and table.shape[1] == folded[-1][1].shape[1]
        if alike and len(table) * len(folded[-1][1]) <= n_students // FOLDED_SHARE:
            folded[-1] = _both(folded[-1], (rows, table))
        else:
            folded.append((rows, table))
    return folded


def _both(one: Table, other: Table) -> Table:
    """Two tables as one with a row for each pair of rows that occurs."""
    together = one[0] * len(other[1]) + other[0]
    occurs = np.zeros(len(one[1]) * len(other[1]), bool)
    occurs[together] = True
    pairs = np.flatnonzero(occurs)
    table = one[1][pairs // len(other[1])] | other[1][pairs % len(other[1])]
    return (np.cumsum(occurs) - 1)[together], table


def promising(bits: Bits, tiers: Table, n_options: int, wanted: int) -> Pairs:
    """The pairs of the best groups, for each student as many groups as hold ``wanted`` options."""
    n_students = len(bits)
    here, found = np.arange(n_students), np.zeros(n_students, np.intp)
    bound = np.full(n_students, EVERY_GROUP, np.int64)
    parts: list[Part] = [(np.empty(0, np.intp),) * 4]
    blocks = _best_blocks(bits, n_options)
    for group, tier, block, words in _groups(tiers[1]):
        chosen = blocks[block][:, words] if len(here) == n_students else blocks[block][here, words]
        chosen = chosen & _of_tier(tiers, here, tier, words)
        counts = np.bitwise_count(chosen).sum(axis=1, dtype=np.intp)
        bound[here] = group
        if counts.any():
            parts.append((here, np.full(len(here), group), counts, _options(chosen, counts, words.start)))
        found[here] += counts
        here = here.compress(found.take(here) < wanted)
        if not len(here):
            break
    bound[here] = EVERY_GROUP
    return _by_student(parts, bound)


def _by_student(parts: list[Part], bound: Words) -> Pairs:
    """The segments of all groups, those of one student together."""
    rows, groups, counts, options = (np.concatenate(column) for column in zip(*parts, strict=True))
    starts, sequence = np.cumsum(counts) - counts, np.argsort(rows, kind="stable")
    rows, groups, counts, starts = (column.take(sequence) for column in (rows, groups, counts, starts))
    return Pairs(Cells(rows, counts, options.take(spans(starts, counts))), groups, bound)


def _of_tier(tiers: Table, here: Rows, tier: int, words: slice) -> Bits:
    """Bits of the options of a tier for each student; students of one state share them."""
    rows, table = tiers
    return table[:, tier, words] if len(table) == 1 else table[rows.take(here), tier, words]


def _best_blocks(bits: Bits, n_options: int) -> dict[int, Bits]:
    """Bits of the best block that each option can have, by what the gates and gaps alone say."""
    is_option = np.full(bits.shape[2], ~np.uint64(0))
    if n_options % WORD_BITS:
        is_option[-1] = (np.uint64(1) << np.uint64(n_options % WORD_BITS)) - np.uint64(1)
    passing = ~bits[:, FAILING] & is_option
    fitting = passing & ~bits[:, CERTAIN_GAP]
    eligible = fitting & ~bits[:, ASKING]
    open_ = eligible & bits[:, POSSIBLE_GAP]
    return {
        order.FIRST_BLOCK: eligible ^ open_,
        order.OPEN_BLOCK: open_,
        order.CONFIRM_BLOCK: fitting ^ eligible,
        order.NOT_ADEQUATE_BLOCK: passing ^ fitting,
    }


def _groups(tier_bits: Bits) -> Iterator[tuple[int, int, int, slice]]:
    """Groups in order with their tier, block and the words where their options lie."""
    words = [np.flatnonzero(tier_bits[:, tier].any(axis=0)) for tier in range(TIERS)]
    for block in range(order.FIRST_BLOCK, order.RULED_OUT_BLOCK):
        for tier, lying in enumerate(words):
            if len(lying):
                yield block << TIER_BITS | tier, tier, block, slice(int(lying[0]), int(lying[-1]) + 1)


def _options(bits: Bits, counts: Rows, first_word: int) -> Rows:
    """The option of each bit that is set, row after row, where each row has so many."""
    octets = np.ascontiguousarray(bits.astype("<u8", copy=False)).view(np.uint8)
    some = np.flatnonzero(octets.ravel() != 0)
    flags = np.unpackbits(octets.ravel().take(some), bitorder="little").view(np.bool_)
    places = np.flatnonzero(flags)
    some <<= OCTET_SHIFT
    options = some.take(places >> OCTET_SHIFT)
    places &= (1 << OCTET_SHIFT) - 1
    options += places
    bits_per_row = bits.shape[1] * WORD_BITS
    options -= np.repeat(np.arange(len(bits)) * bits_per_row - first_word * WORD_BITS, counts)
    return options
