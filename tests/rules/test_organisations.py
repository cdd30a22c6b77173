"""What may be said of an organization."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import InvalidInput
from referral.rules.organisations import (
    ROLE_PLACES,
    OrganisationFacts,
    OrganisationKind,
    check_facts,
    is_web_address,
    slug_of,
)
from referral.rules.permissions import Role

GOOD = {"slug": "labbb", "name": "LABBB Collaborative", "kind": OrganisationKind.COLLABORATIVE}


def test_good_facts_pass():
    check_facts(
        OrganisationFacts(
            **GOOD,
            state="MA",
            source_address="https://a.example; http://b.example/x",
            source_year=2023,
            member_list_complete=True,
        )
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"slug": "LABBB"}, "slug_invalid"),
        ({"slug": "a--b"}, "slug_invalid"),
        ({"slug": "a" * 81}, "slug_invalid"),
        ({"name": "  "}, "organisation_name_missing"),
        ({"name": "x" * 161}, "organisation_name_missing"),
        ({"state": "Ma"}, "state_invalid"),
        ({"source_year": 1974}, "source_year_invalid"),
        ({"source_address": "javascript:alert(1)"}, "source_address_invalid"),
        ({"kind": OrganisationKind.DISTRICT, "member_list_complete": True}, "member_list_not_applicable"),
    ],
)
def test_each_fault_is_named(wrong, code):
    with pytest.raises(InvalidInput) as caught:
        check_facts(OrganisationFacts(**GOOD | wrong))

    assert [problem.code for problem in caught.value.errors] == [code]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("LABBB Collaborative", "labbb-collaborative"),
        ("São Tomé & Co.", "sao-tome-co"),
        ("--", ""),
        ("x" * 99, "x" * 80),
    ],
)
def test_a_short_name_is_made_from_the_name(name, slug):
    assert slug_of(name) == slug


@given(st.text(max_size=200))
def test_a_short_name_is_always_plain(name):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug_of(name))


def test_every_role_has_its_place():
    assert set(ROLE_PLACES) == set(Role)
    assert all(ROLE_PLACES.values())


def test_an_unknown_source_is_allowed():
    assert is_web_address(None)
    assert not is_web_address("")
