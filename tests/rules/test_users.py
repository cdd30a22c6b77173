"""Invitations and what protects the administrators."""

import pytest

from referral.errors import InvalidInput
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Role
from referral.rules.users import (
    Invitation,
    check_administrator_left,
    check_invitation,
    check_other_account,
    check_role_place,
    tidy_email,
)


def codes(call, *arguments):
    with pytest.raises(InvalidInput) as caught:
        call(*arguments)
    return [problem.code for problem in caught.value.errors]


def test_a_good_invitation_passes():
    check_invitation(
        Invitation("ood@district.example", "Coordinator", Role.COORDINATOR), OrganisationKind.DISTRICT
    )


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@b", "a b@c.example", "a@b@c.example", "<x>@c.example", "a@-", "a" * 250 + "@b.example"],
)
def test_a_malformed_address_is_refused(email):
    assert codes(check_invitation, Invitation(email, "X", Role.DIRECTOR), OrganisationKind.DISTRICT) == [
        "email_invalid"
    ]


def test_every_fault_is_named():
    invitation = Invitation("x", " ", Role.DIRECTOR)

    assert codes(check_invitation, invitation, OrganisationKind.COLLABORATIVE) == [
        "email_invalid",
        "name_missing",
        "role_wrong_place",
    ]


def test_a_role_in_its_place_passes_and_elsewhere_not():
    check_role_place(Role.SITE_ADMINISTRATOR, OrganisationKind.PLATFORM)

    assert codes(check_role_place, Role.SITE_ADMINISTRATOR, OrganisationKind.DISTRICT) == ["role_wrong_place"]


def test_nobody_shuts_out_the_own_account_or_the_last_administrator():
    check_other_account(1, 2)
    check_administrator_left(1)

    assert codes(check_other_account, 1, 1) == ["own_account"]
    assert codes(check_administrator_left, 0) == ["last_administrator"]


def test_an_address_is_kept_in_lower_case():
    assert tidy_email(" OOD@District.example ") == "ood@district.example"
