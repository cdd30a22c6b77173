"""Whether the acceptance model's probabilities come true, on outcomes it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.acceptance_prior import PRIOR_2026_1, Prior
from matching.exceptions import MatchingError
from matching.outcomes import MODEL_FROM, Outcome, fitted, share
from matching.policy import VALUE_MAX

SMALLEST_BIN = 10
MOST_BINS = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Outcomes of similar probability: how many were expected to be accepted, and how many were."""

    predicted: float
    observed: float
    n_outcomes: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How probabilities of unseen outcomes came true; losses lower is better.

    ``base_loss`` and ``base_brier`` are those of giving every referral the base rate: a model that does
    not beat them tells nothing of single referrals.
    """

    n_outcomes: int
    base_rate: float
    log_loss: float
    base_loss: float
    brier: float
    base_brier: float
    bins: tuple[CalibrationBin, ...]


def calibration(
    outcomes: Sequence[Outcome], *, seed: int, folds: int = 5, prior: Prior = PRIOR_2026_1
) -> Calibration:
    """Calibration by cross-validation: each outcome is judged by a model that did not see it.

    Parameters
    ----------
    seed : draws the folds.

    Raises
    ------
    MatchingError : folds that leave fewer than 30 outcomes to a model; with 5 folds, fewer than 38 outcomes.
    """
    if folds < 2 or len(outcomes) - -(-len(outcomes) // max(folds, 1)) < MODEL_FROM:
        raise MatchingError("outcomes", f"must leave {MODEL_FROM} for the model in each of 2 or more folds")
    accepted = np.array([outcome.accepted for outcome in outcomes], int)
    predicted = _predicted(outcomes, seed, folds, prior)
    base_rate = float(accepted.mean())
    base = np.full(len(accepted), base_rate)
    return Calibration(
        n_outcomes=len(outcomes),
        base_rate=base_rate,
        log_loss=_log_loss(accepted, predicted),
        base_loss=_log_loss(accepted, base),
        brier=_brier(accepted, predicted),
        base_brier=_brier(accepted, base),
        bins=_bins(accepted, predicted),
    )


def _predicted(outcomes: Sequence[Outcome], seed: int, folds: int, prior: Prior) -> NDArray[np.float64]:
    from sklearn.model_selection import KFold

    predicted = np.zeros(len(outcomes))
    for seen, unseen in KFold(folds, shuffle=True, random_state=seed).split(predicted):
        fit = fitted([outcomes[index] for index in seen], prior)
        for index in unseen:
            shares = np.asarray(outcomes[index].values) / VALUE_MAX
            predicted[index] = share(fit.predict(outcomes[index].program_key, shares)[0])
    return predicted


def _log_loss(accepted: NDArray[np.int_], predicted: NDArray[np.float64]) -> float:
    from sklearn.metrics import log_loss

    return float(log_loss(accepted, predicted, labels=[0, 1]))


def _brier(accepted: NDArray[np.int_], predicted: NDArray[np.float64]) -> float:
    from sklearn.metrics import brier_score_loss

    return float(brier_score_loss(accepted, predicted, labels=[0, 1]))


def _bins(accepted: NDArray[np.int_], predicted: NDArray[np.float64]) -> tuple[CalibrationBin, ...]:
    """Outcomes by rising probability in bins of equal counts, none of fewer than ten."""
    rising = np.argsort(predicted, kind="stable")
    n_bins = min(MOST_BINS, len(rising) // SMALLEST_BIN)
    return tuple(
        CalibrationBin(float(predicted[chosen].mean()), float(accepted[chosen].mean()), len(chosen))
        for chosen in np.array_split(rising, n_bins)
    )
