"""Scores of equally restrictive options in every draw: weights varied, open cells filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.confidence import MOST_PACKED, packed_best
from matching.draws import Draws
from matching.vocabulary import Criterion

CRITERIA = tuple(Criterion)
BLOCK_DRAWS = 256
DRAW_BITS = 16
FACTOR_DRAWS = 1000
BLOCK_CELLS = 1 << 15

Ints = NDArray[np.int32]
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Options of one block and tier in the order of the ranking: values (n_options, n_criteria) and keys."""

    low: Ints
    high: Ints
    option_keys: tuple[str, ...]
    program_keys: tuple[str, ...]

    @property
    def open_cells(self) -> list[Cell]:
        """Option and criterion of every cell whose value is a range."""
        return [(int(option), int(column)) for option, column in np.argwhere(self.high > self.low)]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Scores of a group in every draw, (n_options, n_draws), and first fillings of each open cell.

    ``above`` is what a filling adds to the least value of the cell, in the first ``FACTOR_DRAWS`` draws.
    """

    scores: NDArray[np.float32]
    above: Mapping[Cell, NDArray[np.float32]]


def sampled_scores(group: Group, draws: Draws) -> Sampled:
    """Scores of each option under each weighting, open cells filled by their own draws.

    A cell's draws depend on its option's key and its criterion alone, so another option shifts nothing.
    Whole numbers throughout: exact in float32.
    """
    weights = np.ascontiguousarray(draws.weights.T, dtype=np.uint32)
    scores = (group.low.astype(np.float32) @ weights.astype(np.float32)).astype(np.uint32)
    above = np.empty(draws.n_draws, np.uint32)
    firsts = {}
    for option, column in group.open_cells:
        filling = draws.cell(group.option_keys[option], CRITERIA[column])
        width = int(group.high[option, column] - group.low[option, column])
        filled(filling, width, out=above)
        firsts[option, column] = above[:FACTOR_DRAWS].astype(np.float32)
        above *= weights[column]
        scores[option] += above
    return Sampled(scores.astype(np.float32), firsts)


def filled(
    filling: NDArray[np.uint16], width: int, *, out: NDArray[np.uint32] | None = None
) -> NDArray[np.uint32]:
    """Whole numbers 0 to width, each as likely, out of draws of 16 bits."""
    above = np.multiply(filling, np.uint32(width + 1), out=out)
    above >>= np.uint32(DRAW_BITS)
    return above


def best_places(scores: NDArray[np.float32], ranks: int) -> NDArray[np.uint32]:
    """Places of the best options in every draw, best first, from scores (n_options, n_draws).

    Returns
    -------
    ndarray of shape (n_draws, ranks)
    """
    n_options, n_draws = scores.shape
    if n_options > MOST_PACKED:
        return np.argsort(-scores, axis=0, kind="stable")[:ranks].T.astype(np.uint32)
    starts = range(0, n_draws, BLOCK_DRAWS)
    blocks = (np.ascontiguousarray(scores[:, at : at + BLOCK_DRAWS].T) for at in starts)
    return np.concatenate([packed_best(block, ranks) for block in blocks])


def first_shares_at(
    group: Group, sampled: Sampled, weightings: NDArray[np.uint16], options: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Share of first ranks of each of the options under its own weighting, over fillings of open cells.

    Weightings are whole numbers over 4096, (len(options), n_criteria): exact in float32, so the same
    shares with any number of threads.
    """
    wins = np.zeros(len(options), np.int64)
    n_draws = 0
    for values in _filled_blocks(group, sampled):
        n_criteria, n_options, n_block = values.shape
        n_draws += n_block
        for place, option in enumerate(options):
            flat = weightings[place].astype(np.float32) @ values.reshape(n_criteria, -1)
            wins[place] += _leads(flat.reshape(n_options, n_block), int(option))
    shares: NDArray[np.float64] = wins / n_draws
    return shares


def _filled_blocks(group: Group, sampled: Sampled) -> Iterator[NDArray[np.float32]]:
    """Values (n_criteria, n_options, n_draws) block by block; one draw where no cell is open."""
    n_options = len(group.option_keys)
    n_draws = min(FACTOR_DRAWS, sampled.scores.shape[1]) if sampled.above else 1
    step = max(1, BLOCK_CELLS // n_options)
    for start in range(0, n_draws, step):
        stop = min(start + step, n_draws)
        values = np.repeat(group.low.T.astype(np.float32)[:, :, None], stop - start, axis=2)
        for (option, column), above in sampled.above.items():
            values[column, option] += above[start:stop]
        yield values


def _leads(scores: NDArray[np.float32], option: int) -> int:
    """In how many draws an option leads; a tie goes to the earlier one."""
    mine = scores[option]
    before = scores[:option].max(axis=0, initial=-1)
    after = scores[option + 1 :].max(axis=0, initial=-1)
    return int(np.count_nonzero((before < mine) & (after <= mine)))
