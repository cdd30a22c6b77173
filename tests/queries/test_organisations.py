"""Reads of organizations and memberships."""

from datetime import date

import pytest

from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.queries import organisations
from referral.rules.memberships import MembershipStanding
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import COMMAND, NOBODY
from tests.databases import at_most
from tests.factories import a_collaborative, a_district, a_membership

TODAY = date(2026, 9, 1)


def test_standings_say_member_not_member_or_unknown(database):
    def make():
        district = a_district()
        joined, complete, incomplete = (
            a_collaborative(),
            a_collaborative(member_list_complete=True),
            a_collaborative(),
        )
        a_membership(district, joined)
        return district, joined, complete, incomplete

    district, joined, complete, incomplete = in_transaction(make)

    assert organisations.standings(COMMAND, district.id, on=TODAY) == {
        joined.id: MembershipStanding.MEMBER,
        complete.id: MembershipStanding.NOT_MEMBER,
        incomplete.id: MembershipStanding.UNKNOWN,
    }


def test_standings_take_two_statements_however_many_collaboratives(database, engine):
    district = in_transaction(lambda: [a_district(), [a_collaborative() for _ in range(20)]])[0]

    with at_most(2, engine):
        organisations.standings(COMMAND, district.id, on=TODAY)


def test_a_stranger_reads_nothing(database):
    with pytest.raises(NotPermitted):
        organisations.listed(NOBODY)


def test_an_organization_is_found_by_any_case_of_its_name_or_by_its_short_name(database):
    made = in_transaction(lambda: a_district(name="Acton-Boxborough", slug="ab"))

    assert organisations.named(COMMAND, " ACTON-boxborough ", "district").id == made.id
    assert organisations.named(COMMAND, "ab", "district").id == made.id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lexingtn", "organisation_unknown_near"),
        ("Zzz", "organisation_unknown"),
        ("Twin", "organisation_ambiguous"),
    ],
)
def test_a_name_that_is_not_clear_says_how(database, text, code):
    in_transaction(lambda: [a_district(name="Lexington"), a_district(name="Twin"), a_district(name="Twin")])

    with pytest.raises(InvalidInput) as caught:
        organisations.named(COMMAND, text, "district", OrganisationKind.DISTRICT)

    assert [(problem.field, problem.code) for problem in caught.value.errors] == [("district", code)]


def test_a_page_beyond_the_end_is_the_last_row(database):
    in_transaction(lambda: [a_district(name="A"), a_district(name="B")])

    page = organisations.listed(COMMAND, first=99)

    assert ([row.name for row in page.rows], page.total, page.previous, page.following) == (["B"], 2, 0, None)


def test_what_is_not_there_is_not_found(database):
    district = in_transaction(a_district)

    with pytest.raises(RecordNotFound):
        organisations.get(COMMAND, "nowhere")
    with pytest.raises(RecordNotFound):
        organisations.membership(COMMAND, district.slug, district.slug, TODAY)
