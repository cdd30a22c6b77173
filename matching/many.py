"""Rank many students at once: the best programs of each, in the order of ``rank_programs``.

Gates first, as bits; then the values of the options that pass, as sums of table look-ups; then the order, row
by row. Students in whom nothing but a draw parts two options are drawn one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.catalogue import Catalogue
from matching.chunk import ChunkOrder
from matching.columns import Students
from matching.exceptions import MatchingError
from matching.pair_tables import (
    PairTables,
    pair_tables,
)
from matching.policy import Policy
from matching.profiles import NeedProfile, ProgramProfile
from matching.scoring import evaluate

CHUNK = 2048
MOST_OPTIONS = 1 << 13


@dataclass(frozen=True, slots=True)
class TopPrograms:
    """The best programs of some students: rows of the catalogue's options, -1 where fewer are ranked.

    ``options`` has the shape (n_students, top); each program stands once, by its best room.
    """

    student_codes: tuple[str, ...]
    options: NDArray[np.int32]
    catalogue: Catalogue

    def program_keys(self, student: int) -> list[str]:
        """The keys of one student's programs, best first."""
        rows = self.options[student]
        return [self.catalogue.options[row].program.key for row in rows[rows >= 0].tolist()]


def rank_many(
    students: Iterable[NeedProfile] | Students,
    programs: Iterable[ProgramProfile] | Catalogue,
    policy: Policy,
    *,
    top: int = 10,
    today: date,
    chunk: int = CHUNK,
) -> Iterator[TopPrograms]:
    """The best ``top`` programs of each student, chunk by chunk; none that fails a gate.

    The order is that of ``rank_programs`` with the student's code as the seed, for any chunk size.

    Raises
    ------
    MatchingError : ``top`` or ``chunk`` below 1.
    """
    if top < 1:
        raise MatchingError("top", "must be at least 1")
    if chunk < 1:
        raise MatchingError("chunk", "must be at least 1")
    catalogue = Catalogue.compile(programs)
    for listed in _listed(students, chunk):
        tables = _tables(listed, catalogue, policy, today)
        for start in range(0, len(listed), chunk):
            part = listed.part(start, start + chunk)
            codes = tuple(student.code for student in part.profiles)
            if tables is None:
                options = _one_by_one(part, catalogue, policy, top, today)
            else:
                options = ChunkOrder(part, tables, top).best()
            yield TopPrograms(codes, options, catalogue)


def _listed(students: Iterable[NeedProfile] | Students, chunk: int) -> Iterator[Students]:
    """Columns as they are, or those of one chunk of an iterator after the other."""
    if isinstance(students, Students):
        yield students
        return
    waiting = iter(students)
    while listed := list(islice(waiting, chunk)):
        yield Students.of(listed)


def _tables(students: Students, catalogue: Catalogue, policy: Policy, today: date) -> PairTables | None:
    """The tables; None where rides have a price, or there are more options than a key can hold."""
    fits = policy.transport is None and 0 < len(catalogue) < MOST_OPTIONS
    return pair_tables(students, catalogue, policy, today) if fits else None


def _one_by_one(
    students: Students, catalogue: Catalogue, policy: Policy, top: int, today: date
) -> NDArray[np.int32]:
    found = np.full((len(students), top), -1, np.int32)
    for place, student in enumerate(students.profiles):
        evaluation = evaluate(student, catalogue, policy, seed=student.code, today=today)
        ranked = evaluation.best[evaluation.keys.block[evaluation.best] != order.RULED_OUT_BLOCK][:top]
        found[place, : len(ranked)] = ranked
    return found
