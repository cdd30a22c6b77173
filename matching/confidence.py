"""Confidence of an order under plausible weightings: stochastic multicriteria acceptability analysis.

Display only: nothing here changes an order. Whole numbers throughout where the values are whole numbers
0 to 1000 and the weights whole numbers that sum to at most 4096: every partial sum stays below 2**24, so
float32 matrix products are exact and give the same bytes on any machine and with any number of threads.

Source: Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group
decision making, Operations Research 49 (3).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.exceptions import MatchingError
from matching.policy import VALUE_MAX, WEIGHT_SUM

BLOCK_DRAWS = 1024
ID_BITS = 10
MOST_PACKED = 1 << ID_BITS
TOP_SCORE = VALUE_MAX * WEIGHT_SUM

Floats = NDArray[np.float64]
Numbers = NDArray[Any]


def rank_acceptability(values: ArrayLike, weights: ArrayLike, *, top: int | None = None) -> Floats:
    """Share of draws in which each option takes each rank.

    Parameters
    ----------
    values : array of shape (n_options, n_criteria) or (n_draws, n_options, n_criteria)
        Higher is better.
    weights : array of shape (n_draws, n_criteria)
    top : ranks to count; all of them by default.

    Returns
    -------
    ndarray of shape (n_options, min(top, n_options)); a tie goes to the lower index.

    Raises
    ------
    MatchingError : shapes that do not fit, values that are not finite, weights that are negative.
    """
    options, draws = _checked(values, weights)
    n_options = options.shape[-2]
    ranks = n_options if top is None else _rank_count(top, n_options)
    if not ranks:
        return np.zeros((n_options, 0))
    counts = np.zeros(n_options * ranks, np.int64)
    for best in best_of_draws(options, draws, ranks):
        counts += _counted(best, n_options, ranks)
    return counts.reshape(n_options, ranks) / len(draws)


def _rank_count(top: int, n_options: int) -> int:
    if not isinstance(top, int) or top < 1:
        raise MatchingError("top", "must be a whole number of at least 1")
    return min(top, n_options)


def _counted(best: NDArray[np.uint32], n_options: int, ranks: int) -> NDArray[np.int64]:
    cells = best * np.uint32(ranks) + np.arange(ranks, dtype=np.uint32)
    return np.bincount(cells.ravel(), minlength=n_options * ranks)


def central_weights(values: ArrayLike, weights: ArrayLike) -> Floats:
    """Mean of the weightings under which each option is first; NaN for one that never is.

    Returns
    -------
    ndarray of shape (n_options, n_criteria)
    """
    options, draws = _checked(values, weights)
    first = first_of_draws(options, draws)
    n_options = options.shape[-2]
    count = np.bincount(first, minlength=n_options).astype(float)
    sums = np.stack([np.bincount(first, draws[:, c], n_options) for c in range(draws.shape[1])], axis=1)
    with np.errstate(invalid="ignore"):
        return sums / np.where(count > 0, count, np.nan)[:, None]


def confidence_factors(values: ArrayLike, weights: ArrayLike) -> Floats:
    """Share of first ranks of each option at its own central weights; NaN where it has none.

    Under certain values it is 1 for every option that can be first; under uncertain ones it tells
    whether the facts are known well enough for the option.
    """
    options, draws = _checked(values, weights)
    central = central_weights(options, draws)
    factors = np.full(options.shape[-2], np.nan)
    for option in np.flatnonzero(~np.isnan(central[:, 0])):
        scores = options @ central[option]
        factors[option] = np.mean(np.argmax(np.atleast_2d(scores), axis=1) == option)
    return factors


def pairwise_indices(values: ArrayLike, weights: ArrayLike) -> Floats:
    """Share of draws in which one option's score is strictly above another's.

    Returns
    -------
    ndarray of shape (n_options, n_options), row above column
    """
    options, draws = _checked(values, weights)
    n_options = options.shape[-2]
    wins = np.zeros((n_options, n_options))
    if not n_options:
        return wins
    for scores in _score_blocks(options, draws):
        for option in range(n_options):
            wins[option] += (scores[:, option : option + 1] > scores).sum(axis=0)
    return wins / len(draws)


def first_of_draws(values: Numbers, weights: Numbers) -> NDArray[np.intp]:
    """Index of the first option in each draw; a tie goes to the lower index."""
    if not values.shape[-2]:
        return np.zeros(0, np.intp)
    blocks = [scores.argmax(axis=1) for scores in _score_blocks(values, weights)]
    return np.concatenate(blocks)


def best_of_draws(values: Numbers, weights: Numbers, ranks: int) -> Iterator[NDArray[np.uint32]]:
    """Blocks of draws with the indices of their best options, each of shape (draws, ranks)."""
    exact = _is_exact(values, weights) and values.shape[-2] <= MOST_PACKED
    for scores in _score_blocks(values, weights):
        yield packed_best(scores, ranks) if exact else _sorted_best(scores, ranks)


def packed_best(scores: NDArray[np.float32], ranks: int) -> NDArray[np.uint32]:
    """Indices of the best options of each row of exact scores: one 32-bit key holds score and index."""
    np.subtract(np.float32(TOP_SCORE), scores, out=scores)
    keys = scores.astype(np.int32).view(np.uint32)  # below 2**22, and twice as fast as to unsigned
    keys <<= np.uint32(ID_BITS)
    keys |= np.arange(keys.shape[1], dtype=np.uint32)
    if ranks < keys.shape[1]:
        keys.partition(ranks, axis=1)
        keys = np.ascontiguousarray(keys[:, :ranks])
    keys.sort(axis=1)
    keys &= np.uint32(MOST_PACKED - 1)
    return keys


def _sorted_best(scores: Numbers, ranks: int) -> NDArray[np.uint32]:
    order = np.argsort(-scores, axis=1, kind="stable")
    return order[:, :ranks].astype(np.uint32)


def _score_blocks(values: Numbers, weights: Numbers) -> Iterator[Numbers]:
    """Scores of shape (draws, n_options), block by block; float32 where that is exact."""
    kind = np.float32 if _is_exact(values, weights) else np.float64
    options, drawn = values.astype(kind), weights.astype(kind)
    columns = np.ascontiguousarray(options.T) if options.ndim == 2 else None
    for start in range(0, len(drawn), BLOCK_DRAWS):
        block = drawn[start : start + BLOCK_DRAWS]
        if columns is not None:
            yield block @ columns
        else:
            yield np.matmul(options[start : start + len(block)], block[:, :, None])[:, :, 0]


def _is_exact(values: Numbers, weights: Numbers) -> bool:
    """Whether float32 holds every sum: whole values 0 to 1000, whole weights that sum to at most 4096."""
    if values.dtype.kind not in "iu" or weights.dtype.kind not in "iu":
        return False
    within = int(values.min()) >= 0 and int(values.max()) <= VALUE_MAX
    sums = weights.astype(np.float32) @ np.ones(weights.shape[1], np.float32)  # exact below 2**24
    return within and float(sums.max()) <= WEIGHT_SUM


def _table(name: str, numbers: ArrayLike) -> Numbers:
    try:
        return np.asarray(numbers)
    except ValueError as error:
        raise MatchingError(name, "must have rows of one length") from error


def _checked(values: ArrayLike, weights: ArrayLike) -> tuple[Numbers, Numbers]:
    options, draws = _table("values", values), _table("weights", weights)
    if options.ndim not in (2, 3) or not options.shape[-1]:
        raise MatchingError("values", "must have the shape (n_options, n_criteria), with or without draws")
    if draws.ndim != 2 or not len(draws) or draws.shape[1] != options.shape[-1]:
        raise MatchingError("weights", "must have the shape (n_draws, n_criteria) of the values")
    if options.ndim == 3 and len(options) != len(draws):
        raise MatchingError("values", "must have one matrix for each draw of the weights")
    for name, table in (("values", options), ("weights", draws)):
        if table.dtype.kind not in "iuf" or not np.isfinite(table).all():
            raise MatchingError(name, "must be finite numbers")
    if (draws < 0).any():
        raise MatchingError("weights", "must not be negative")
    if not draws.any(axis=1).all():
        raise MatchingError("weights", "must have a positive weight in each draw")
    return options, draws
