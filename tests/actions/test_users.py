"""What is done to users."""

import pytest
from sqlalchemy import select

from referral.actions import sessions, users
from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.users import EndedSession, User, new_uniquifier
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND, Role
from referral.rules.users import Invitation
from tests.factories import a_district, a_user, place_for

INVITATION = Invitation("ood@district.example", "Coordinator", Role.COORDINATOR)


def codes(work):
    with pytest.raises(InvalidInput) as caught:
        in_transaction(work)
    return [problem.code for problem in caught.value.errors]


def tags():
    return db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all()


def test_an_invited_user_has_a_role_an_opaque_reference_and_no_password(database):
    user = in_transaction(lambda: users.invite(COMMAND, INVITATION, a_district()))

    assert user.ref.startswith("U-")
    assert user.password is None
    assert [held.role for held in user.assignments] == ["coordinator"]
    assert tags() == ["user:account:invited"]


def test_an_address_is_invited_once_even_in_capitals(database):
    in_transaction(lambda: a_user(email="ood@district.example"))

    assert codes(lambda: users.invite(COMMAND, INVITATION, a_district())) == ["email_taken"]


def test_only_an_administrator_invites(database):
    coordinator = actor_of(in_transaction(a_user))

    with pytest.raises(NotPermitted):
        in_transaction(lambda: users.invite(coordinator, INVITATION, a_district()))


@pytest.mark.parametrize(
    "change",
    [
        lambda user: users.issue_link(COMMAND, user),
        lambda user: users.disable(COMMAND, user),
        lambda user: users.give_role(COMMAND, user, Role.DIRECTOR, user.assignments[0].organisation),
        lambda user: users.take_role(COMMAND, user, Role.COORDINATOR, user.assignments[0].organisation),
    ],
)
def test_whatever_changes_what_a_user_may_do_ends_the_sessions(database, change):
    user = in_transaction(a_user)
    before = user.fs_uniquifier

    in_transaction(lambda: change(db.session.get(User, user.id)))

    assert db.session.get(User, user.id).fs_uniquifier != before


def test_the_last_site_administrator_stays(database):
    last = in_transaction(lambda: a_user("site_administrator"))
    in_transaction(lambda: a_user("site_administrator", active=False))
    place = last.assignments[0].organisation

    assert codes(lambda: users.disable(COMMAND, last)) == ["last_administrator"]
    assert codes(lambda: users.take_role(COMMAND, last, Role.SITE_ADMINISTRATOR, place)) == [
        "last_administrator"
    ]


def test_one_of_two_site_administrators_may_go(database):
    first, second = in_transaction(lambda: [a_user("site_administrator"), a_user("site_administrator")])

    in_transaction(lambda: users.disable(actor_of(second), first))

    assert not db.session.get(User, first.id).active


def test_an_administrator_keeps_the_own_account_and_role(database):
    own = in_transaction(lambda: a_user("site_administrator"))
    place = own.assignments[0].organisation

    assert codes(lambda: users.disable(actor_of(own), own)) == ["own_account"]
    assert codes(lambda: users.take_role(actor_of(own), own, Role.SITE_ADMINISTRATOR, place)) == [
        "own_account"
    ]


def test_a_role_is_given_once(database):
    user = in_transaction(a_user)
    place = user.assignments[0].organisation

    assert codes(lambda: users.give_role(COMMAND, user, Role.COORDINATOR, place)) == ["role_held_already"]


def test_a_role_that_is_not_held_is_not_found(database):
    user = in_transaction(a_user)
    elsewhere = in_transaction(lambda: place_for(Role.DIRECTOR))

    with pytest.raises(RecordNotFound):
        in_transaction(lambda: users.take_role(COMMAND, user, Role.DIRECTOR, elsewhere))


def test_a_disabled_user_is_enabled_again(database):
    user = in_transaction(lambda: a_user(active=False))

    in_transaction(lambda: users.enable(COMMAND, user))

    assert db.session.get(User, user.id).active
    assert tags() == ["user:account:enabled"]


def test_a_session_is_ended_once_and_forgotten_when_it_is_too_old_to_matter(database):
    user = in_transaction(a_user)
    old = sessions.utc_now() - sessions.KEEP_ENDED * 2
    in_transaction(lambda: db.session.add(EndedSession(session_key="old", ended_at=old)))

    for _ in range(2):
        in_transaction(lambda: sessions.end(actor_of(user), user.ref, "new"))

    assert db.session.scalars(select(EndedSession.session_key)).all() == ["new"]


def test_uniquifiers_differ():
    assert new_uniquifier() != new_uniquifier()
