"""Plausible weightings and fillings of unknown cells, drawn once per policy and kept.

Weights are whole numbers over 4096; fillings come from 1,024 rows of 16-bit draws, so that an option's
unknown cells keep their draws whichever other options there are.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.checks import check_count, check_is
from matching.exceptions import MatchingError
from matching.policy import WEIGHT_SUM, Policy
from matching.vocabulary import Criterion

N_DRAWS = 10_000
POOL_ROWS = 1024
DRAW_RANGE = 1 << 16
THIRD = DRAW_RANGE // 3

Bits = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Draws:
    """Weights of shape (n_draws, n_criteria), whole numbers that sum to 4096 in each row, and a seed."""

    weights: NDArray[np.uint16]
    seed: int
    _rows: dict[int, NDArray[np.uint16]] = field(default_factory=dict, repr=False)
    _thirds: dict[int, Bits] = field(default_factory=dict, repr=False)

    @property
    def n_draws(self) -> int:
        """How many weightings there are."""
        return len(self.weights)

    @cached_property
    def columns(self) -> NDArray[np.uint32]:
        """The weights of shape (n_criteria, n_draws), wide enough for products with values."""
        return np.ascontiguousarray(self.weights.T, dtype=np.uint32)

    def cell(self, option_key: str, criterion: Criterion) -> NDArray[np.uint16]:
        """The draws 0 to 65535 of one unknown cell, the same whatever else is ranked."""
        return self.row(_row_of(option_key, criterion))

    def thirds(self, option_key: str, criterion: Criterion) -> Bits:
        """The draws in the lowest and in the highest third of one unknown cell, a bit for each draw."""
        index = _row_of(option_key, criterion)
        if index not in self._thirds:
            row = self.row(index)
            self._thirds[index] = packed(np.stack([row < THIRD, row >= DRAW_RANGE - THIRD]))
        return self._thirds[index]

    def row(self, index: int) -> NDArray[np.uint16]:
        """One row of the pool. Raw bits of PCG64 are the same in every version of NumPy."""
        if index not in self._rows:
            words = -(-self.n_draws // 4)
            raw = np.random.PCG64([self.seed, index]).random_raw(words)
            self._rows[index] = raw.astype("<u8").view("<u2")[: self.n_draws].astype(np.uint16)
        return self._rows[index]


@lru_cache(maxsize=8192)
def _row_of(option_key: str, criterion: Criterion) -> int:
    digest = hashlib.sha256(f"{option_key}\0{criterion.value}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % POOL_ROWS


def packed(chosen: NDArray[np.bool_]) -> Bits:
    """Yes or no along the last axis as bits in words of 64, the last word filled up with no."""
    short = -chosen.shape[-1] % 64
    padded = np.pad(chosen, [(0, 0)] * (chosen.ndim - 1) + [(0, short)])
    return np.packbits(padded, axis=-1).view(np.uint64)


def draws_of(policy: Policy, *, n_draws: int = N_DRAWS) -> Draws:
    """The draws of a policy: its weights' uncertainty, seeded by its version."""
    check_is("policy", policy, Policy)
    seed = int.from_bytes(hashlib.sha256(policy.version.encode()).digest()[:8], "big")
    if policy.importance_classes:
        weights = ordinal_weights(_class_places(policy), n_draws=n_draws, seed=seed)
    else:
        point = np.array(policy.weight_row(), float)
        weights = dirichlet_weights(point, policy.weight_concentration, n_draws=n_draws, seed=seed)
    return Draws(weights, seed)


def _class_places(policy: Policy) -> list[int]:
    places = {
        criterion: place for place, group in enumerate(policy.importance_classes) for criterion in group
    }
    return [places[criterion] for criterion in Criterion]


def dirichlet_weights(
    point: NDArray[np.float64] | Sequence[float], concentration: float, *, n_draws: int, seed: int
) -> NDArray[np.uint16]:
    """Weights around a point: Dirichlet(concentration x point / sum); a weight of 0 stays 0.

    Returns
    -------
    ndarray of shape (n_draws, n_criteria), whole numbers over 4096

    Raises
    ------
    MatchingError : a negative, empty or infinite point, a concentration that is not positive, no draws.
    """
    weights = np.asarray(point, float)
    sound = weights.ndim == 1 and len(weights) and np.isfinite(weights).all() and (weights >= 0).all()
    if not sound or not weights.sum() > 0:
        raise MatchingError("point", "must be weights of which one is positive and none negative")
    if not isinstance(concentration, int | float) or not 0 < concentration < math.inf:
        raise MatchingError("concentration", "must be positive and finite")
    _check_drawing(n_draws, seed)
    shapes = concentration * weights / weights.sum()
    drawn = np.random.default_rng(seed).standard_gamma(
        np.where(shapes > 0, shapes, 1.0), (n_draws, len(shapes))
    )
    return whole_shares(np.where(shapes > 0, drawn, 0.0))


def ordinal_weights(places: Sequence[int], *, n_draws: int, seed: int) -> NDArray[np.uint16]:
    """Weights uniform on the simplex ordered by importance; criteria of one class are exchangeable.

    ``places[c]`` is the class of criterion c, 0 the most important.
    """
    if not len(places):
        raise MatchingError("places", "must name a class for each criterion")
    _check_drawing(n_draws, seed)
    rng = np.random.default_rng(seed)
    drawn = np.sort(rng.standard_exponential((n_draws, len(places))), axis=1)[:, ::-1]
    order = np.lexsort((rng.random((n_draws, len(places))), np.broadcast_to(places, drawn.shape)), axis=1)
    weights = np.empty_like(drawn)
    np.put_along_axis(weights, order, drawn, axis=1)
    return whole_shares(weights)


def _check_drawing(n_draws: int, seed: int) -> None:
    check_count("n_draws", n_draws)
    if not isinstance(seed, int) or seed < 0:
        raise MatchingError("seed", "must be a whole number and not negative")


def whole_shares(weights: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Rows of weights as whole numbers over 4096 by largest remainder; ties go to the earlier criterion."""
    exact = weights / weights.sum(axis=1, keepdims=True) * WEIGHT_SUM
    floor = np.floor(exact)
    short = (WEIGHT_SUM - floor.sum(axis=1)).astype(int)
    place = np.argsort(np.argsort(floor - exact, axis=1, kind="stable"), axis=1)
    shares: NDArray[np.uint16] = (floor + (place < short[:, None])).astype(np.uint16)
    return shares
