"""What is done to organizations, and what the database itself refuses."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from referral.actions import organisations
from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, NotPermitted, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.queries.users import actor_of
from referral.rules.memberships import MembershipFacts
from referral.rules.organisations import OrganisationFacts, OrganisationKind
from referral.rules.permissions import COMMAND
from tests.factories import a_collaborative, a_district, a_membership, a_user, an_organisation

LEXINGTON = OrganisationFacts(slug="lexington", name="Lexington", kind=OrganisationKind.DISTRICT, state="MA")
FROM_2020 = MembershipFacts(date(2020, 7, 1))


@pytest.fixture
def parties(database):
    return in_transaction(lambda: (a_district(), a_collaborative()))


def test_an_organization_is_added_with_an_audit_line(database):
    in_transaction(lambda: organisations.add(COMMAND, LEXINGTON))

    line = db.session.scalars(select(AuditEvent)).one()
    assert (line.tag, line.subject_ref) == ("organisation:record:added", "lexington")


def test_only_an_administrator_adds_one(database):
    staff = actor_of(in_transaction(lambda: a_user("collaborative_staff")))

    with pytest.raises(NotPermitted):
        in_transaction(lambda: organisations.add(staff, LEXINGTON))


def test_a_short_name_is_taken_once_and_the_transaction_goes_on(database):
    def work():
        a_district(slug="lexington")
        with pytest.raises(InvalidInput):
            organisations.add(COMMAND, LEXINGTON)
        return a_district(slug="burlington")

    in_transaction(work)

    assert set(db.session.scalars(select(Organisation.slug))) == {"lexington", "burlington"}


def test_an_edit_raises_the_version_and_names_the_fields(database):
    made = in_transaction(lambda: organisations.add(COMMAND, LEXINGTON))
    changed = OrganisationFacts(
        slug="lexington", name="Lexington Schools", kind=OrganisationKind.DISTRICT, state="MA"
    )
    in_transaction(
        lambda: organisations.edit(COMMAND, db.session.get(Organisation, made.id), changed, version_seen=1)
    )

    db.session.rollback()
    assert db.session.get(Organisation, made.id).version == 2
    assert db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()[-1].facts["fields"] == [
        "name"
    ]


def test_an_edit_of_an_old_version_is_stale(database):
    made = in_transaction(lambda: organisations.add(COMMAND, LEXINGTON))

    with pytest.raises(StaleUpdate):
        in_transaction(lambda: organisations.edit(COMMAND, made, LEXINGTON, version_seen=0))


def test_a_membership_is_added_changed_and_removed(parties):
    district, collaborative = parties
    made = in_transaction(lambda: organisations.add_membership(COMMAND, district, collaborative, FROM_2020))
    until = MembershipFacts(date(2020, 7, 1), date(2025, 6, 30))
    in_transaction(lambda: organisations.edit_membership(COMMAND, db.session.get(Membership, made.id), until))
    in_transaction(lambda: organisations.remove_membership(COMMAND, db.session.get(Membership, made.id)))

    assert db.session.scalars(select(Membership)).all() == []
    assert db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all() == [
        "organisation:membership:added",
        "organisation:membership:edited",
        "organisation:membership:removed",
    ]


def test_a_membership_between_two_districts_is_refused(parties):
    district, _ = parties

    with pytest.raises(InvalidInput):
        in_transaction(lambda: organisations.add_membership(COMMAND, district, a_district(), FROM_2020))


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2025, 1, 1), None), (date(2019, 1, 1), date(2020, 7, 1)), (date(2021, 1, 1), date(2021, 1, 1))],
)
def test_the_database_itself_refuses_an_overlap(parties, first, last):
    in_transaction(lambda: a_membership(*parties))

    with pytest.raises(DBAPIError, match="memberships"):
        in_transaction(lambda: a_membership(*parties, valid_from=first, valid_to=last))


def test_the_database_itself_refuses_an_overlap_made_by_a_change(parties):
    in_transaction(lambda: a_membership(*parties))
    early = in_transaction(
        lambda: a_membership(*parties, valid_from=date(2010, 7, 1), valid_to=date(2011, 6, 30))
    )

    def work():
        db.session.get(Membership, early.id).valid_to = date(2020, 7, 1)
        db.session.flush()

    with pytest.raises(DBAPIError, match="memberships overlap"):
        in_transaction(work)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "club"},
        {"status": "gone"},
        {"slug": "Lexington"},
        {"slug": ""},
        {"name": ""},
        {"state": "ma"},
        {"source_year": 1900},
        {"kind": "district", "member_list_complete": True},
    ],
)
def test_the_database_itself_refuses_impossible_facts(database, wrong):
    with pytest.raises(DBAPIError):
        in_transaction(lambda: an_organisation(**{"kind": "collaborative"} | wrong))


@pytest.mark.parametrize("wrong", [{"email": "Upper@district.example"}, {"email": "x"}, {"name": ""}])
def test_the_database_itself_refuses_impossible_users(database, wrong):
    with pytest.raises(DBAPIError):
        in_transaction(lambda: a_user(None, **wrong))
