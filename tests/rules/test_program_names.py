"""Programs chosen by a typed name."""

import pytest

from referral.errors import InvalidInput
from referral.rules.program_names import named_program
from referral.wording import sentence

NAMES = {
    "bridge": "Bridge Program, River Collaborative",
    "bridge-2": "Bridge Program, Hill Collaborative",
    "harbor": "Harbor School, Hill Collaborative",
}


@pytest.mark.parametrize("typed", ["harbor", "Harbor School", "  harbor   school ", NAMES["harbor"].upper()])
def test_a_program_is_found_by_key_or_any_one_matching_part_of_its_name(typed):
    assert named_program(typed, NAMES) == "harbor"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Bridge Program", "“Bridge Program, River Collaborative” or “Bridge Program, Hill Collaborative”?"),
        ("Harbour Scool", "Did you mean “Harbor School, Hill Collaborative”?"),
    ],
)
def test_a_name_of_none_or_several_offers_those_near(typed, offered):
    with pytest.raises(InvalidInput) as refused:
        named_program(typed, NAMES)

    assert sentence(refused.value.errors[0]).endswith(offered)


def test_a_name_like_no_other_offers_nothing():
    with pytest.raises(InvalidInput) as refused:
        named_program("zzz", NAMES)

    assert sentence(refused.value.errors[0]) == "No program is called “zzz”."
