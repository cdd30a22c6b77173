"""Rank acceptability of 200 options under 10,000 weightings, all known and with a tenth of the cells open."""

import numpy as np

from matching import POLICY_2026_1, draws_of
from matching.confidence import rank_acceptability
from matching.ranking_confidence import Group, best_places, sampled_scores
from tests.benchmarks.measure import show, timed

OPTIONS, CRITERIA, TOP = 200, 12, 10
OPEN_SHARE, OPEN_WIDTH = 0.1, 300


def run() -> None:
    """Print the table; the peer is the loop an analyst writes, one weighting at a time."""
    rng = np.random.default_rng(1)
    draws = draws_of(POLICY_2026_1)
    low = rng.integers(0, 1001 - OPEN_WIDTH, (OPTIONS, CRITERIA)).astype(np.int32)
    high = np.where(rng.random(low.shape) < OPEN_SHARE, low + OPEN_WIDTH, low).astype(np.int32)
    keys = tuple(f"option-{number}" for number in range(OPTIONS))
    group = Group(low, high, keys, keys)
    ours = timed("placewell", lambda: rank_acceptability(low, draws.weights, top=TOP))
    loop = timed("NumPy, one weighting at a time", lambda: _loop(low, draws.weights), runs=3)
    show("Acceptability, 200 x 12 x 10,000, ranks 1-10", ours, loop, goal_ms=4)
    sampled = timed("placewell", lambda: best_places(sampled_scores(group, draws).scores, TOP))
    show("same, a tenth of the cells open", sampled, goal_ms=15)


def _loop(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    counts = np.zeros((len(values), TOP), np.int64)
    for weighting in weights.astype(np.int64):
        best = np.argsort(-(values @ weighting), kind="stable")[:TOP]
        counts[best, np.arange(TOP)] += 1
    return counts / len(weights)


if __name__ == "__main__":
    run()
