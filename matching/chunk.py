"""The best programs of one chunk of students, out of the tables of their classes."""

import numpy as np
from numpy.typing import NDArray

from matching import loops
from matching.chunk_tables import ChunkTables, chunk_tables
from matching.columns import Students
from matching.compiled import compiled
from matching.costs import rounded_usd, total_usd
from matching.loops import OPTION
from matching.pair_tables import PairTables
from matching.policy import WEIGHT_SUM
from matching.sorting import Rows, Words

Best = tuple[NDArray[np.int32], NDArray[np.int8]]


class ChunkOrder:
    """One chunk of students against all options."""

    def __init__(self, students: Students, tables: PairTables, top: int) -> None:
        self.students, self.tables, self.top = students, tables, top
        self.catalogue, self.policy = tables.catalogue, tables.policy
        self.delta = self.policy.cost_delta * WEIGHT_SUM
        most_rooms = int(np.bincount(self.catalogue.program_index).max())
        self.wanted = min(top * most_rooms, len(self.catalogue))

    def best(self) -> Best:
        """Options of the best programs and their blocks, each (n_students, top); -1 and 0 where fewer are."""
        tables = chunk_tables(self.students, self.tables)
        pairs, starts, _ = self.first_pairs(tables)
        ranks, *costs_usd = compiled(loops.settle_ties, *loops.PARTS)(tables, pairs, starts)
        usd = rounded_usd(total_usd(*costs_usd), self.policy.cost_rounding_usd)
        draws = compiled(loops.to_draw, *loops.PARTS)(pairs, ranks, usd, starts, self.delta)
        for student, first, last in draws.tolist():
            self._draw(self.students.profiles[student].code, pairs[first:last], usd[first:last])
        programs = self.catalogue.program_index
        listed = compiled(loops.listed, *loops.PARTS)
        rows, blocks = listed(pairs, usd, starts, programs, self.top, self.delta)
        options: NDArray[np.int32] = np.append(self.tables.options, -1).take(rows).astype(np.int32)
        return options, blocks

    def first_pairs(self, tables: ChunkTables) -> tuple[Words, Rows, int]:
        """The pairs that may come first, in order; where each student's begin; how many were valued."""
        look = compiled(loops.first_pairs, *loops.PARTS)
        found: tuple[Words, Rows, int] = look(tables, self.wanted, max(self.delta, 1))
        return found

    def _draw(self, code: str, pairs: Words, usd: Words) -> None:
        """Put equal pairs of one student, and their costs, in the order of a draw."""
        options = (pairs & OPTION).tolist()
        places = {option: place for place, option in enumerate(options)}
        sequence = [places[option] for option in self.catalogue.drawn(code, options)]
        pairs[:], usd[:] = pairs[sequence], usd[sequence]
