"""Pairs of students and options looked up in tables of classes of students by options."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.sorting import Rows


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs in segments of one student each: the student's row, how many pairs, and the option of each pair.

    One number for ``counts`` stands for all segments.
    """

    rows: Rows
    counts: Rows | int
    options: Rows

    def spread(self, by_segment: NDArray[Any]) -> NDArray[Any]:
        """What each segment says, said for each of its pairs."""
        return np.repeat(by_segment, self.counts)

    def of(self, table: NDArray[Any], classes: Rows) -> NDArray[Any]:
        """What a table (n_classes, n_options) holds for each pair, by the class of its student."""
        places = self.spread((classes * table.shape[1]).take(self.rows))
        places += self.options
        found: NDArray[Any] = table.ravel().take(places)
        return found

    def first(self, n_students: int) -> "Cells":
        """The pairs of the first students alone."""
        n_segments = int(self.rows.searchsorted(n_students))
        if isinstance(self.counts, int):
            return Cells(self.rows[:n_segments], self.counts, self.options[: n_segments * self.counts])
        counts = self.counts[:n_segments]
        return Cells(self.rows[:n_segments], counts, self.options[: counts.sum()])
