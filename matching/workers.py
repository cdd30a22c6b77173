"""Who does pieces of work: in line, in threads or in processes, through one interface.

The interface is ``concurrent.futures.Executor``. Pieces are given out a few at a time and their results come
back in order; a piece whose worker was killed is done again by fresh workers.
"""

import concurrent.futures
import multiprocessing
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from matching.checks import check_count

Piece = TypeVar("Piece")
Result = TypeVar("Result")
MOST_BREAKS = 3


class InLine(Executor):
    """Does each piece where and when it is given out."""

    def __init__(self, *, initializer: Callable[..., object], initargs: tuple[Any, ...] = ()) -> None:
        initializer(*initargs)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """The result, already there; an error is raised at once."""
        future: Future[Result] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True, slots=True)
class Workers:
    """How to make the workers, and how many pieces may be under way at a time.

    ``executor`` is called with ``initializer`` and ``initargs``, as the pools of ``concurrent.futures`` are,
    and once more where a pool broke.
    """

    executor: Callable[..., Executor] = InLine
    ahead: int = 1

    def __post_init__(self) -> None:
        check_count("ahead", self.ahead)


IN_LINE = Workers()


def threads(count: int) -> Workers:
    """Threads of this process: they share tables, and NumPy works outside the interpreter's lock."""
    return Workers(partial(concurrent.futures.ThreadPoolExecutor, _counted(count)), 2 * count)


def processes(count: int) -> Workers:
    """Processes that start fresh, on every system; the program's main module must be safe to import."""
    pool = concurrent.futures.ProcessPoolExecutor  # imported when it is first named
    context = multiprocessing.get_context("spawn")
    return Workers(partial(pool, _counted(count), mp_context=context), 2 * count)


def _counted(count: int) -> int:
    check_count("workers", count)
    return count


@dataclass
class Crew(Generic[Piece, Result]):
    """Workers at work: what each begins with, and what each does with a piece."""

    workers: Workers
    begin: Callable[..., object]
    begin_with: tuple[Any, ...]
    work: Callable[..., Result]

    def __post_init__(self) -> None:
        self._executor = self._made()
        self._under_way: deque[tuple[Piece, Future[Result]]] = deque()
        self._breaks = 0

    def results(self, pieces: Iterable[Piece]) -> Generator[tuple[Piece, Result], None, None]:
        """Each piece with its result, in order."""
        waiting = iter(pieces)
        try:
            while self._give_out(waiting):
                piece, future = self._under_way[0]
                try:
                    result = future.result()
                except BrokenExecutor:
                    self._replace_workers()
                    continue
                self._under_way.popleft()
                self._breaks = 0
                yield piece, result
        finally:
            self._executor.shutdown(cancel_futures=True)

    def _give_out(self, waiting: Iterator[Piece]) -> bool:
        """Fill up what is under way; False when nothing is."""
        for piece in islice(waiting, self.workers.ahead - len(self._under_way)):
            self._under_way.append((piece, self._submitted(piece)))
        return bool(self._under_way)

    def _submitted(self, piece: Piece) -> Future[Result]:
        try:
            return self._executor.submit(self.work, piece)
        except BrokenExecutor as error:  # noticed when its turn comes
            future: Future[Result] = Future()
            future.set_exception(error)
            return future

    def _replace_workers(self) -> None:
        """Fresh workers do again what the killed ones left; a piece that kills each of them ends it."""
        self._breaks += 1
        if self._breaks > MOST_BREAKS:
            self._under_way[0][1].result()
        self._executor.shutdown(cancel_futures=True)
        self._executor = self._made()
        left = list(self._under_way)
        self._under_way.clear()
        for piece, future in left:
            is_there = future.done() and not future.cancelled() and future.exception() is None
            self._under_way.append((piece, future if is_there else self._submitted(piece)))

    def _made(self) -> Executor:
        return self.workers.executor(initializer=self.begin, initargs=self.begin_with)
