"""Which options a chunk of students looks at: gates as bits, the best groups first, until there are enough.

The order puts block before tier before value. Bits tell the best block that an option can have, so whole
groups of one block and tier are taken, best first, and the values of all others are never added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.pair_tables import ASKING, CERTAIN_GAP, FAILING, GATES, POSSIBLE_GAP, TIERS, WORD_BITS, Bits

Rows = NDArray[np.intp]
Table = tuple[Rows, Bits]
MOST_FOLDED = 1 << 13
TIER_BITS = 3
EVERY_GROUP = 1 << 6
BITS_PER_BYTE = 8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Students and options that may come first: a row of the chunk, an option and its best group for each.

    A *group* is a block and a tier in one number. Up to group ``bound`` of each student no option is missing.
    """

    rows: Rows
    options: Rows
    groups: NDArray[np.int64]
    bound: NDArray[np.int64]


def gate_bits(tables: list[Table]) -> Bits:
    """Bits of each student, shape (n_students, 4, n_words), out of the rows of every slot."""
    with_gaps = [table for table in tables if table[1].shape[1] > GATES]
    bits = _united(with_gaps)
    bits[:, :GATES] |= _united([table for table in tables if table[1].shape[1] == GATES])
    return bits


def _united(tables: list[Table]) -> Bits:
    """Bits of each student that any table sets."""
    (rows, table), *others = _folded(tables)
    bits = table.take(rows, axis=0)
    for rows, table in others:
        bits |= table.take(rows, axis=0)
    return bits


def _folded(tables: list[Table]) -> list[Table]:
    """The same tables, the smallest made one as long as few of its classes can occur together."""
    waiting = sorted(tables, key=lambda one: len(one[1]))
    folded = [waiting.pop(0)]
    for rows, table in waiting:
        if len(table) * len(folded[-1][1]) <= MOST_FOLDED:
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
    here, found = np.arange(n_students), np.zeros(n_students, np.int64)
    bound = np.full(n_students, EVERY_GROUP, np.int64)
    parts: list[tuple[Rows, Rows, int]] = []
    blocks = _best_blocks(bits, n_options)
    for group, tier, block, words in _groups(tiers[1]):
        rows, options = _places(blocks[block][here, words] & tiers[1][:, tier, words][tiers[0][here]])
        found[here] += np.bincount(rows, minlength=len(here))
        parts.append((here[rows], options + words.start * WORD_BITS, group))
        bound[here] = group
        here = here[found[here] < wanted]
        if not len(here):
            break
    bound[here] = EVERY_GROUP
    return Pairs(
        rows=np.concatenate([rows for rows, _, _ in parts]),
        options=np.concatenate([options for _, options, _ in parts]),
        groups=np.repeat([group for _, _, group in parts], [len(rows) for rows, _, _ in parts]),
        bound=bound,
    )


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


def _places(bits: Bits) -> tuple[Rows, Rows]:
    """Row and column of each bit that is set."""
    octets = np.ascontiguousarray(bits.astype("<u8", copy=False)).view(np.uint8)
    some = np.flatnonzero(octets.ravel() != 0)
    flags = np.unpackbits(octets.ravel()[some], bitorder="little").view(np.bool_)
    places = np.flatnonzero(flags)
    rows, columns = np.divmod(some, octets.shape[1])
    octet = places // BITS_PER_BYTE
    return rows[octet], (columns * BITS_PER_BYTE)[octet] + places % BITS_PER_BYTE
