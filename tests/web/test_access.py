"""Every page of administration x every role."""

import pytest

from referral.rules.permissions import Role
from tests.factories import a_collaborative, a_district, a_membership, a_user

ADMINISTRATION = [
    "/organizations",
    "/organizations/add",
    "/organizations/{district}",
    "/organizations/{district}/edit",
    "/organizations/{collaborative}/members/add",
    "/organizations/{collaborative}/members/{district}/2020-07-01",
    "/users",
    "/users/invite",
    "/users/{user}",
]
CHANGES = [
    "/users/{user}/link",
    "/users/{user}/disable",
    "/users/{user}/enable",
    "/users/{user}/roles/coordinator/{district}/remove",
    "/organizations/{collaborative}/members/{district}/2020-07-01/remove",
]
OTHERS = [role for role in Role if role is not Role.SITE_ADMINISTRATOR]
MISSING = {"user": "U-00000000000", "district": "no-such-district", "collaborative": "no-such-collaborative"}


@pytest.fixture
def names(saved):
    def make():
        district, collaborative = a_district(), a_collaborative()
        a_membership(district, collaborative)
        user = a_user("coordinator", at=district)
        return {"user": user.ref, "district": district.slug, "collaborative": collaborative.slug}

    return saved(make)


@pytest.mark.parametrize("address", ADMINISTRATION)
def test_the_site_administrator_opens_every_page(signed_in, names, address):
    assert signed_in("site_administrator").get(address.format(**names)).status_code == 200


@pytest.mark.parametrize("address", [*ADMINISTRATION, *CHANGES])
def test_no_other_role_opens_or_changes_anything(signed_in, names, address):
    for role in OTHERS:
        browser = signed_in(role)
        answer = (
            browser.post(address.format(**names))
            if address in CHANGES
            else browser.get(address.format(**names))
        )

        assert answer.status_code == 403, role


@pytest.mark.parametrize("address", [*ADMINISTRATION, *CHANGES])
def test_a_stranger_is_led_to_sign_in(client, names, address):
    answer = (
        client.post(address.format(**names)) if address in CHANGES else client.get(address.format(**names))
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("address", [one for one in [*ADMINISTRATION, *CHANGES] if "{" in one])
def test_what_is_not_there_is_not_found(signed_in, names, address):
    browser = signed_in("site_administrator")

    for name in MISSING:
        if "{" + name + "}" in address:
            gone = address.format(**names | {name: MISSING[name]})
            answer = browser.post(gone) if address in CHANGES else browser.get(gone)
            assert answer.status_code == 404, gone
