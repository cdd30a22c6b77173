"""Rows of candidates put in order, a chunk of students at once: cost bands, costs, filled-up columns."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int64]
VALUE_BITS = 22
PLACE_BITS = 13
LAST_COST = np.iinfo(np.int64).max


def with_last(columns: NDArray[Any], value: int | np.int64) -> NDArray[Any]:
    """A last column for what is not there."""
    return np.pad(columns, ((0, 0), (0, 1)), constant_values=value)


def bands(keys: Words, delta: int) -> Words:
    """The cost band of each place: within a block and tier, values less than delta below the band's best."""
    bands = np.zeros(keys.shape, np.int64)
    best, band = keys[:, 0], np.zeros(len(keys), np.int64)
    for column in range(1, keys.shape[1]):
        key = keys[:, column]
        begins = ((key >> VALUE_BITS) != (best >> VALUE_BITS)) | (key - best >= max(delta, 1))
        best = np.where(begins, key, best)
        band = band + begins
        bands[:, column] = band
    return bands


def sorted_by_cost(options: NDArray[np.int32], bands: Words, cost_usd: Words) -> NDArray[np.int32]:
    """Known costs sorted among the places of their band; an unknown cost keeps its place by value."""
    places = np.arange(options.shape[1], dtype=np.int64)
    known = cost_usd >= 0
    by_cost = np.where(known, (bands << (PLACE_BITS + 32)) | (cost_usd << PLACE_BITS) | places, LAST_COST)
    by_cost.sort(axis=1)
    to = np.argsort(~known, axis=1, kind="stable")
    source = np.where(by_cost == LAST_COST, to, by_cost & ((1 << PLACE_BITS) - 1))
    arranged = np.empty_like(options)
    np.put_along_axis(arranged, to, np.take_along_axis(options, source, axis=1), axis=1)
    return arranged


def padded_columns(flags: NDArray[np.uint8], no_column: int) -> NDArray[np.int32]:
    """The columns that are set in each row, first to last, filled up with ``no_column``."""
    counts = flags.sum(axis=1, dtype=np.int64)
    columns = np.full((len(flags), int(counts.max(initial=0))), no_column, np.int32)
    row, column = np.nonzero(flags)
    starts = np.cumsum(counts) - counts
    columns[row, np.arange(len(row)) - starts[row]] = column
    return columns
