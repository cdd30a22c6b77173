"""The re-identification meter: how many children in the area share what is about to be released.

The expected number comes from published counts; what must reach `k` is its lower bound, below which the true
number lies with a chance of 5 % if children are spread by chance (Poisson). Support bands, services and the
setting sought are not counted: they are released in bands only, and the verdict says so.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from referral.rules import child_counts
from referral.rules.ages_told import AgeDetail, years_told
from referral.rules.answers import Answers
from referral.rules.areas import DEFAULT_K, LEAST_K, AreaCounts
from referral.rules.implied_disabilities import implied_disability, is_identifying
from referral.rules.shares import factor_of

TAIL = 0.05


class Area(Enum):
    """How near the recipient can place the student."""

    DISTRICT = "district"
    REGION = "region"
    STATE = "state"


@dataclass(frozen=True)
class Step:
    """What of a student's place and age is told."""

    area: Area
    ages: AgeDetail


# From the finest to the coarsest that an enquiry may use; a district's name is never in one. A program can do
# without the region rather than without any age, so the age goes last.
LADDER: tuple[Step, ...] = (
    Step(Area.REGION, AgeDetail.BAND),
    Step(Area.REGION, AgeDetail.WIDE_BAND),
    Step(Area.STATE, AgeDetail.BAND),
    Step(Area.STATE, AgeDetail.WIDE_BAND),
    Step(Area.REGION, AgeDetail.NONE),
    Step(Area.STATE, AgeDetail.NONE),
)
# What is sent under a disclosure record where no step passes.
IDENTIFIED = Step(Area.STATE, AgeDetail.BAND)


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
        there, everyone = self.children.get(area), child_counts.all_children(self.state)
        return None if there is None or not everyone else min(there / everyone, 1.0)


def places_of(state: str | None, counts: AreaCounts) -> Places:
    """The areas of a district, as it has counted them."""
    children = {Area.REGION: counts.region_children, Area.DISTRICT: counts.district_children}
    return Places(state or "", counts.region, children)


@dataclass(frozen=True)
class Released:
    """The recognizable part of a release: area, ages, the disabilities implied, and attributes by code."""

    area: Area
    first_year: int
    last_year: int
    disabilities: frozenset[str]
    attributes: frozenset[str] = frozenset()

    def joined(self, earlier: "Released") -> "Released":
        """What a recipient of both knows: the nearer area, the years in both, all that either tells."""
        areas = list(Area)
        return Released(
            area=min(self.area, earlier.area, key=areas.index),
            first_year=max(self.first_year, earlier.first_year),
            last_year=min(self.last_year, earlier.last_year),
            disabilities=self.disabilities | earlier.disabilities,
            attributes=self.attributes | earlier.attributes,
        )

    def aged(self, years: float) -> "Released":
        """The same some years later: the ages have moved on, as little and as much as they may have."""
        if (self.first_year, self.last_year) == (child_counts.FIRST_YEAR, child_counts.LAST_YEAR):
            return self
        return replace(
            self, first_year=self.first_year + math.floor(years), last_year=self.last_year + math.ceil(years)
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


@dataclass(frozen=True)
class Verdict:
    """The smallest step that passes, with its reading; else the coarsest reading of all.

    ``finer`` are the steps before it with their readings, each too small.
    """

    step: Step
    reading: Reading
    finer: tuple[tuple[Step, Reading], ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the enquiry may be sent without a disclosure record."""
        return self.reading.passes

    @property
    def nearer(self) -> tuple[Step, Reading] | None:
        """The step that would tell most, with its reading, where it had to be passed over."""
        return self.finer[0] if self.finer else None


def read_meter(released: Released, places: Places, *, k: int = DEFAULT_K) -> Reading:
    """How many children share a release; an area of unknown size has nobody.

    Raises
    ------
    ValueError : ``k`` below the floor of 5.
    """
    if k < LEAST_K:
        raise ValueError(f"k must be at least {LEAST_K}")
    share = places.share(released.area) or 0.0
    there = min(
        child_counts.children(places.state, [one], released.first_year, released.last_year)
        for one in released.disabilities
    )
    expected = there * share * factor_of(released.attributes)
    years = child_counts.years_counted(places.state, released.disabilities)
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


def judge(
    answers: Answers, places: Places, *, k: int = DEFAULT_K, earlier: Sequence[Released] = ()
) -> Verdict:
    """The finest step of the ladder that passes, earlier releases joined; else the coarsest."""
    finer: list[tuple[Step, Reading]] = []
    for step in steps_open(answers, places):
        reading = read_meter(joined(release_of(answers, step), earlier), places, k=k)
        if reading.passes:
            return Verdict(step, reading, tuple(finer))
        finer.append((step, reading))
    return Verdict(IDENTIFIED, finer.pop()[1], tuple(finer))


def steps_open(answers: Answers, places: Places) -> list[Step]:
    """The steps there are: in the region only where its size is known, and no tactile sign or intervener."""
    is_near = places.share(Area.REGION) is not None and not is_identifying(answers)
    return [step for step in LADDER if is_near or step.area is Area.STATE]


def joined(released: Released, earlier: Iterable[Released]) -> Released:
    """The release together with all that was released of the same student before."""
    for one in earlier:
        released = released.joined(one)
    return released


def release_of(answers: Answers, step: Step, attributes: frozenset[str] = frozenset()) -> Released:
    """What would be recognizable of a student's answers at a step of the ladder."""
    first, last = years_told(answers, step.ages)
    return Released(step.area, first, last, frozenset({implied_disability(answers)}), attributes)
