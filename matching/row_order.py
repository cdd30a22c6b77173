"""Pairs of many students put in order at once: one long list, students one behind the other.

What ``matching.order`` does for one ranking: value, ties, cost bands, costs, each program once.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int64]
Rows = NDArray[np.intp]
VALUE_BITS = 22
KEY_BITS = 28
USD_BITS = 32


@dataclass(frozen=True, slots=True)
class Ordered:
    """Pairs in order. A key is the student's row, above a group (6 bits) and what the value lacks (22)."""

    keys: Words
    options: Rows

    @property
    def rows(self) -> Rows:
        """The row of the student of each pair."""
        rows: Rows = self.keys >> KEY_BITS
        return rows

    def starts(self, n_students: int) -> tuple[Rows, Rows]:
        """Place of the first pair of each student, and how many there are."""
        counts = np.bincount(self.rows, minlength=n_students)
        return np.cumsum(counts) - counts, counts

    def kept(self, flags: NDArray[np.bool_]) -> "Ordered":
        """The pairs that are flagged."""
        places = np.flatnonzero(flags)
        return Ordered(self.keys.take(places), self.options.take(places))

    def with_options(self, options: Rows) -> "Ordered":
        """The same places with other options in them."""
        return replace(self, options=options)


def sorted_pairs(keys: Words, options: Rows, n_options: int) -> Ordered:
    """Pairs by key and option, sorted as one number each."""
    option_bits = n_options.bit_length()
    packed = (keys << option_bits) | options
    packed.sort()
    return Ordered(packed >> option_bits, packed & ((1 << option_bits) - 1))


def cut(pairs: Ordered, n_students: int, wanted: int, delta: int) -> Ordered:
    """The first ``wanted`` pairs of each student and those that a cost band may put before them."""
    if not len(pairs.keys):
        return pairs
    starts, counts = pairs.starts(n_students)
    lasts = np.where(counts > 0, starts + np.minimum(counts, wanted) - 1, 0)
    limits = pairs.keys.take(lasts) + max(delta, 1)
    return pairs.kept(pairs.keys < limits.take(pairs.rows))


def tied(pairs: Ordered) -> tuple[Rows, Words]:
    """Places of pairs that share their key with a neighbor, and the number of the group of equals."""
    same = pairs.keys[1:] == pairs.keys[:-1]
    places = np.flatnonzero(np.append(same, False) | np.append(False, same))
    return places, np.cumsum(~np.append(False, same)[places])


def bands(pairs: Ordered, n_students: int, delta: int) -> Rows:
    """Place where the cost band of each pair begins: values less than delta below the band's best."""
    starts, counts = pairs.starts(n_students)
    longest_first = np.argsort(-counts, kind="stable")
    starts, counts = starts[longest_first], counts[longest_first]
    lengths = np.searchsorted(-counts, -np.arange(1, int(counts.max(initial=1))))
    begins, found = starts.copy(), np.arange(len(pairs.keys))
    best = pairs.keys.take(begins, mode="clip") if len(found) else begins
    for place, n_long in enumerate(lengths.tolist(), start=1):
        here = starts[:n_long] + place
        key = pairs.keys.take(here)
        anew = (key - best[:n_long] >= delta) | ((key ^ best[:n_long]) >> VALUE_BITS != 0)
        np.copyto(begins[:n_long], here, where=anew)
        np.copyto(best[:n_long], key, where=anew)
        found[here] = begins[:n_long]
    return found


def by_cost(options: Rows, bands: Rows, cost_usd: Words) -> Rows:
    """Known costs sorted among the places of their band; an unknown cost keeps its place by value."""
    known = np.flatnonzero(cost_usd >= 0)
    band, usd = bands.take(known), cost_usd.take(known)
    falls = (usd[1:] < usd[:-1]) & (band[1:] == band[:-1])
    unsorted = np.zeros(len(options), bool)
    unsorted[band[1:][falls]] = True
    some = np.flatnonzero(unsorted.take(band))
    places = known.take(some)
    sequence = np.argsort((band.take(some) << USD_BITS) | usd.take(some), kind="stable")
    arranged = options.copy()
    arranged[places] = options.take(places.take(sequence))
    return arranged


def first_of_each(rows: Rows, programs: Rows, n_programs: int) -> NDArray[np.bool_]:
    """Whether a pair is the first of its program for its student."""
    _, firsts = np.unique(rows * n_programs + programs, return_index=True)
    flags = np.zeros(len(rows), bool)
    flags[firsts] = True
    return flags
