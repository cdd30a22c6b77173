"""The re-identification meter: how many children in the area share what is about to be released.

The expected number comes from published counts; what must reach `k` is its lower bound, below which the true
number lies with a chance of 5 % if children are spread by chance (Poisson). Support bands, services and the
setting sought are not counted: they are released in bands only, and the verdict says so.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from matching.vocabulary import (
    CommunicationMode,
    Dimension,
    FederalCategory,
    Hearing,
    StateCategory,
    Vision,
)
from referral.rules import child_counts
from referral.rules.answers import Answers
from referral.rules.students import age_band, levels

DEFAULT_K = 10
LEAST_K = 5
TAIL = 0.05
BOTH_SENSES = 4


class Area(Enum):
    """How near the recipient can place the student."""

    DISTRICT = "district"
    REGION = "region"
    STATE = "state"


class AgeDetail(Enum):
    """How exactly the age is told."""

    GRADE = "grade"
    BAND = "band"
    WIDE_BAND = "wide_band"
    NONE = "none"


WIDE_BANDS = ((3, 11), (12, 21))
# From the finest to the coarsest that an enquiry may use; a district's name is never in one.
LADDER: tuple[tuple[Area, AgeDetail], ...] = (
    (Area.REGION, AgeDetail.BAND),
    (Area.REGION, AgeDetail.WIDE_BAND),
    (Area.REGION, AgeDetail.NONE),
    (Area.STATE, AgeDetail.BAND),
    (Area.STATE, AgeDetail.WIDE_BAND),
    (Area.STATE, AgeDetail.NONE),
)


@dataclass(frozen=True)
class Places:
    """Where a student's district lies, with the children with IEPs of each area; None where not known."""

    state: str
    region: str | None = None
    children: Mapping[Area, int | None] = field(default_factory=dict)

    def share(self, area: Area) -> float | None:
        """The part of the state's children with IEPs that live in the area; None where not known."""
        if area is Area.STATE:
            return 1.0
        there = self.children.get(area)
        everyone = child_counts.children(
            self.state, [child_counts.ALL], child_counts.FIRST_YEAR, child_counts.LAST_YEAR
        )
        return None if there is None or not everyone else min(there / everyone, 1.0)


@dataclass(frozen=True)
class Released:
    """The recognizable part of a release: the area, the ages, the disability that the needs imply, and more.

    ``attributes`` are shares of children who have each further attribute that is told.
    """

    area: Area
    first_year: int
    last_year: int
    disability: str
    attributes: tuple[float, ...] = ()

    def joined(self, earlier: "Released") -> "Released":
        """What a recipient of both knows: the nearer area, the years in both, every attribute."""
        areas = list(Area)
        return Released(
            area=min(self.area, earlier.area, key=areas.index),
            first_year=max(self.first_year, earlier.first_year),
            last_year=min(self.last_year, earlier.last_year),
            disability=self.disability,
            attributes=max(self.attributes, earlier.attributes, key=len),
        )


@dataclass(frozen=True)
class Reading:
    """What the meter shows: children expected, the lower bound, and the number it must reach."""

    expected: float
    at_least: int
    k: int
    released: Released
    school_years: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether enough children share what is released."""
        return self.at_least >= self.k


def read_meter(released: Released, places: Places, *, k: int = DEFAULT_K) -> Reading:
    """How many children share a release; an area of unknown size has nobody.

    Raises
    ------
    ValueError : ``k`` below the floor of 5.
    """
    if k < LEAST_K:
        raise ValueError(f"k must be at least {LEAST_K}")
    share = places.share(released.area) or 0.0
    there = child_counts.children(
        places.state, [released.disability], released.first_year, released.last_year
    )
    expected = there * share * math.prod(released.attributes)
    years = child_counts.years_counted(places.state, [released.disability])
    return Reading(expected, lower_bound(expected), k, released, years)


def lower_bound(mean: float) -> int:
    """The largest number that a Poisson count of this mean falls below with a chance of at most 5 %.

    The exact quantile: the smallest n with P(count <= n) >= 0.05.

    Raises
    ------
    ValueError : a negative or endless mean.
    """
    if not 0 <= mean < math.inf:
        raise ValueError("the mean must be finite and not negative")
    if mean == 0:
        return 0
    # Below this the sum is too small to matter.
    n = max(0, math.floor(mean - 9 * math.sqrt(mean) - 10))
    chance = math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1))
    below = chance
    while below < TAIL:
        n += 1
        chance *= mean / n
        below += chance
    return n


def smallest_step(
    answers: Answers,
    places: Places,
    *,
    k: int = DEFAULT_K,
    earlier: Sequence[Released] = (),
    attributes: tuple[float, ...] = (),
) -> Reading | None:
    """The finest step of the ladder that passes, earlier releases joined; None where none does."""
    for area, detail in LADDER:
        reading = read_meter(joined(release_of(answers, area, detail, attributes), earlier), places, k=k)
        if reading.passes:
            return replace(reading, released=release_of(answers, area, detail, attributes))
    return None


def joined(released: Released, earlier: Iterable[Released]) -> Released:
    """The release together with all that was released of the same student before."""
    for one in earlier:
        released = released.joined(one)
    return released


def release_of(
    answers: Answers, area: Area, detail: AgeDetail, attributes: tuple[float, ...] = ()
) -> Released:
    """What would be recognizable of a student's answers at a step of the ladder."""
    first, last = years_told(answers, detail)
    return Released(area, first, last, implied_disability(answers), attributes)


def years_told(answers: Answers, detail: AgeDetail) -> tuple[int, int]:
    """The first and last year of age that a recipient can tell."""
    years = answers.age_years
    if years is None or detail is AgeDetail.NONE:
        return child_counts.FIRST_YEAR, child_counts.LAST_YEAR
    if detail is AgeDetail.GRADE:
        return years, years
    if detail is AgeDetail.WIDE_BAND:
        return WIDE_BANDS[years > WIDE_BANDS[0][1]]
    band = age_band(answers)
    first, last = (int(end) for end in band.value.split("-")) if band else WIDE_BANDS[0]
    return first, min(last, child_counts.LAST_YEAR)


# What a state's label is counted as; the needs come first.
COUNTED_AS: Mapping[StateCategory, FederalCategory] = {
    StateCategory.AUTISM: FederalCategory.AUTISM,
    StateCategory.COMMUNICATION: FederalCategory.SPEECH,
    StateCategory.DEVELOPMENTAL_DELAY: FederalCategory.DEVELOPMENTAL_DELAY,
    StateCategory.EMOTIONAL: FederalCategory.EMOTIONAL,
    StateCategory.HEALTH: FederalCategory.HEALTH,
    StateCategory.INTELLECTUAL: FederalCategory.INTELLECTUAL,
    StateCategory.MULTIPLE: FederalCategory.MULTIPLE,
    StateCategory.NEUROLOGICAL: FederalCategory.BRAIN_INJURY,
    StateCategory.PHYSICAL: FederalCategory.ORTHOPEDIC,
    StateCategory.SPECIFIC_LEARNING: FederalCategory.SPECIFIC_LEARNING,
    StateCategory.HEARING: FederalCategory.HEARING,
    StateCategory.VISION: FederalCategory.VISUAL,
    StateCategory.DEAFBLIND: FederalCategory.DEAFBLINDNESS,
}
DEAF = frozenset({Hearing.SEVERE, Hearing.PROFOUND})
BLIND = frozenset({Vision.LEGALLY_BLIND, Vision.BLIND})


def implied_disability(answers: Answers) -> str:
    """The disability that the needs give away, whatever the label; all disabilities where none is told.

    Most deaf-blind children carry another label, so tactile sign, an intervener, or a need in both senses
    counts as deaf-blindness.
    """
    if _implies_deafblind(answers):
        return FederalCategory.DEAFBLINDNESS.value
    if answers.hearing in DEAF:
        return FederalCategory.HEARING.value
    if answers.vision in BLIND:
        return FederalCategory.VISUAL.value
    if answers.primary_category is not None:
        return COUNTED_AS[answers.primary_category].value
    return child_counts.ALL


def _implies_deafblind(answers: Answers) -> bool:
    tactile = CommunicationMode.TACTILE_SIGN in {*(answers.expressive or ()), *(answers.receptive or ())}
    both = levels(answers)[Dimension.SENSORY].low >= BOTH_SENSES
    return tactile or both or answers.intervener is True


def is_identifying(answers: Answers) -> bool:
    """Whether a need by itself points to very few children: tactile sign or an intervener."""
    tactile = CommunicationMode.TACTILE_SIGN in {*(answers.expressive or ()), *(answers.receptive or ())}
    return tactile or answers.intervener is True
