"""Pairs of many students put in order at once: one long list, students one behind the other.

What ``matching.order`` does for one ranking: value, ties, cost bands, costs, each program once.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int64]
Rows = NDArray[np.intp]
VALUE_BITS = 22
USD_BITS = 32


@dataclass(frozen=True, slots=True)
class Ordered:
    """Pairs in order: the student's row, the key (group and value, smaller first) and the option of each."""

    rows: Rows
    keys: Words
    options: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def starts(self, n_students: int) -> tuple[Rows, Rows]:
        """Place of the first pair of each student, and how many there are."""
        counts = np.bincount(self.rows, minlength=n_students)
        return np.cumsum(counts) - counts, counts

    def kept(self, flags: NDArray[np.bool_]) -> "Ordered":
        """The pairs that are flagged."""
        return Ordered(self.rows[flags], self.keys[flags], self.options[flags])

    def with_options(self, options: Rows) -> "Ordered":
        """The same places with other options in them."""
        return replace(self, options=options)


def sorted_pairs(rows: Rows, keys: Words, options: Rows, key_bits: int, n_options: int) -> Ordered:
    """Pairs by row, key and option, sorted as one number each."""
    option_bits = int(n_options).bit_length()
    packed = (rows.astype(np.int64) << (key_bits + option_bits)) | (keys << option_bits) | options
    packed.sort()
    return Ordered(
        (packed >> (key_bits + option_bits)).astype(np.intp),
        (packed >> option_bits) & ((1 << key_bits) - 1),
        (packed & ((1 << option_bits) - 1)).astype(np.intp),
    )


def cut(pairs: Ordered, n_students: int, wanted: int, delta: int) -> Ordered:
    """The first ``wanted`` pairs of each student and those that a cost band may put before them."""
    starts, counts = pairs.starts(n_students)
    lasts = np.where(counts > 0, starts + np.minimum(counts, wanted) - 1, 0)
    return (
        pairs.kept(pairs.keys <= (pairs.keys[lasts] + max(delta, 1) - 1)[pairs.rows]) if len(pairs) else pairs
    )


def tied(pairs: Ordered) -> tuple[Rows, Words]:
    """Places of pairs that share student and key with a neighbor, and the number of the group of equals."""
    same = (pairs.keys[1:] == pairs.keys[:-1]) & (pairs.rows[1:] == pairs.rows[:-1])
    places = np.flatnonzero(np.append(same, False) | np.append(False, same))
    return places, np.cumsum(~np.append(False, same)[places])


def bands(pairs: Ordered, n_students: int, delta: int) -> Rows:
    """Place where the cost band of each pair begins: values less than delta below the band's best."""
    starts, counts = pairs.starts(n_students)
    longest_first = np.argsort(-counts, kind="stable")
    starts, counts = starts[longest_first], counts[longest_first]
    begins, found = starts.copy(), np.arange(len(pairs))
    for place in range(1, int(counts.max(initial=0))):
        n_long = int(np.searchsorted(-counts, -place, side="left"))
        here = starts[:n_long] + place
        best, key = pairs.keys[begins[:n_long]], pairs.keys[here]
        anew = (key - best >= delta) | (key >> VALUE_BITS != best >> VALUE_BITS)
        begins[:n_long] = np.where(anew, here, begins[:n_long])
        found[here] = begins[:n_long]
    return found


def by_cost(options: Rows, bands: Rows, cost_usd: Words) -> Rows:
    """Known costs sorted among the places of their band; an unknown cost keeps its place by value."""
    known = np.flatnonzero(cost_usd >= 0)
    falls = (cost_usd[known[1:]] < cost_usd[known[:-1]]) & (bands[known[1:]] == bands[known[:-1]])
    unsorted = np.zeros(len(options), bool)
    unsorted[bands[known[1:]][falls]] = True
    places = known[unsorted[bands[known]]]
    arranged = options.copy()
    arranged[places] = options[
        places[np.argsort((bands[places] << USD_BITS) | cost_usd[places], kind="stable")]
    ]
    return arranged


def first_of_each(rows: Rows, programs: Rows, n_programs: int) -> NDArray[np.bool_]:
    """Whether a pair is the first of its program for its student."""
    _, firsts = np.unique(rows * n_programs + programs, return_index=True)
    flags = np.zeros(len(rows), bool)
    flags[firsts] = True
    return flags
