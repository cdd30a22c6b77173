"""What may be done to a kept ranking."""

import pytest

from referral.errors import InvalidInput
from referral.rules.rankings import OverrideReason, check_note, check_override, compared

KNOWN = ["a", "b", "c", "d", "e"]


def test_an_order_that_can_stand_gives_its_reason():
    reason = check_override("a", 2, "visit", "", ranked=KNOWN, moved=["b"])

    assert reason is OverrideReason.VISIT


def test_every_mistake_of_an_order_is_named_at_once():
    with pytest.raises(InvalidInput) as refused:
        check_override("x", 9, "", "n" * 301, ranked=KNOWN, moved=[])

    assert [problem.field for problem in refused.value.errors] == ["program", "place", "reason", "note"]


def test_a_program_that_was_moved_already_is_not_moved_again():
    with pytest.raises(InvalidInput) as refused:
        check_override("a", 1, "visit", "", ranked=KNOWN, moved=["a"])

    assert refused.value.errors[0].code == "override_again"


def test_a_note_loses_blanks_around_it_and_control_characters():
    assert check_note("  said\x00 \u0007twice\n ") == "said twice"


def test_programs_to_compare_stand_once_in_the_order_asked():
    assert compared(["c", "a", "c", "x"], KNOWN) == ["c", "a"]


@pytest.mark.parametrize("wanted", [[], ["a"], ["a", "a"], KNOWN])
def test_fewer_than_two_or_more_than_four_are_not_compared(wanted):
    with pytest.raises(InvalidInput):
        compared(wanted, KNOWN)
