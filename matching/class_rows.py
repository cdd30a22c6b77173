"""Rows of numbers, made once for each class of students and kept for the next chunk and the next call."""

import hashlib
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.columns import Classes

MOST_BYTES = 1 << 27
Arrays = tuple[NDArray[Any], ...]


class ClassRows:
    """The rows of one slot. Classes that no option tells apart share a row.

    ``make`` gives one row, a tuple of arrays of fixed shapes. Rows are added behind those that are there, so
    what was handed out stays as it is, whoever else asks meanwhile.
    """

    def __init__(self, make: Callable[[Any], Arrays]) -> None:
        self._make, self._lock = make, Lock()
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._by_content: dict[bytes, int] = {}
        self._buffers: list[NDArray[Any]] = []
        self._last: tuple[tuple[Hashable, ...], NDArray[np.intp]] | None = None

    def of(self, classes: Classes) -> tuple[NDArray[np.intp], Arrays]:
        """The row of each student, shape (n_students,), and the rows: arrays of shape (n_rows, ...)."""
        with self._lock:
            if self._last is None or self._last[0] is not classes.keys:
                self._last = classes.keys, self._numbered(classes)
            return self._last[1][classes.ids], tuple(one[: len(self._by_content)] for one in self._buffers)

    def _numbered(self, classes: Classes) -> NDArray[np.intp]:
        if sum(buffer.nbytes for buffer in self._buffers) > MOST_BYTES:
            self._forget()
        numbers = list(map(self._numbers.get, classes.keys))
        for place, number in enumerate(numbers):
            if number is None:
                made = self._row(self._make(classes.firsts[place]))
                numbers[place] = self._numbers[classes.keys[place]] = made
        return np.array(numbers, np.intp)

    def _row(self, row: Arrays) -> int:
        content = hashlib.sha256(b"".join(part.tobytes() for part in row)).digest()
        number = self._by_content.setdefault(content, len(self._by_content))
        if number == len(self._by_content) - 1:
            self._put(number, row)
        return number

    def _put(self, number: int, row: Arrays) -> None:
        if not self._buffers:
            self._buffers = [np.empty((4, *part.shape), part.dtype) for part in row]
        if number == len(self._buffers[0]):
            self._buffers = [_longer(one) for one in self._buffers]
        for buffer, part in zip(self._buffers, row, strict=True):
            buffer[number] = part


def _longer(buffer: NDArray[Any]) -> NDArray[Any]:
    """The rows of a buffer in one that is a quarter longer."""
    longer = np.empty((len(buffer) + len(buffer) // 4 + 4, *buffer.shape[1:]), buffer.dtype)
    longer[: len(buffer)] = buffer
    return longer
