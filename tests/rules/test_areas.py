"""What a district may say of the area around it."""

from dataclasses import replace

import pytest

from referral.rules.areas import AreaCounts, area_problems

WHOLE = AreaCounts("Merrimack Valley", 11_500, 520, 2025, "State profiles")
NAMES = ("Lexington District", "Lexington")


@pytest.mark.parametrize(
    "counts", [AreaCounts(), WHOLE, AreaCounts(district_children=5, counted_year=2025, source="S")]
)
def test_counts_that_can_be_are_taken(counts):
    assert area_problems(counts, own_names=NAMES) == []


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"region": None}, "region", "region_needs_name"),
        ({"region": "Greater  LEXINGTON"}, "region", "region_names_district"),
        ({"region_children": None}, "region_children", "region_needs_children"),
        ({"region_children": 0}, "region_children", "children_out_of_range"),
        ({"district_children": 12_000}, "district_children", "district_larger_than_region"),
        ({"counted_year": None}, "counted_year", "count_needs_year"),
        ({"counted_year": 1999}, "counted_year", "count_needs_year"),
        ({"source": ""}, "source", "count_needs_source"),
        ({"k": 4}, "k", "k_out_of_range"),
    ],
)
def test_counts_that_cannot_be_are_refused_at_their_field(wrong, field, code):
    problems = area_problems(replace(WHOLE, **wrong), own_names=NAMES)

    assert (field, code) in [(one.field, one.code) for one in problems]
