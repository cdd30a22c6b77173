"""Sorted lists of whole numbers: ties, cost bands and costs within them, for one student or for many.

Options are sorted by a *key*: its lowest 22 bits hold what the value lacks, those above them the group
(block and tier, and for many students whose it is).
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int64]
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
VALUE_BITS = 22
WORD_BITS = 63


def in_order(*columns: NDArray[np.integer]) -> tuple[Rows, Flags]:
    """Places sorted by the first column, then by the next; and whether each equals the one behind it.

    Whole numbers of 0 or more; equals keep their places. Columns that fit in one number with the place are
    sorted as one number, many times faster.
    """
    n_places = len(columns[0])
    widths = [int(column.max(initial=0)).bit_length() for column in columns]
    if sum(widths) + n_places.bit_length() <= WORD_BITS:
        word = columns[0].astype(np.int64)
        for column, width in zip(columns[1:], widths[1:], strict=True):
            word <<= width
            word |= column
        return _placed(word, n_places)
    places = np.lexsort(columns[::-1])
    same = [column[places[1:]] == column[places[:-1]] for column in columns]
    return places, np.logical_and.reduce(same)


def _placed(word: Words, n_places: int) -> tuple[Rows, Flags]:
    bits = n_places.bit_length()
    word = (word << bits) | np.arange(n_places)
    word.sort()
    places: Rows = word & ((1 << bits) - 1)
    word >>= bits
    return places, word[1:] == word[:-1]


def tied(keys: Words) -> tuple[Rows, Words]:
    """Places of sorted keys that share theirs with a neighbor, and the number of the group of equals."""
    same = keys[1:] == keys[:-1]
    if not same.any():
        return np.empty(0, np.intp), np.empty(0, np.int64)
    is_tied, begins = np.zeros(len(keys), bool), np.ones(len(keys), bool)
    is_tied[1:], begins[1:] = same, ~same
    is_tied[:-1] |= same
    places = np.flatnonzero(is_tied)
    return places, np.cumsum(begins[places])


def runs(same: Flags) -> list[tuple[int, int]]:
    """First and last place (excluded) of each run, where ``same[i]`` says that place i + 1 equals place i."""
    if not same.any():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), (edges[1::2] + 1).tolist(), strict=True))


def cost_bands(keys: Words, delta: int) -> NDArray[np.int32]:
    """The band of each place of sorted keys: within a group, values less than delta below the band's best."""
    n_keys = len(keys)
    if delta == 0:  # each option is a band of its own
        return np.arange(n_keys, dtype=np.int32)
    groups = keys >> VALUE_BITS
    beyond = np.searchsorted(keys, np.minimum(keys + delta, (groups + 1) << VALUE_BITS))
    begins = np.ones(n_keys + 1, bool)
    begins[1:-1] = groups[1:] != groups[:-1]
    here = np.flatnonzero(begins[:-1])
    while len(here):  # one band further in all groups at once
        here = beyond.take(here)
        here = here[~begins.take(here)]
        begins[here] = True
    bands: NDArray[np.int32] = np.cumsum(begins[:-1], dtype=np.int32) - np.int32(1)
    return bands


def by_cost(options: Rows, bands: NDArray[np.int32], cost_usd: Words) -> Rows:
    """Known costs sorted among the places of their band; an unknown cost keeps its place by value."""
    known = np.flatnonzero(cost_usd >= 0)
    band, usd = bands.take(known), cost_usd.take(known)
    falls = (usd[1:] < usd[:-1]) & (band[1:] == band[:-1])
    if not falls.any():
        return options
    unsorted = np.zeros(len(options), bool)
    unsorted[band[1:][falls]] = True
    some = np.flatnonzero(unsorted.take(band))
    sequence, _ = in_order(band.take(some), usd.take(some))
    arranged, places = options.copy(), known.take(some)
    arranged[places] = options.take(places.take(sequence))
    return arranged
