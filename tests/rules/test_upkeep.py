"""What staff set for a program: an address or none, and a rhythm of 1 to 90 days."""

import pytest

from referral.errors import InvalidInput
from referral.rules.upkeep import UpkeepEntry, checked_upkeep


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        (UpkeepEntry(" Office@River.Example ", 7), UpkeepEntry("office@river.example", 7)),
        (UpkeepEntry("", 1), UpkeepEntry(None, 1)),
        (UpkeepEntry(None, 90), UpkeepEntry(None, 90)),
    ],
)
def test_an_entry_is_kept_tidied(entered, kept):
    assert checked_upkeep(entered) == kept


def test_every_field_at_fault_is_named():
    with pytest.raises(InvalidInput) as caught:
        checked_upkeep(UpkeepEntry("nobody", 0))

    assert [problem.field for problem in caught.value.errors] == ["contact_email", "confirm_every_days"]


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_rhythm_outside_is_refused(days):
    with pytest.raises(InvalidInput):
        checked_upkeep(UpkeepEntry(None, days))
