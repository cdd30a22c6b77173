"""Bayesian logistic regression with a normal prior, effects of 0 or more, and one shrunk effect per group.

The most probable coefficients are found exactly (the posterior has one peak); their uncertainty is that of
the normal distribution with the same curvature there (Laplace), which is generous where an effect is held
at 0. Source: Gelman et al. (2013), Bayesian Data
Analysis, 3rd edition, sections 4.1 and 16.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.acceptance_prior import Prior
from matching.vocabulary import Criterion

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """Coefficients: one per criterion, the intercept, one per program; ``covariance`` of all of them."""

    coefficients: Floats
    covariance: Floats
    column_of: Mapping[str, int]
    program_variance: float

    def predict(self, program_key: str, shares: Floats) -> tuple[float, float]:
        """Mean and variance of the logit for values as shares 0 to 1; a new program has effect 0."""
        row = np.zeros(len(self.coefficients))
        row[: len(shares)] = shares
        row[len(shares)] = 1
        column = self.column_of.get(program_key)
        if column is not None:
            row[column] = 1
        unseen = self.program_variance if column is None else 0.0
        return float(row @ self.coefficients), float(row @ self.covariance @ row) + unseen


def fit_logistic(shares: Floats, program_keys: Sequence[str], accepted: Floats, prior: Prior) -> LogisticFit:
    """The most probable coefficients given the outcomes.

    Parameters
    ----------
    shares : ndarray of shape (n_outcomes, n_criteria), 0 to 1.
    program_keys : the program of each outcome.
    accepted : ndarray of shape (n_outcomes,), 0 or 1.
    """
    from scipy.optimize import minimize

    n_fixed = shares.shape[1] + 1
    column_of = {key: n_fixed + index for index, key in enumerate(sorted(set(program_keys)))}
    design = _design(shares, [column_of[key] for key in program_keys], n_fixed + len(column_of))
    mean, spread = _prior(prior, len(column_of))

    def loss(moved: Floats) -> tuple[float, Floats]:
        """Minus the log of the posterior, and its slope, of coefficients in spreads from their mean."""
        logit = design @ (mean + spread * moved)
        value = np.logaddexp(0, logit).sum() - accepted @ logit + 0.5 * moved @ moved
        return float(value), spread * (design.T @ (_share(logit) - accepted)) + moved

    # No effect of a criterion falls below 0. In spreads the problem is well scaled whatever the prior.
    least = [(-mean[column] / spread[column], None) for column in range(shares.shape[1])]
    bounds = [*least, *[(None, None)] * (1 + len(column_of))]
    options = {"maxiter": 10_000, "ftol": 1e-14, "gtol": 1e-8}
    start = np.zeros(len(mean))
    found = (
        mean + spread * minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    )
    weight = _share(design @ found)
    curvature = (design.T * (weight * (1 - weight))) @ design + np.diag(spread**-2.0)
    covariance = np.asarray(np.linalg.inv(curvature), np.float64)
    return LogisticFit(found, covariance, column_of, prior.program_spread**2)


def _design(shares: Floats, columns: list[int], width: int) -> Floats:
    design = np.zeros((len(shares), width))
    design[:, : shares.shape[1]] = shares
    design[:, shares.shape[1]] = 1
    design[np.arange(len(shares)), columns] = 1
    return design


def _prior(prior: Prior, n_programs: int) -> tuple[Floats, Floats]:
    """Mean and spread of every coefficient."""
    effects = [prior.effects[criterion] for criterion in Criterion]
    mean = np.array([*effects, prior.intercept, *[0.0] * n_programs])
    spread = [prior.effect_spread] * len(effects) + [prior.intercept_spread]
    spread += [prior.program_spread] * n_programs
    return mean, np.array(spread)


def _share(logit: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(logit), float)
