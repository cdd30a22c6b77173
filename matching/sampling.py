"""Scores of equally restrictive options in every draw: weights varied, open cells filled."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.confidence import ID_BITS, MOST_PACKED, packed_best
from matching.draws import Draws
from matching.vocabulary import Criterion

CRITERIA = tuple(Criterion)
BLOCK_DRAWS = 2048
FEW_RANKS = 3
DRAW_BITS = 16
FACTOR_DRAWS = 1000
BLOCK_SCORES = 1 << 20

Ints = NDArray[np.int32]
Numbers = NDArray[np.uint32]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Group:
    """Options of one block and tier in the order of the ranking: values (n_options, n_criteria) and keys."""

    low: Ints
    high: Ints
    option_keys: tuple[str, ...]
    program_keys: tuple[str, ...]

    @cached_property
    def open_cells(self) -> list[Cell]:
        """Option and criterion of every cell whose value is a range."""
        options, columns = np.nonzero(self.high > self.low)
        return [*zip(options.tolist(), columns.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Scores of a group in every draw, (n_options, n_draws), and fillings of its open cells.

    ``above`` is what a filling adds to the least value of a cell: a row for each open cell, in the first
    ``FACTOR_DRAWS`` draws.
    """

    scores: Numbers
    above: NDArray[np.float32]


def sampled_scores(group: Group, draws: Draws) -> Sampled:
    """Scores of each option under each weighting, open cells filled by their own draws.

    A cell's draws depend on its option's key and its criterion alone, so another option shifts nothing.
    Whole numbers throughout: exact in float32.
    """
    weights, cells = draws.columns, group.open_cells
    scores = (group.low.astype(np.float32) @ weights.astype(np.float32)).astype(np.uint32)
    widths = (group.high - group.low).astype(np.uint32)
    above = np.empty(draws.n_draws, np.uint32)
    firsts = np.empty((len(cells), min(FACTOR_DRAWS, draws.n_draws)), np.float32)
    for place, (option, column) in enumerate(cells):
        filling = draws.cell(group.option_keys[option], CRITERIA[column])
        filled(filling, widths[option, column], out=above)
        firsts[place] = above[:FACTOR_DRAWS]
        above *= weights[column]
        scores[option] += above
    return Sampled(scores, firsts)


def filled(filling: NDArray[np.uint16], width: int | np.uint32, *, out: Numbers | None = None) -> Numbers:
    """Whole numbers 0 to width, each as likely, out of draws of 16 bits."""
    above = np.multiply(filling, np.uint32(width + 1), out=out)
    above >>= _SHIFT
    return above


_SHIFT = np.uint32(DRAW_BITS)


def best_places(scores: Numbers, ranks: int) -> Numbers:
    """Places of the best options in every draw, best first, from scores (n_options, n_draws).

    Returns
    -------
    ndarray of shape (n_draws, ranks)
    """
    n_options, n_draws = scores.shape
    if n_options > MOST_PACKED:
        return np.argsort(-scores.astype(np.int64), axis=0, kind="stable")[:ranks].T.astype(np.uint32)
    best = np.empty((n_draws, ranks), np.uint32)
    for start in range(0, n_draws, BLOCK_DRAWS):
        some = scores[:, start : start + BLOCK_DRAWS]
        few = ranks <= FEW_RANKS
        found = _greatest(some, ranks) if few else packed_best(some.T.astype(np.float32, order="C"), ranks)
        best[start : start + BLOCK_DRAWS] = found
    return best


def _greatest(scores: Numbers, ranks: int) -> Numbers:
    """The places of the greatest scores of each draw, taken one after the other.

    A 32-bit key holds score and place, of equal scores the earlier the greater. Less the greatest it wraps
    around: what was taken then lies below all others, and those stay in order.
    """
    last = np.uint32(MOST_PACKED - 1)
    keys = scores << np.uint32(ID_BITS)
    keys |= last - np.arange(len(keys), dtype=np.uint32)[:, None]
    taken = np.zeros((ranks + 1, keys.shape[1]), np.uint32)
    for rank in range(ranks):
        top = keys.max(axis=0)
        keys -= top
        np.add(taken[rank], top, out=taken[rank + 1])
    return last - (taken[1:].T & last)


def first_shares_at(
    group: Group, sampled: Sampled, weightings: NDArray[np.uint16], options: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Share of first ranks of each of the options under its own weighting, over fillings of open cells.

    Weightings are whole numbers over 4096, (len(options), n_criteria): exact in float32, so the same
    shares with any number of threads.
    """
    wins = np.zeros(len(options), np.int64)
    n_draws = 0
    for values in _value_blocks(group, sampled, BLOCK_SCORES // (len(options) * len(group.option_keys))):
        n_criteria, n_options, n_block = values.shape
        scores = weightings.astype(np.float32) @ values.reshape(n_criteria, -1)
        by_option = zip(scores.reshape(-1, n_options, n_block), options.tolist(), strict=True)
        wins += [_leads(one, option) for one, option in by_option]
        n_draws += n_block
    shares: NDArray[np.float64] = wins / n_draws
    return shares


def _value_blocks(group: Group, sampled: Sampled, step: int) -> Iterator[NDArray[np.float32]]:
    """Values (n_criteria, n_options, n_draws) block by block; one draw where no cell is open."""
    n_draws = sampled.above.shape[1] if group.open_cells else 1
    starts = range(0, n_draws, max(1, step))
    for start in starts:
        stop = min(start + starts.step, n_draws)
        values = np.repeat(group.low.T.astype(np.float32)[:, :, None], stop - start, axis=2)
        for (option, column), row in zip(group.open_cells, sampled.above, strict=True):
            values[column, option] += row[start:stop]
        yield values


def _leads(scores: NDArray[np.float32], option: int) -> int:
    """In how many draws an option leads; a tie goes to the earlier one."""
    mine = scores[option]
    before = scores[:option].max(axis=0, initial=-1)
    after = scores[option + 1 :].max(axis=0, initial=-1)
    return int(np.count_nonzero((before < mine) & (after <= mine)))
