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
Make = Callable[[Any], Arrays]


class ClassRows:
    """The rows of some columns of classes, in one table. Classes that no option tells apart share a row.

    There is one ``makes`` for each column, and the last is of all further ones; it gives one row, a tuple of
    arrays of fixed shapes. Rows are added behind those that are there, so what was handed out stays as it
    is, whoever else asks meanwhile.
    """

    def __init__(self, *makes: Make) -> None:
        self._makes, self._lock = makes, Lock()
        self._forget()

    def _forget(self) -> None:
        self._numbers: list[dict[Hashable, int]] = [{} for _ in self._makes]
        self._by_content: dict[bytes, int] = {}
        self._buffers: list[NDArray[Any]] = []
        self._last: dict[int, tuple[tuple[Hashable, ...], NDArray[np.intp]]] = {}

    def of(self, *columns: Classes) -> tuple[NDArray[np.intp], Arrays]:
        """The row of each student in each column, (n_students, n_columns), and the rows: (n_rows, ...)."""
        with self._lock:
            if sum(buffer.nbytes for buffer in self._buffers) > MOST_BYTES:
                self._forget()
            rows = [self._numbered(column, classes)[classes.ids] for column, classes in enumerate(columns)]
            return np.stack(rows, axis=1), tuple(one[: len(self._by_content)] for one in self._buffers)

    def _numbered(self, column: int, classes: Classes) -> NDArray[np.intp]:
        """The row of each class of a column, made where it is not there yet."""
        if column not in self._last or self._last[column][0] is not classes.keys:
            place = min(column, len(self._makes) - 1)
            numbers = list(map(self._numbers[place].get, classes.keys))
            for one, number in enumerate(numbers):
                if number is None:
                    made = self._row(self._makes[place](classes.firsts[one]))
                    numbers[one] = self._numbers[place][classes.keys[one]] = made
            self._last[column] = classes.keys, np.array(numbers, np.intp)
        return self._last[column][1]

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
    """The rows of a buffer in one twice as long."""
    longer = np.empty((2 * len(buffer), *buffer.shape[1:]), buffer.dtype)
    longer[: len(buffer)] = buffer
    return longer
