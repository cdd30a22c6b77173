"""Whether what must not matter does not matter: the same bytes whatever the protected columns say."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from matching.exceptions import MatchingError
from matching.results import Ranking

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose ranking changed when one protected column was permuted among the students."""

    column: str
    row: int


def invariance(
    rank: Callable[[Row], bytes], rows: Sequence[Row], protected: Sequence[str], *, seed: int
) -> tuple[Change, ...]:
    """The rows whose ranking changes when a protected column is permuted; empty as it must be.

    Each protected column in turn is permuted among the rows, so that every row is ranked with values that
    other students really have.

    Parameters
    ----------
    rank : from a row of a student file to the bytes of its ranking, for instance by ``canonical_bytes``.
    rows : the students, each with every protected column.
    seed : draws the permutations.

    Raises
    ------
    MatchingError : a protected column that a row lacks, or one that is the same in every row and so
        would show nothing.
    """
    for column in protected:
        _check_varies(column, rows)
    before = [rank(row) for row in rows]
    rng = np.random.default_rng(seed)
    return tuple(
        Change(column, index)
        for column in protected
        for index, row in enumerate(_permuted(rows, column, rng))
        if rank(row) != before[index]
    )


def _check_varies(column: str, rows: Sequence[Row]) -> None:
    if any(column not in row for row in rows):
        raise MatchingError("protected", f"column {column} is missing in a row")
    if all(row[column] == rows[0][column] for row in rows):
        raise MatchingError("protected", f"column {column} is the same in every row")


def _permuted(rows: Sequence[Row], column: str, rng: np.random.Generator) -> list[dict[str, Any]]:
    """The rows with one column permuted; at least one row has another value than before."""
    while True:
        order = rng.permutation(len(rows))
        permuted = [{**row, column: rows[other][column]} for row, other in zip(rows, order, strict=True)]
        if any(new[column] != old[column] for new, old in zip(permuted, rows, strict=True)):
            return permuted


def canonical_bytes(ranking: Ranking) -> bytes:
    """Everything a ranking says, as bytes that are equal for equal rankings."""
    return json.dumps(_plain(ranking), sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """Dataclasses and mappings as objects, sequences as lists, the rest as JSON knows it or as text."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(kept) for key, kept in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(kept) for kept in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
