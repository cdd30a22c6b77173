"""What an organization sets: its limits, and who may approve."""

from dataclasses import replace

import pytest

from referral.errors import InvalidInput
from referral.rules.permissions import Actor, Assignment, Role
from referral.rules.settings import Approval, Settings, approval_refusal, check_settings, may_approve

DISTRICT, DEPUTY = 1, 9


def someone(user_id, *roles):
    return Actor(user_id, f"User {user_id}", tuple(Assignment(role, DISTRICT) for role in roles))


DIRECTOR = someone(5, Role.DIRECTOR)
COORDINATOR = someone(6, Role.COORDINATOR)
NAMED_DEPUTY = someone(DEPUTY, Role.COORDINATOR)
ON = Settings(deputy_id=DEPUTY)
OWN_ALLOWED = replace(ON, approval=Approval.OWN_ALLOWED)


@pytest.mark.parametrize(
    ("actor", "settings", "submitted_by", "may"),
    [
        (DIRECTOR, ON, 6, True),
        (DIRECTOR, ON, 5, False),
        (DIRECTOR, OWN_ALLOWED, 5, True),
        (COORDINATOR, ON, 5, False),
        (COORDINATOR, OWN_ALLOWED, 6, False),
        (NAMED_DEPUTY, ON, 6, True),
        (NAMED_DEPUTY, ON, DEPUTY, False),
    ],
)
def test_the_director_or_the_deputy_approves_and_their_own_only_where_allowed(
    actor, settings, submitted_by, may
):
    assert may_approve(actor, DISTRICT, settings, submitted_by) is may


@pytest.mark.parametrize(
    ("actor", "submitted_by", "code"),
    [(DIRECTOR, 5, "own_referral"), (COORDINATOR, 5, "not_the_approver")],
)
def test_a_refused_approval_says_why(actor, submitted_by, code):
    assert approval_refusal(actor, DISTRICT, ON, submitted_by) == code


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (Settings(zone="Mars/Olympus"), "zone"),
        (Settings(live_referrals_max=0), "live_referrals_max"),
        (Settings(live_referrals_max=21), "live_referrals_max"),
        (Settings(clock_days={"decide": 0}), "clock_days-decide"),
        (Settings(clock_days={"teatime": 5}), "clock_days-teatime"),
    ],
)
def test_a_setting_out_of_range_is_refused_by_field(settings, field):
    with pytest.raises(InvalidInput) as refused:
        check_settings(settings)
    assert [problem.field for problem in refused.value.errors] == [field]


@pytest.mark.parametrize(
    "settings", [Settings(), Settings(live_referrals_max=20, clock_days={"decide": 400, "hold": 1})]
)
def test_settings_within_their_ranges_are_accepted(settings):
    check_settings(settings)
