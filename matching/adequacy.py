"""Adequacy: whether the need fit reaches the threshold and no critical gap remains, from exact bounds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import DIMENSIONS
from matching.criteria import need_fit_criteria, support
from matching.gate import Asked
from matching.policy import VALUE_MAX
from matching.vocabulary import Adequacy, Criterion

ADEQUATE, OPEN, NOT_ADEQUATE = 0, 1, 2
ADEQUACY = {ADEQUATE: Adequacy.ADEQUATE, OPEN: Adequacy.OPEN, NOT_ADEQUATE: Adequacy.NOT_ADEQUATE}
CRITERIA = list(Criterion)


@dataclass(frozen=True, slots=True)
class NeedFit:
    """Need fit per option: codes of adequacy, bounds 0 to 1000, and critical gaps per dimension."""

    adequacy: NDArray[np.int8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    certain_gaps: NDArray[np.bool_]
    possible_gaps: NDArray[np.bool_]


def need_fit(asked: Asked, low: NDArray[np.int32], high: NDArray[np.int32]) -> NeedFit:
    """The need fit of every option from the bounds of its values, without the loss of over-support.

    Parameters
    ----------
    low, high : ndarray of shape (n_criteria, n_options)
        Values 0 to 1000. Only criteria on which the student has a need count; where a need itself is
        uncertain, it counts as a need of at least 1 or not at all, whichever bounds the fit.
    """
    policy = asked.policy
    least, most = low.copy(), high.copy()
    support_low, support_high = support(asked, over_support_loss=0, least_need=1)
    least[1 : 1 + len(DIMENSIONS)], most[1 : 1 + len(DIMENSIONS)] = support_low, support_high
    criteria = need_fit_criteria(asked.student)
    rows = [CRITERIA.index(criterion) for criterion, _ in criteria]
    certain = np.array([sure for _, sure in criteria], bool)
    weights = np.array([policy.weights[criterion] for criterion, _ in criteria], np.int64)
    above = (weights[:, None] * (least[rows] - policy.need_fit_threshold), certain)
    below = (weights[:, None] * (most[rows] - policy.need_fit_threshold), certain)
    surely = _margin(*above, optional=np.minimum) >= 0
    possibly = _margin(*below, optional=np.maximum) >= 0
    certain_gaps, possible_gaps = critical_gaps(asked)
    adequacy = np.full(len(asked.catalogue), OPEN, np.int8)
    adequacy[surely & ~possible_gaps.any(axis=0)] = ADEQUATE
    adequacy[~possibly | certain_gaps.any(axis=0)] = NOT_ADEQUATE
    return NeedFit(
        adequacy=adequacy,
        low=mean_bound(least[rows], weights, certain, lowest=True),
        high=mean_bound(most[rows], weights, certain, lowest=False),
        certain_gaps=certain_gaps,
        possible_gaps=possible_gaps,
    )


def _margin(margins: NDArray[np.int64], certain: NDArray[np.bool_], optional: np.ufunc) -> NDArray[np.int64]:
    """Sum of weighted distances from the threshold; an uncertain need counts only as far as it may hurt."""
    kept = margins[certain].sum(axis=0)
    total: NDArray[np.int64] = kept + optional(margins[~certain], 0).sum(axis=0)
    return total


def mean_bound(
    values: NDArray[np.int32], weights: NDArray[np.int64], certain: NDArray[np.bool_], *, lowest: bool
) -> NDArray[np.int32]:
    """Least or most weighted mean over which uncertain criteria count; 1000 where none can.

    An extreme mean always counts a prefix of the uncertain criteria sorted by value, so trying the
    prefixes is exact.
    """
    n_options = values.shape[1]
    total = (weights[certain, None] * values[certain]).sum(axis=0, dtype=np.int64)
    mass = np.full(n_options, weights[certain].sum(), np.int64)
    best = _mean(total, mass)
    uncertain = values[~certain]
    order = np.argsort(uncertain if lowest else -uncertain, axis=0, kind="stable")
    for row in order:
        value, weight = uncertain[row, np.arange(n_options)], weights[~certain][row]
        total, mass = total + weight * value, mass + weight
        best = (np.minimum if lowest else np.maximum)(best, _mean(total, mass))
    return best.astype(np.int32)


def _mean(total: NDArray[np.int64], mass: NDArray[np.int64]) -> NDArray[np.int64]:
    means: NDArray[np.int64] = np.where(mass > 0, total // np.maximum(mass, 1), VALUE_MAX)
    return means


def critical_gaps(asked: Asked) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Certain and possible critical gaps, each of shape (6, n_options)."""
    policy, catalogue = asked.policy, asked.catalogue
    needs = [asked.student.level(dimension) for dimension in DIMENSIONS]
    low = np.array([need.low for need in needs])[:, None]
    high = np.array([need.high for need in needs])[:, None]
    certain = (low >= policy.critical_need) & (low - catalogue.level_high >= policy.critical_gap)
    possible = (high >= policy.critical_need) & (high - catalogue.level_low >= policy.critical_gap)
    return certain, possible
