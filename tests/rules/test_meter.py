"""The re-identification meter: exact bounds, published counts, and what may never be told near home."""

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from matching.vocabulary import AgeBand, CommunicationMode, Hearing, ReadingMedium, StateCategory, Vision
from referral.rules import child_counts
from referral.rules.ages_told import AgeDetail, WideBand, ages_told, bands_holding, read_ages
from referral.rules.answers import Answers
from referral.rules.areas import AreaCounts
from referral.rules.implied_disabilities import implied_disability, is_identifying
from referral.rules.meter import (
    IDENTIFIED,
    LADDER,
    Area,
    Places,
    Released,
    Step,
    judge,
    lower_bound,
    places_of,
    read_meter,
    release_of,
)

# A region of a fifteenth of the state's children with IEPs, as collaboratives have; synthetic.
REGION = places_of(
    "MA", AreaCounts("A region", region_children=11_500, district_children=520, counted_year=2025, source="S")
)
STATE = Places("MA")
PROFILES = 10_000


def said(**answers):
    return Answers.model_validate(answers)


def random_answers(rng):
    """A synthetic profile: rare needs come far more often than in life, so that the rare cells are met."""
    modes = tuple(rng.sample(list(CommunicationMode), rng.choice((0, 1, 1, 2))))
    return Answers.model_construct(
        age_years=rng.choice((None, *range(2, 24))),
        primary_category=rng.choice((None, *StateCategory)),
        other_categories=tuple(rng.sample(list(StateCategory), rng.choice((0, 0, 0, 1, 2)))),
        expressive=modes,
        receptive=modes,
        hearing=rng.choice((None, Hearing.TYPICAL, Hearing.TYPICAL, *Hearing)),
        hearing_technology=None,
        vision=rng.choice((None, Vision.TYPICAL, Vision.TYPICAL, *Vision)),
        reading_media=rng.choice((None, (ReadingMedium.PRINT,), (ReadingMedium.BRAILLE_CONTRACTED,))),
        intervener=rng.choice((None, False, False, True)),
    )


def random_places(rng):
    """A district whose region has from a hundred children to more than half of the state's."""
    region = rng.choice((None, 100, 1_000, 11_500, 90_000))
    counts = AreaCounts(region and "A region", region_children=region, district_children=region and 80)
    return places_of(rng.choice(("MA", "MN", "VT")), counts)


@pytest.mark.parametrize("mean", [0.01, 0.5, 3, 9.9, 10, 15.3, 100, 1000.5, 5000, 123_456.7])
def test_the_lower_bound_is_the_exact_quantile(mean):
    assert lower_bound(mean) == poisson.ppf(0.05, mean)


@given(st.floats(0.001, 2000))
def test_the_lower_bound_is_the_exact_quantile_of_any_mean(mean):
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
    assert child_counts.children("ZZ", ["autism"], 3, 21) == 0
    assert child_counts.children("WI", ["autism"], 3, 21) == 0  # suppressed for its quality


def test_of_a_state_that_is_counted_in_part_no_region_has_a_known_share():
    counts = AreaCounts("A region", region_children=4_000)

    assert places_of("ME", counts).share(Area.REGION) is None
    assert places_of("MA", counts).share(Area.REGION) == 4_000 / 173_762


@pytest.mark.parametrize(
    ("answers", "disability"),
    [
        (said(primary_category="autism"), "autism"),
        (said(primary_category="autism", expressive=["tactile_sign"]), "deaf_blindness"),
        (said(primary_category="multiple", intervener="yes"), "deaf_blindness"),
        (said(primary_category="multiple", hearing="profound", vision="blind"), "deaf_blindness"),
        (said(primary_category="multiple", other_categories=["deafblind"]), "deaf_blindness"),
        (said(primary_category="vision", other_categories=["hearing"]), "deaf_blindness"),
        (said(level_corrections={"sensory": {"level": "4", "reason": "changed"}}), "deaf_blindness"),
        (said(primary_category="emotional", hearing="profound", vision="typical"), "hearing_impairment"),
        (said(primary_category="autism", expressive=["asl"]), "hearing_impairment"),
        (said(primary_category="autism", expressive=["asl"], hearing="typical"), "autism"),
        (said(vision="blind", hearing="typical"), "visual_impairment"),
        (said(primary_category="autism", reading_media=["braille_contracted"]), "visual_impairment"),
        (said(), "all"),
    ],
)
def test_the_needs_speak_before_the_label(answers, disability):
    assert implied_disability(answers) == disability


@pytest.mark.parametrize(
    ("years", "detail", "code", "words"),
    [
        (9, AgeDetail.BAND, "9-11", "9 to 11"),
        (9, AgeDetail.WIDE_BAND, "3-11", "3 to 11"),
        (12, AgeDetail.WIDE_BAND, "12-22", "12 to 22"),
        (2, AgeDetail.BAND, "3-5", "3 to 5"),
    ],
)
def test_an_age_is_told_as_a_band_and_read_again(years, detail, code, words):
    told = ages_told(said(age_years=str(years)), detail)

    assert (told.value, told.label) == (code, words)
    assert read_ages(code) is told
    assert isinstance(told, AgeBand | WideBand)


def test_a_narrow_band_may_also_have_been_told_as_the_wide_one_that_holds_it():
    assert bands_holding("9-11") == ("9-11", "3-11")
    assert bands_holding("18-22") == ("18-22", "12-22")


def test_deaf_blind_young_adults_pass_only_in_the_state_with_a_wide_band():
    verdict = judge(said(age_years="19", primary_category="deafblind"), REGION)

    assert verdict.passes
    assert verdict.step == Step(Area.STATE, AgeDetail.WIDE_BAND)
    assert [(step.area, reading.at_least) for step, reading in verdict.finer][-1] == (Area.STATE, 4)


def test_a_deaf_blind_child_in_a_small_district_has_no_company_and_an_autistic_one_too_little():
    """A district of 3,000 pupils: some 520 with IEPs."""

    def in_district(category):
        release = release_of(
            said(age_years="9", primary_category=category), Step(Area.DISTRICT, AgeDetail.BAND)
        )
        return read_meter(release, REGION)

    assert in_district("deafblind").expected == pytest.approx(0.09, abs=0.01)
    assert in_district("autism").expected == pytest.approx(12.7, abs=0.1)
    assert not in_district("autism").passes


def test_where_the_region_is_not_known_the_state_and_the_band_pass():
    verdict = judge(said(age_years="9", primary_category="autism"), STATE)

    assert (verdict.passes, verdict.step, verdict.finer) == (True, Step(Area.STATE, AgeDetail.BAND), ())


def test_where_nobody_was_counted_nothing_passes():
    verdict = judge(said(age_years="9"), Places("WI"))

    assert (verdict.passes, verdict.step) == (False, IDENTIFIED)


def test_k_has_a_floor():
    release = release_of(said(age_years="9"), Step(Area.STATE, AgeDetail.BAND))
    with pytest.raises(ValueError, match="at least 5"):
        read_meter(release, REGION, k=4)


def test_an_earlier_release_counts_as_if_joined():
    answers = said(age_years="9", primary_category="vision")
    near = release_of(answers, Step(Area.REGION, AgeDetail.BAND))

    alone, again = judge(answers, REGION), judge(answers, REGION, earlier=[near])

    assert alone.step == Step(Area.REGION, AgeDetail.WIDE_BAND)
    assert not again.passes


def test_a_release_of_another_disability_is_counted_as_the_rarer_of_both():
    answers = said(age_years="9", primary_category="autism")
    before = release_of(
        said(age_years="9", primary_category="deafblind"), Step(Area.STATE, AgeDetail.WIDE_BAND)
    )

    assert judge(answers, STATE, earlier=[before]).reading.expected == 59 / 2


def test_an_earlier_age_has_moved_on_and_what_contradicts_it_has_nobody():
    earlier = Released(Area.STATE, 9, 11, frozenset({"autism"}))
    now = release_of(said(age_years="12", primary_category="autism"), Step(Area.STATE, AgeDetail.BAND))
    whole = release_of(said(), Step(Area.STATE, AgeDetail.NONE))

    together = now.joined(earlier.aged(1.5))
    assert (together.first_year, together.last_year) == (12, 13)
    assert read_meter(now.joined(earlier.aged(0)), STATE).expected == 0
    assert whole.aged(3.2) == whole


def test_an_attribute_multiplies_and_a_withheld_one_leaves_nobody():
    step = Step(Area.STATE, AgeDetail.NONE)
    answers = said(primary_category="autism")

    def expected(*codes):
        return read_meter(release_of(answers, step, frozenset(codes)), STATE).expected

    assert expected("wheelchair") == pytest.approx(expected() / 1000)
    assert expected("tactile_sign") == 0


def test_of_10_000_profiles_none_is_released_below_k_nor_near_home_with_tactile_sign_or_intervener():
    rng = random.Random(5)  # noqa: S311 - synthetic profiles
    released = 0
    for _ in range(PROFILES):
        answers, places, k = random_answers(rng), random_places(rng), rng.choice((5, 10, 25))
        verdict = judge(answers, places, k=k)
        if verdict.passes:
            released += 1
            told = release_of(answers, verdict.step)
            counted = child_counts.children(
                places.state, [implied_disability(answers)], told.first_year, told.last_year
            ) * places.share(verdict.step.area)
            assert poisson_bound(counted) >= k
            assert not (is_identifying(answers) and verdict.step.area is not Area.STATE)
    assert released > PROFILES / 3


def poisson_bound(mean):
    """The bound once more, from the other side: added up from nobody."""
    if mean > 500:
        return mean - 2 * mean**0.5  # smaller than the bound
    n, chance = 0, math.exp(-mean)
    total = chance
    while total < 0.05:
        n += 1
        chance *= mean / n
        total += chance
    return n


def test_telling_less_never_lowers_the_count():
    rng = random.Random(6)  # noqa: S311 - synthetic profiles
    for _ in range(2_000):
        answers, places = random_answers(rng), random_places(rng)
        for area in Area:
            assert_grows(answers, places, [Step(area, detail) for detail in AgeDetail])
        for detail in AgeDetail:
            assert_grows(answers, places, [Step(area, detail) for area in Area])


def assert_grows(answers, places, steps):
    counts = [read_meter(release_of(answers, step), places).expected for step in steps]
    assert all(fine <= coarse + 1e-9 for fine, coarse in itertools.pairwise(counts))


@pytest.mark.parametrize("category", ["autism", "emotional"])
def test_nine_of_ten_such_profiles_can_be_sent_at_region_level(category):
    rng = random.Random(7)  # noqa: S311 - synthetic profiles
    of_all = [said(age_years=str(rng.randint(3, 21)), primary_category=category) for _ in range(500)]

    near = [one for one in of_all if judge(one, REGION).step.area is Area.REGION]

    assert len(near) >= 0.9 * len(of_all)


def test_the_ladder_goes_from_finer_to_coarser_and_gives_up_the_age_last():
    for area in (Area.REGION, Area.STATE):
        details = [list(AgeDetail).index(step.ages) for step in LADDER if step.area is area]
        assert details == sorted(details)
    assert [step.ages for step in LADDER[-2:]] == [AgeDetail.NONE, AgeDetail.NONE]
    assert LADDER[-1].area is Area.STATE
