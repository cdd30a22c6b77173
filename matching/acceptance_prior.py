"""What practitioners expect of programs' answers before any outcome is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from matching.exceptions import MatchingError
from matching.vocabulary import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The numbers of a prior; each is a choice of people, not a finding.

    ``effects`` are the expected rise of the logit from value 0 to 1000 of a criterion, never negative: a
    better fit is never taken to lower the chance. ``intercept`` is the logit where all values are 0.
    The spreads are standard deviations; ``program_spread`` draws each program's own effect to 0.
    ``beta_accepted`` and ``beta_refused`` are the outcomes the Beta interval starts from.
    """

    version: str
    reason: str
    effects: Mapping[Criterion, float]
    effect_spread: float
    intercept: float
    intercept_spread: float
    program_spread: float
    beta_accepted: float = 1.0
    beta_refused: float = 1.0

    def __post_init__(self) -> None:
        if set(self.effects) != set(Criterion):
            raise MatchingError("effects", "must name each criterion once")
        if not all(isfinite(effect) and effect >= 0 for effect in self.effects.values()):
            raise MatchingError("effects", "must be finite and not negative")
        if not isfinite(self.intercept):
            raise MatchingError("intercept", "must be finite")
        for name in _POSITIVE:
            if not (isfinite(getattr(self, name)) and getattr(self, name) > 0):
                raise MatchingError(name, "must be more than 0")


_POSITIVE = ("effect_spread", "intercept_spread", "program_spread", "beta_accepted", "beta_refused")

PRIOR_2026_1 = Prior(
    version="2026.1",
    reason=(
        "A proposal until practitioners set their own. Services, behavior support and health care weigh most "
        "in the reasons programs give; a place that opens late weighs next; ride and family preference are "
        "the district's concern and are expected to have no effect. All met: about 4 in 5 accepted."
    ),
    effects={
        Criterion.SERVICES: 1.0,
        Criterion.COMMUNICATION: 0.4,
        Criterion.BEHAVIOR: 0.9,
        Criterion.MEDICAL: 0.6,
        Criterion.MOBILITY: 0.3,
        Criterion.SENSORY: 0.3,
        Criterion.ACADEMIC: 0.3,
        Criterion.RATIO: 0.2,
        Criterion.INCLUSION: 0.0,
        Criterion.RIDE: 0.0,
        Criterion.START: 0.6,
        Criterion.PREFERENCE: 0.0,
    },
    effect_spread=0.6,
    intercept=-3.2,
    intercept_spread=1.5,
    program_spread=0.8,
)
