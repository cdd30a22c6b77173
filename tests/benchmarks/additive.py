"""The weighted sum of two decision libraries on our values and weights: same sums, or the benchmark stops."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matching.policy import VALUE_MAX, WEIGHT_SUM
from tests.benchmarks.peers import found
from tests.benchmarks.rows import PeerDiffers

Sums = NDArray[np.int64]
Model = Callable[[], Sums]


def models(values: NDArray[np.int32], weights: NDArray[np.int64]) -> dict[str, Model]:
    """Each library that is there, with the sums of values (n_options, n_criteria) over 4096."""
    shares, table = weights / WEIGHT_SUM, values.astype(float)
    made = {}
    if (pymcdm := found("pymcdm.methods")) is not None:
        body = pymcdm.WSM(normalization_function=lambda column, cost: column)
        types = np.ones(len(weights))
        made["pymcdm WSM, sums alone"] = lambda: _whole(body(table, shares, types))
    if (criteria := found("skcriteria")) is not None:
        simple = found("skcriteria.agg.simple")
        model, aims = simple.WeightedSumModel(), [max] * len(weights)

        def evaluated() -> Sums:
            decision = criteria.mkdm(table, aims, weights=shares)
            return _whole(model.evaluate(decision).e_.score)

        made["scikit-criteria WSM, sums alone"] = evaluated
    return made


def check_same_sums(made: dict[str, Model], sums: Sums) -> None:
    """Every library must give our sums to the last point."""
    for name, model in made.items():
        theirs = model()
        if not np.array_equal(theirs, sums):
            place = int(np.flatnonzero(theirs != sums)[0])
            raise PeerDiffers(f"{name}: option {place} has {theirs[place]}, ours {sums[place]}")


def _whole(scores: NDArray[np.float64]) -> Sums:
    """Sums over 4096 as whole numbers; a score that is far from one is not the same model."""
    sums = np.asarray(scores) * WEIGHT_SUM
    whole = np.rint(sums)
    if np.abs(sums - whole).max(initial=0) > 1e-3 or whole.max(initial=0) > VALUE_MAX * WEIGHT_SUM:
        raise PeerDiffers("the sums are not whole")
    return whole.astype(np.int64)
