"""The re-identification meter: exact bounds, published counts, and what may never be told near home."""

import itertools
import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from referral.rules import child_counts
from referral.rules.answers import Answers
from referral.rules.meter import (
    LADDER,
    AgeDetail,
    Area,
    Places,
    implied_disability,
    is_identifying,
    lower_bound,
    read_meter,
    release_of,
    smallest_step,
)

# A region of a fifteenth of the state's children with IEPs, as collaboratives have; synthetic.
REGION = Places("MA", "A region", {Area.REGION: 11_500, Area.DISTRICT: 520})
PROFILES = 10_000 if os.environ.get("PLACEWELL_TESTS") == "long" else 300

told = st.fixed_dictionaries(
    {"age_years": st.integers(3, 21).map(str)},
    optional={
        "primary_category": st.sampled_from(
            ["autism", "emotional", "multiple", "vision", "hearing", "deafblind", "intellectual"]
        ),
        "expressive": st.lists(st.sampled_from(["speech", "asl", "tactile_sign"]), unique=True),
        "intervener": st.sampled_from(["yes", "no"]),
        "hearing": st.sampled_from(["typical", "moderate", "profound"]),
        "vision": st.sampled_from(["typical", "low", "blind"]),
    },
).map(Answers.model_validate)


def said(**answers):
    return Answers.model_validate(answers)


@pytest.mark.parametrize("mean", [0.01, 0.5, 3, 9.9, 10, 15.3, 100, 1000.5, 5000, 123_456.7])
def test_the_lower_bound_is_the_exact_quantile(mean):
    assert lower_bound(mean) == poisson.ppf(0.05, mean)


def test_of_nobody_the_bound_is_nobody():
    assert lower_bound(0) == 0


@pytest.mark.parametrize("mean", [-1, float("inf"), float("nan")])
def test_a_mean_that_cannot_be_is_refused(mean):
    with pytest.raises(ValueError, match="mean"):
        lower_bound(mean)


def test_published_counts_are_read_as_printed():
    assert child_counts.children("MA", ["deaf_blindness"], 18, 21) == 8
    assert child_counts.children("MN", ["deaf_blindness"], 18, 21) == 4
    assert child_counts.children("MA", ["autism"], 6, 8) == 8503 / 2


def test_a_disability_or_state_that_was_not_counted_has_nobody():
    assert child_counts.children("VT", ["autism"], 3, 21) == 0


@pytest.mark.parametrize(
    ("answers", "disability"),
    [
        (said(primary_category="autism"), "autism"),
        (said(primary_category="autism", expressive=["tactile_sign"]), "deaf_blindness"),
        (said(primary_category="multiple", intervener="yes"), "deaf_blindness"),
        (said(primary_category="multiple", hearing="profound", vision="blind"), "deaf_blindness"),
        (said(primary_category="emotional", hearing="profound", vision="typical"), "hearing_impairment"),
        (said(vision="blind", hearing="typical"), "visual_impairment"),
        (said(), "all"),
    ],
)
def test_the_needs_speak_before_the_label(answers, disability):
    assert implied_disability(answers) == disability


def test_deaf_blind_young_adults_pass_only_in_the_state_with_a_wide_band():
    step = smallest_step(said(age_years="19", primary_category="deafblind"), REGION)

    assert step is not None
    assert (step.released.area, step.released.first_year, step.released.last_year) == (Area.STATE, 12, 21)


def test_where_the_region_is_not_known_only_the_state_passes():
    step = smallest_step(said(age_years="9", primary_category="autism"), Places("MA"))

    assert step is not None
    assert step.released.area is Area.STATE


def test_where_nobody_was_counted_nothing_passes():
    assert smallest_step(said(age_years="9"), Places("VT")) is None


def test_k_has_a_floor():
    release = release_of(said(age_years="9"), Area.STATE, AgeDetail.BAND)
    with pytest.raises(ValueError, match="at least 5"):
        read_meter(release, REGION, k=4)


def test_an_earlier_release_counts_as_if_joined():
    answers = said(age_years="9", primary_category="vision")
    near = release_of(answers, Area.REGION, AgeDetail.BAND)
    alone = smallest_step(answers, REGION)
    again = smallest_step(answers, REGION, earlier=[near])

    assert alone is not None
    assert alone.released.last_year - alone.released.first_year > 2
    assert again is None


@settings(max_examples=PROFILES)
@example(said(age_years="19", intervener="yes"))
@given(told)
def test_no_release_lies_below_k_and_none_with_tactile_sign_or_intervener_near_home(answers):
    step = smallest_step(answers, REGION)

    if step is not None:
        assert step.at_least >= step.k
        assert not (is_identifying(answers) and step.released.area is not Area.STATE)


@settings(max_examples=PROFILES)
@given(told)
def test_telling_less_never_lowers_the_count(answers):
    def expected(area, detail):
        return read_meter(release_of(answers, area, detail), REGION).expected

    details, areas = list(AgeDetail), list(Area)
    for area in Area:
        counts = [expected(area, detail) for detail in details]
        assert all(fine <= coarse + 1e-9 for fine, coarse in itertools.pairwise(counts))
    for detail in AgeDetail:
        counts = [expected(area, detail) for area in areas]
        assert all(near <= far + 1e-9 for near, far in itertools.pairwise(counts))


@pytest.mark.parametrize("category", ["autism", "emotional"])
def test_nine_of_ten_such_profiles_can_be_sent_at_region_level(category):
    steps = [
        smallest_step(said(age_years=str(age), primary_category=category), REGION) for age in range(3, 22)
    ]
    near = [step for step in steps if step is not None and step.released.area is Area.REGION]

    assert len(near) >= 0.9 * len(steps)


def test_the_ladder_goes_from_finer_to_coarser_in_each_area():
    for area in (Area.REGION, Area.STATE):
        details = [list(AgeDetail).index(detail) for where, detail in LADDER if where is area]
        assert details == sorted(details)
