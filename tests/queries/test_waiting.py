"""What waits for an actor comes from the actor's own organizations only."""

from datetime import date

import pytest

from referral.actions.transactions import in_transaction
from referral.errors import NotPermitted
from referral.queries import waiting
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND
from tests.factories import a_user

TODAY = date(2026, 9, 1)


def test_a_new_district_has_nothing_under_way(database):
    actor = actor_of(in_transaction(lambda: a_user("director")))

    assert waiting.district_work(actor) == waiting.DistrictWork(0, 0, None, 0)


def test_a_new_collaborative_has_no_rooms(database):
    actor = actor_of(in_transaction(lambda: a_user("collaborative_staff")))

    assert waiting.seat_work(actor, TODAY) == waiting.SeatWork(0, 0, 0)


def test_each_kind_of_work_needs_its_role(database):
    director, staff = (
        actor_of(in_transaction(lambda role=role: a_user(role)))
        for role in ("director", "collaborative_staff")
    )

    for read in (lambda: waiting.district_work(staff), lambda: waiting.seat_work(director, TODAY)):
        with pytest.raises(NotPermitted):
            read()


def test_invited_users_without_a_password_are_counted(database):
    in_transaction(lambda: [a_user(), a_user(password="chosen"), a_user(active=False), a_user(is_demo=True)])

    assert waiting.users_without_password(COMMAND) == 1
