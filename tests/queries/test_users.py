"""Reads of users."""

import pytest

from referral.actions.transactions import in_transaction
from referral.errors import NotPermitted, RecordNotFound
from referral.queries import users
from referral.rules.permissions import COMMAND, Assignment, Role
from tests.databases import at_most
from tests.factories import a_district, a_user


def test_an_actor_holds_what_the_user_holds(database):
    district = in_transaction(a_district)
    user = in_transaction(lambda: a_user("director", at=district))

    actor = users.actor_of(user)

    assert (actor.user_id, actor.assignments) == (user.id, (Assignment(Role.DIRECTOR, district.id),))


def test_only_an_administrator_reads_users(database):
    coordinator = users.actor_of(in_transaction(a_user))

    for read in (users.listed, users.administrators):
        with pytest.raises(NotPermitted):
            read(coordinator)


def test_a_list_of_users_takes_the_same_statements_however_many(database, engine):
    in_transaction(lambda: [a_user() for _ in range(30)])

    with at_most(3, engine):
        rows = users.listed(COMMAND).rows
        assert {held.organisation.name for user in rows for held in user.assignments}


def test_a_user_is_found_by_reference_and_by_address(database):
    user = in_transaction(lambda: a_user(email="ood@district.example"))

    assert users.get(COMMAND, user.ref.lower()).id == user.id
    assert users.with_email(COMMAND, " OOD@district.example").id == user.id
    with pytest.raises(RecordNotFound):
        users.with_email(COMMAND, "nobody@district.example")


def test_a_user_in_one_s_session_takes_two_statements_and_the_bell_one(app, engine, signed_in):
    browser = signed_in()

    with at_most(3, engine):
        browser.get("/help")
