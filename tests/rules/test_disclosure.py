"""What may leave the district: one complete table, and a hidden answer changes nothing of what is seen."""

import pytest

from matching import Interval
from matching.vocabulary import AgeBand, Dimension, PlacementType
from referral.rules.answers import Answers
from referral.rules.disclosure import ENQUIRY, Release, SupportBand, enquiry_view, hidden_labels, support_band
from tests.students import everything

HIDDEN = sorted(name for name, release in ENQUIRY.items() if release is Release.HIDE)


def test_the_table_lists_every_field_of_a_profile():
    assert set(ENQUIRY) == set(Answers.model_fields)


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
