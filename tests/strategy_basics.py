"""What the strategies share: a few terms of each closed list, and ways of leaving things unknown."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from matching import Interval, Place
from matching.vocabulary import CommunicationMode, Dimension, Feature, Grade, PlacementType, Service

TODAY = date(2026, 11, 22)
DISTRICT = "Lexington"
SERVICES = [Service.SPEECH, Service.NURSING, Service.PHYSICAL]
MODES = [CommunicationMode.SPEECH, CommunicationMode.ASL, CommunicationMode.AAC_DEVICE]
FEATURES = [Feature.WHEELCHAIR_ACCESS, Feature.LIFT, Feature.STEP_DOWN, Feature.SINGLE_SEX]
GRADES = [Grade.G3, Grade.G4, Grade.G8]
PLACEMENTS = [PlacementType.SCHOOL_YEAR, PlacementType.ASSESSMENT_45_DAY]
RATIOS = [Fraction(1), Fraction(3, 2), Fraction(7, 3), Fraction(3), Fraction(10)]
PLACES = [
    Place(latitude=42.447, longitude=-71.225),
    Place(latitude=42.415, longitude=-71.156),
    Place(latitude=42.101, longitude=-72.590),
]
INFERRED = ["ages", "setting", "grades", "placement_types", "services", "features", "levels.medical"]
AGES_OF_SEAT_FACTS = [0, 14, 15, 30, 31, 90, 91, 400]


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    """A value or None, which stands for not known."""
    return st.none() | values


def mostly(values: st.SearchStrategy) -> st.SearchStrategy:
    """A value, or now and then None."""
    return st.one_of(values, values, values, st.none())


def spans(least: int, most: int) -> st.SearchStrategy[Interval]:
    """A known number or a range."""
    ends = st.tuples(st.integers(least, most), st.integers(least, most))
    return st.integers(least, most).map(lambda n: Interval(n, n)) | ends.map(
        lambda two: Interval(min(two), max(two))
    )


def days(earliest: int, latest: int) -> st.SearchStrategy[date]:
    """A date some days from today."""
    return st.integers(earliest, latest).map(lambda n: TODAY + timedelta(days=n))


def some(terms: list) -> st.SearchStrategy[frozenset]:
    """A few of the terms, or none."""
    return st.sets(st.sampled_from(terms), max_size=2).map(frozenset)


def yes_or_no(terms: list) -> st.SearchStrategy[dict]:
    """Yes or no for some of the terms; the others are not known."""
    return st.dictionaries(st.sampled_from(terms), st.booleans(), max_size=3)


def levels() -> st.SearchStrategy[dict]:
    """Levels on some dimensions; the others are not known."""
    return st.dictionaries(st.sampled_from(Dimension), spans(0, 4), max_size=6)


@st.composite
def varied(draw: st.DrawFn, bases: list, fields: dict[str, st.SearchStrategy], *, most: int = 7) -> Any:
    """One of the bases with a few of its fields drawn anew."""
    chosen = draw(st.sets(st.sampled_from(sorted(fields)), max_size=most))
    return replace(draw(st.sampled_from(bases)), **{name: draw(fields[name]) for name in sorted(chosen)})
