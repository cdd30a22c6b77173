"""Pairs of many students in order: one long list, students one behind the other."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.sorting import Rows, Words

KEY_BITS = 28


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


def first_of_each(rows: Rows, programs: Rows, n_programs: int) -> NDArray[np.bool_]:
    """Whether a pair is the first of its program for its student."""
    _, firsts = np.unique(rows * n_programs + programs, return_index=True)
    flags = np.zeros(len(rows), bool)
    flags[firsts] = True
    return flags
