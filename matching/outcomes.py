"""What past referrals tell of a program's answer: shown beside a ranking, never part of it.

Nothing that ranks reads this module. Only pairs that were referred have outcomes, so an estimate holds for
referrals like those made so far. Fewer than 10 outcomes show nothing; fewer than 30 a Beta interval of the
base rate; from 30 a Bayesian logistic regression in which practitioners' expectations are the prior and
each program's own effect is drawn to 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, isfinite, sqrt

import numpy as np
from numpy.typing import NDArray

from matching.acceptance_prior import PRIOR_2026_1, Prior
from matching.checks import check_day, check_key
from matching.exceptions import MatchingError
from matching.logistic import LogisticFit, fit_logistic
from matching.policy import VALUE_MAX
from matching.results import RankedProgram
from matching.vocabulary import Criterion

SHOWN_FROM = 10
MODEL_FROM = 30
# Half the width of a 90 % interval of a normal distribution, in standard deviations.
NINETY_PERCENT = 1.6448536269514722

Floats = NDArray[np.float64]


class Evidence(StrEnum):
    """What an estimate can rest on."""

    TOO_FEW = "too_few"
    BASE_RATE = "base_rate"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A program's answer to one complete referral; ``values`` 0 to 1000 in the order of Criterion."""

    program_key: str
    values: tuple[int, ...]
    accepted: bool
    decided_on: date

    def __post_init__(self) -> None:
        check_key("program_key", self.program_key)
        check_values(self.values)
        if not isinstance(self.accepted, bool):
            raise MatchingError("accepted", "must be yes or no")
        check_day("decided_on", self.decided_on)
        if self.decided_on is None:
            raise MatchingError("decided_on", "must be known")

    @classmethod
    def of(cls, option: RankedProgram, *, accepted: bool, decided_on: date) -> "Outcome":
        """The answer to a referral made from this ranked option."""
        return cls(option.program_key, values_of(option), accepted, decided_on)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How often programs accept such a referral: middle and 90 % interval, with what it rests on."""

    probability: float
    low: float
    high: float
    evidence: Evidence
    n_outcomes: int
    n_of_program: int
    base_rate: float
    latest_on: date


@dataclass(frozen=True, slots=True)
class AcceptanceModel:
    """What the outcomes so far allow to say; ``fit`` is None below 30 outcomes."""

    prior: Prior
    n_outcomes: int
    n_accepted: int
    of_program: Mapping[str, int]
    latest_on: date | None
    fit: LogisticFit | None

    @property
    def evidence(self) -> Evidence:
        """What an estimate can rest on."""
        if self.fit is not None:
            return Evidence.MODEL
        return Evidence.BASE_RATE if self.n_outcomes >= SHOWN_FROM else Evidence.TOO_FEW

    def estimate(self, program_key: str, values: Sequence[int]) -> Estimate | None:
        """The estimate for a referral to a program; None where there is too little to show.

        ``values`` are the criteria's values, 0 to 1000, as ``values_of`` reads them from a ranked option.
        """
        check_values(values)
        if self.latest_on is None or self.evidence is Evidence.TOO_FEW:
            return None
        middle, low, high = self._rate() if self.fit is None else self._modeled(self.fit, program_key, values)
        return Estimate(
            probability=middle,
            low=low,
            high=high,
            evidence=self.evidence,
            n_outcomes=self.n_outcomes,
            n_of_program=self.of_program.get(program_key, 0),
            base_rate=self.n_accepted / self.n_outcomes,
            latest_on=self.latest_on,
        )

    def _rate(self) -> tuple[float, float, float]:
        """Mean and middle 90 % of the Beta distribution of the base rate."""
        from scipy.special import betaincinv

        a = self.prior.beta_accepted + self.n_accepted
        b = self.prior.beta_refused + self.n_outcomes - self.n_accepted
        return a / (a + b), float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))

    def _modeled(
        self, fit: LogisticFit, program_key: str, values: Sequence[int]
    ) -> tuple[float, float, float]:
        logit, variance = fit.predict(program_key, np.asarray(values) / VALUE_MAX)
        reach = NINETY_PERCENT * sqrt(variance)
        return share(logit), share(logit - reach), share(logit + reach)


def acceptance_model(outcomes: Iterable[Outcome], *, prior: Prior = PRIOR_2026_1) -> AcceptanceModel:
    """The model that the outcomes allow; the same for any order of the outcomes up to rounding."""
    known = list(outcomes)
    return AcceptanceModel(
        prior=prior,
        n_outcomes=len(known),
        n_accepted=sum(outcome.accepted for outcome in known),
        of_program=Counter(outcome.program_key for outcome in known),
        latest_on=max((outcome.decided_on for outcome in known), default=None),
        fit=fitted(known, prior) if len(known) >= MODEL_FROM else None,
    )


def fitted(outcomes: Sequence[Outcome], prior: Prior) -> LogisticFit:
    """The logistic regression of the outcomes, however few they are."""
    return fit_logistic(
        np.array([outcome.values for outcome in outcomes]) / VALUE_MAX,
        [outcome.program_key for outcome in outcomes],
        np.array([outcome.accepted for outcome in outcomes], float),
        prior,
    )


def share(logit: float) -> float:
    """The probability of a logit."""
    return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))


def values_of(option: RankedProgram) -> tuple[int, ...]:
    """The values of a ranked option, in the order of Criterion."""
    return tuple(value.middle for value in option.criteria)


def check_values(values: Sequence[int]) -> None:
    """Raise MatchingError unless there is one value, 0 to 1000, for each criterion."""
    if len(values) != len(Criterion):
        raise MatchingError("values", f"must hold {len(Criterion)} values, one for each criterion")
    if not all(isfinite(value) and 0 <= value <= VALUE_MAX for value in values):
        raise MatchingError("values", f"must be 0 to {VALUE_MAX}")
