"""Rank many students at once: the best programs of each, in the order of ``rank_programs``.

Students are ranked in chunks, by workers that share nothing: each begins with the compiled programs and the
policy, and is given one chunk at a time.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.checks import check_count, check_is, check_today
from matching.chunk import Best, ChunkOrder
from matching.columns import Students
from matching.exceptions import MatchingError
from matching.pair_tables import PairTables
from matching.policy import Policy
from matching.profiles import NeedProfile, ProgramProfile
from matching.workers import IN_LINE, Crew, Workers

CHUNK = 2048
MOST_STUDENTS, MOST_OPTIONS = 1 << 16, 1 << 18
Chunk = Students | tuple[NeedProfile, ...]


@dataclass(frozen=True, slots=True)
class TopPrograms:
    """The best programs of some students: rows of the catalogue's options, -1 where fewer are ranked.

    ``options`` and ``blocks`` have the shape (n_students, top); each program stands once, by its best room.
    Blocks are those of ``rank_programs``, 1 to 4; 0 where fewer are ranked.
    """

    student_codes: tuple[str, ...]
    options: NDArray[np.int32]
    blocks: NDArray[np.int8]
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
    workers: Workers = IN_LINE,
) -> Iterator[TopPrograms]:
    """The best ``top`` programs of each student, chunk by chunk; none that fails a gate.

    The order is that of ``rank_programs`` with the student's code as the seed, for any chunk size and any
    workers. An iterator of students is read as far as chunks are under way.

    Raises
    ------
    MatchingError : an argument that is not what it must be, or 262,144 rooms and more.
    """
    check_count("top", top)
    check_count("chunk", chunk)
    check_is("policy", policy, Policy)
    check_is("workers", workers, Workers)
    check_today(today)
    if not isinstance(students, Students):
        check_is("students", students, Iterable)
    catalogue = Catalogue.compile(programs)
    if len(catalogue) >= MOST_OPTIONS:
        raise MatchingError("programs", f"must have fewer than {MOST_OPTIONS:,} rooms")
    return _ranked(
        _chunks(students, min(chunk, MOST_STUDENTS)), Ranker(catalogue, policy, top, today), workers
    )


@dataclass(frozen=True, slots=True)
class Ranker:
    """What ranks any chunk: programs, policy, number of places and day."""

    catalogue: Catalogue
    policy: Policy
    top: int
    today: date

    def best(self, chunk: Chunk) -> Best:
        """Options of the best programs of each student and their blocks, each of shape (n_students, top)."""
        students = Students.of(chunk)
        if not len(self.catalogue):
            return np.full((len(students), self.top), -1, np.int32), np.zeros(
                (len(students), self.top), np.int8
            )
        tables = PairTables.of(self.catalogue, self.policy, self.today)
        return ChunkOrder(students, tables, self.top).best()


_RANKERS: dict[int, Ranker] = {}
_NUMBERS = count()
_CODE = attrgetter("code")


def _begin(number: int, ranker: Ranker) -> None:
    _RANKERS[number] = ranker


@dataclass(frozen=True, slots=True)
class _Work:
    """Ranks a chunk with the ranker that this worker began with."""

    number: int

    def __call__(self, chunk: Chunk) -> Best:
        return _RANKERS[self.number].best(chunk)


def _ranked(chunks: Iterator[Chunk], ranker: Ranker, workers: Workers) -> Iterator[TopPrograms]:
    number = next(_NUMBERS)
    crew: Crew[Chunk, Best] = Crew(workers, _begin, (number, ranker), _Work(number))
    try:
        with closing(crew.results(chunks)) as results:
            for chunk, (options, blocks) in results:
                profiles = chunk.profiles if isinstance(chunk, Students) else chunk
                codes = tuple(map(_CODE, profiles))
                yield TopPrograms(codes, options, blocks, ranker.catalogue)
    finally:
        _RANKERS.pop(number, None)


def _chunks(students: Iterable[NeedProfile] | Students, size: int) -> Iterator[Chunk]:
    """Parts of columns, or so many students of an iterator at a time."""
    if isinstance(students, Students):
        for start in range(0, len(students), size):
            yield students.part(start, start + size)
        return
    waiting = iter(students)
    while chunk := tuple(islice(waiting, size)):
        yield chunk
