"""Pieces of work come back in order from any workers, and those of a killed worker are done again."""

import os
import signal
import time
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from matching import IN_LINE, POLICY_2026_1, Catalogue, MatchingError, Students, processes, rank_many, threads
from matching.workers import MOST_BREAKS, Crew, Workers
from tests.benchmarks import made_up, many_students

STUDENTS = many_students.students(60)
CATALOGUE = Catalogue.compile(made_up.programs(80))


def ranked(workers: Workers = IN_LINE, chunk: int = 9, students=STUDENTS) -> list[tuple[str, bytes]]:
    """Codes and bytes of the best programs of each student."""
    parts = rank_many(
        students, CATALOGUE, POLICY_2026_1, top=5, today=made_up.TODAY, chunk=chunk, workers=workers
    )
    return [
        (code, part.options[place].tobytes())
        for part in parts
        for place, code in enumerate(part.student_codes)
    ]


def nothing() -> None:
    """Begin with nothing."""


def square(number: int) -> int:
    return number * number


def die(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@dataclass(frozen=True)
class DieOnce:
    """Kills its worker in the middle of the work, the first time that it meets a number."""

    number: int
    mark: Path

    def __call__(self, number: int) -> int:
        if number == self.number and not self.mark.exists():
            self.mark.touch()
            die(number)
        return square(number)


@pytest.mark.parametrize("chunk", [1, 7, 60, 1000])
@pytest.mark.parametrize("workers", [IN_LINE, threads(1), threads(2)])
def test_threads_and_chunks_change_no_byte(workers, chunk) -> None:
    assert ranked(workers, chunk) == ranked()


def test_processes_change_no_byte() -> None:
    assert ranked(processes(2)) == ranked()
    assert ranked(processes(2), students=Students.of(STUDENTS)) == ranked()
    assert ranked(processes(1), chunk=25, students=iter(STUDENTS)) == ranked()


def test_the_chunks_of_a_killed_worker_are_done_again(tmp_path) -> None:
    mark = tmp_path / "killed"
    crew: Crew[int, int] = Crew(processes(2), nothing, (), DieOnce(3, mark))

    assert list(crew.results(range(9))) == [(number, number * number) for number in range(9)]
    assert mark.exists()


def test_a_ranking_goes_on_when_a_worker_is_killed_from_outside() -> None:
    made = []

    def remembered(**begin):
        made.append(processes(2).executor(**begin))
        return made[-1]

    workers, found = Workers(remembered, ahead=4), []
    parts = rank_many(
        STUDENTS, CATALOGUE, POLICY_2026_1, top=5, today=made_up.TODAY, chunk=6, workers=workers
    )
    for number, part in enumerate(parts):
        found += [(code, part.options[i].tobytes()) for i, code in enumerate(part.student_codes)]
        if number == 2:
            os.kill(next(iter(made[0]._processes)), signal.SIGKILL)
            time.sleep(0.3)

    assert found == ranked()
    assert len(made) == 2


def test_a_piece_that_kills_every_worker_ends_the_work() -> None:
    made = []

    def counted(**begin):
        made.append(processes(1).executor(**begin))
        return made[-1]

    with pytest.raises(BrokenExecutor):
        list(Crew(Workers(counted), nothing, (), die).results([1]))

    assert len(made) == MOST_BREAKS + 1


def test_no_more_is_read_than_is_under_way() -> None:
    read = []

    def pieces():
        for number in range(20):
            read.append(number)
            yield number

    results = Crew(Workers(threads(2).executor, ahead=3), nothing, (), square).results(pieces())
    next(results)

    assert len(read) == 3
    results.close()


def test_in_line_a_chunk_is_ranked_when_it_is_asked_for() -> None:
    waiting = iter(STUDENTS)
    parts = rank_many(waiting, CATALOGUE, POLICY_2026_1, today=made_up.TODAY, chunk=10)

    next(parts)

    assert len(list(waiting)) == len(STUDENTS) - 10


def test_an_error_in_a_worker_is_raised_where_the_result_is_read() -> None:
    for workers in (IN_LINE, threads(1)):
        with pytest.raises(TypeError):
            list(Crew(workers, nothing, (), square).results(["no number"]))


@pytest.mark.parametrize("made", [partial(threads, 0), partial(processes, 0), partial(Workers, ahead=0)])
def test_no_workers_are_refused(made) -> None:
    with pytest.raises(MatchingError):
        made()
