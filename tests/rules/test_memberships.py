"""Whether a district is a member."""

from datetime import date

import pytest

from referral.errors import InvalidInput
from referral.rules.memberships import (
    MembershipFacts,
    MembershipStanding,
    check_membership,
    check_parties,
    standing,
)
from referral.rules.organisations import OrganisationKind
from referral.rules.periods import overlap

TODAY = date(2026, 9, 1)
LASTING = (date(2020, 7, 1), None)
ENDED = (date(2015, 7, 1), date(2020, 6, 30))
COMING = (date(2027, 7, 1), None)


@pytest.mark.parametrize(
    ("periods", "complete", "expected"),
    [
        ([LASTING], False, MembershipStanding.MEMBER),
        ([ENDED, LASTING], True, MembershipStanding.MEMBER),
        ([], True, MembershipStanding.NOT_MEMBER),
        ([], False, MembershipStanding.UNKNOWN),
        ([ENDED], False, MembershipStanding.NOT_MEMBER),
        ([COMING], False, MembershipStanding.UNKNOWN),
        ([COMING], True, MembershipStanding.NOT_MEMBER),
        ([(TODAY, TODAY)], False, MembershipStanding.MEMBER),
    ],
)
def test_standing(periods, complete, expected):
    assert standing(periods, on=TODAY, list_complete=complete) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ENDED, LASTING, False),
        (LASTING, COMING, True),
        (ENDED, (date(2020, 6, 30), None), True),
        (LASTING, ENDED, False),
    ],
)
def test_periods_overlap_when_they_share_a_day(one, other, expected):
    assert overlap(one, other) is expected


def faults(facts, others=()):
    with pytest.raises(InvalidInput) as caught:
        check_membership(facts, others)
    return [(problem.field, problem.code) for problem in caught.value.errors]


def test_every_fault_of_a_membership_is_named():
    facts = MembershipFacts(date(2026, 7, 1), date(2026, 6, 30), "labbb.com")

    assert faults(facts) == [
        ("valid_to", "membership_ends_before_start"),
        ("source_address", "source_address_invalid"),
    ]


def test_a_membership_may_not_share_a_day_with_another():
    assert faults(MembershipFacts(date(2026, 7, 1)), [LASTING]) == [("valid_from", "membership_overlaps")]


def test_a_membership_may_follow_another():
    check_membership(MembershipFacts(date(2020, 7, 1)), [ENDED])


def test_only_a_district_is_a_member_and_only_of_what_has_members():
    check_parties(OrganisationKind.DISTRICT, OrganisationKind.COOPERATIVE)
    with pytest.raises(InvalidInput) as caught:
        check_parties(OrganisationKind.COLLABORATIVE, OrganisationKind.STATE_AGENCY)

    assert [problem.field for problem in caught.value.errors] == ["district", "collaborative"]
