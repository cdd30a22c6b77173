"""Pairs of many students in order: one long list, students one behind the other."""

from dataclasses import dataclass, replace

import numpy as np

from matching.sorting import Rows, Words

KEY_BITS = 28


@dataclass(frozen=True, slots=True)
class Ordered:
    """Pairs in order. A key is the student's row, above a group (6 bits) and what the value lacks (22).

    ``starts`` holds the place of the first pair of each student, and behind the last one the number of pairs.
    """

    keys: Words
    options: Rows
    starts: Rows

    @property
    def counts(self) -> Rows:
        """How many pairs each student has."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Rows:
        """The row of the student of each pair."""
        return np.repeat(np.arange(len(self.starts) - 1), self.counts)

    def with_options(self, options: Rows) -> "Ordered":
        """The same places with other options in them."""
        return replace(self, options=options)


def spans(firsts: Rows, counts: Rows) -> Rows:
    """So many places from each first one on, span behind span."""
    ends = np.cumsum(counts)
    places: Rows = np.repeat(firsts - (ends - counts), counts)
    places += np.arange(len(places))
    return places


def sorted_pairs(packed: Words, n_students: int, option_bits: int) -> Words:
    """Pairs by key and option, each one number; those of rows beyond the students are left out."""
    packed.sort()
    return packed[: packed.searchsorted(n_students << (KEY_BITS + option_bits))]


def cut(packed: Words, n_students: int, option_bits: int, wanted: int, delta: int) -> Ordered:
    """The first ``wanted`` pairs of each student and those that a cost band may put before them."""
    starts = packed.searchsorted(np.arange(n_students + 1) << (KEY_BITS + option_bits))
    firsts, counts = starts[:-1], np.diff(starts)
    some = np.flatnonzero(counts)
    lasts = packed.take((firsts + np.minimum(counts, wanted) - 1).take(some)) >> option_bits
    ends = packed.searchsorted((lasts + max(delta, 1)) << option_bits)
    counts[some] = np.minimum(ends, starts[1:].take(some)) - firsts.take(some)
    kept = packed.take(spans(firsts, counts))
    return Ordered(
        keys=np.right_shift(kept, option_bits),
        options=np.bitwise_and(kept, (1 << option_bits) - 1),
        starts=np.append(0, np.cumsum(counts)),
    )


def first_of_each(pairs: Ordered, programs: Rows, n_programs: int) -> Ordered:
    """Each program once for each student, by its first pair."""
    firsts: Rows = np.sort(np.unique(pairs.rows * n_programs + programs, return_index=True)[1])
    return Ordered(pairs.keys.take(firsts), pairs.options.take(firsts), firsts.searchsorted(pairs.starts))
