"""Who can be asked for capacity at once."""

import pytest

from referral.errors import InvalidInput
from referral.rules.capacity import PROGRAMS_MAX, check_asked
from referral.wording.capacity import seats_reminder

MANY = [f"p-{number}" for number in range(PROGRAMS_MAX + 1)]


def test_as_many_as_the_limit_can_be_asked():
    check_asked(MANY[:-1], takes_referrals=MANY)


@pytest.mark.parametrize(
    ("slugs", "code"), [([], "programs_to_ask"), (MANY, "programs_to_ask"), (["closed"], "program_not_open")]
)
def test_others_are_refused(slugs, code):
    with pytest.raises(InvalidInput) as caught:
        check_asked(slugs, takes_referrals=MANY)

    assert caught.value.errors[0].code == code


@pytest.mark.parametrize(
    ("reply", "seats", "reminds"),
    [
        ("has_capacity", 0, True),
        ("has_capacity", 2, False),
        ("none", 2, True),
        ("none", 0, False),
        ("waitlist_only", 1, True),
        ("needs_assessment", 1, False),
        ("none", None, False),
        (None, 1, False),
    ],
)
def test_an_answer_that_the_seats_contradict_reminds_of_them(reply, seats, reminds):
    assert bool(seats_reminder(reply, seats)) == reminds
