"""What may leave the district: one complete table, and a hidden answer changes nothing of what is seen."""

import pytest

from matching import Interval, Operator, ProgramProfile
from matching.vocabulary import AgeBand, Dimension, PlacementType
from referral.rules.ages_told import AgeDetail, WideBand
from referral.rules.answers import Answers
from referral.rules.areas import AreaCounts
from referral.rules.disclosure import (
    NOTHING,
    Stated,
    SupportBand,
    enquiry_at,
    enquiry_view,
    hidden_labels,
    stated_by,
    support_band,
)
from referral.rules.meter import Area, Step, places_of
from referral.rules.release_lines import Release, Stage
from referral.rules.release_policy import answers_with
from tests.students import everything

HIDDEN = sorted(answers_with(Release.HIDE, Stage.ENQUIRY))


def test_an_enquiry_shows_bands_and_nothing_nearer():
    view = enquiry_view(everything(), area="Massachusetts")

    assert (view.area, view.age_band, view.placement_type) == (
        "Massachusetts",
        AgeBand.AGES_15_17,
        PlacementType.SCHOOL_YEAR,
    )
    assert view.support == {
        Dimension.COMMUNICATION: SupportBand.MUCH,
        Dimension.BEHAVIOR: SupportBand.MUCH,
        Dimension.MEDICAL: SupportBand.SOME,
        Dimension.MOBILITY: SupportBand.MUCH,
        Dimension.SENSORY: SupportBand.MUCH,
        Dimension.ACADEMIC: SupportBand.MUCH,
    }


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_answer_changes_nothing_of_what_is_seen(name):
    without = everything().model_copy(update={name: None})

    assert enquiry_view(without, area=None) == enquiry_view(everything(), area=None)


def test_an_enquiry_names_the_region_or_the_state_and_the_ages_of_its_step():
    places = places_of("MA", AreaCounts("Merrimack Valley", region_children=11_500))

    near = enquiry_at(everything(), Step(Area.REGION, AgeDetail.BAND), places)
    wide = enquiry_at(everything(), Step(Area.STATE, AgeDetail.WIDE_BAND), places)
    ageless = enquiry_at(everything(), Step(Area.STATE, AgeDetail.NONE), places)

    assert (near.area, near.age_band) == ("Merrimack Valley", AgeBand.AGES_15_17)
    assert (wide.area, wide.age_band) == ("Massachusetts", WideBand.AGES_12_22)
    assert (ageless.area, ageless.age_band) == ("Massachusetts", None)


def test_a_program_receives_only_what_it_states_something_about():
    program = ProgramProfile(
        key="bridge",
        name="Bridge",
        operator=Operator(key="river", name="River", state="MA"),
        levels={Dimension.BEHAVIOR: Interval(2, 3)},
    )

    view = enquiry_view(everything(), area=None, stated=stated_by(program))

    assert set(view.support) == {Dimension.BEHAVIOR}
    assert view.placement_type is None
    assert enquiry_view(everything(), area=None, stated=Stated(frozenset())).placement_type is not None
    assert enquiry_view(everything(), area=None, stated=NOTHING).support == {}


def test_of_an_empty_profile_nothing_is_seen():
    view = enquiry_view(Answers(), area=None)

    assert (view.age_band, view.placement_type) == (None, None)
    assert set(view.support.values()) == {SupportBand.OPEN}


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (0, 1, SupportBand.LITTLE),
        (2, 2, SupportBand.SOME),
        (3, 4, SupportBand.MUCH),
        (1, 2, SupportBand.OPEN),
        (0, 4, SupportBand.OPEN),
    ],
)
def test_levels_leave_the_district_in_three_bands(low, high, band):
    assert support_band(Interval(low, high)) is band


def test_the_page_can_name_what_stays_in_the_district():
    assert "ZIP code to measure the ride from" in hidden_labels()
    assert "Kind of placement" not in hidden_labels()
