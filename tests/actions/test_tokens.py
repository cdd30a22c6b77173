"""Tokens: who may make one, as whom it acts, and when it stops."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from referral.actions import kept_answers, tokens
from referral.actions.kept_answers import Answered
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.tokens import KeptAnswer
from referral.queries import tokens as queries
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND, Assignment, Role
from tests.factories import a_collaborative, a_district, a_user, an_organisation
from tests.referrals import NOW

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def place():
    return a_district(state="MA")


@pytest.fixture
def maker(place):
    return a_user(Role.DIRECTOR, at=place)


def made(maker, place, **facts):
    said = {"lasts_days": 30, "now": NOW} | facts
    return tokens.make(actor_of(maker), place, said.pop("name", "Seat board"), **said)


def test_a_token_acts_in_the_daily_role_of_its_organization_and_no_other(maker, place):
    row, secret = made(maker, place)

    found = queries.bearer(secret, NOW)

    assert found.actor.assignments == (Assignment(Role.COORDINATOR, place.id),)
    assert found.actor.user_id == maker.id
    assert found.actor.door == f"token:{row.ref}"


def test_a_collaboratives_token_does_what_its_staff_does():
    place = a_collaborative()
    _, secret = made(a_user(Role.COLLABORATIVE_ADMINISTRATOR, at=place), place)

    assert queries.bearer(secret, NOW).actor.assignments == (Assignment(Role.COLLABORATIVE_STAFF, place.id),)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SITE_ADMINISTRATOR])
def test_others_make_none(place, role):
    with pytest.raises(NotPermitted):
        made(a_user(role, at=place if role is Role.COORDINATOR else None), place)


def test_a_director_makes_none_for_another_district(maker):
    with pytest.raises(NotPermitted):
        made(maker, a_district())


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"lasts_days": 0}, "lasts_days"),
        ({"lasts_days": 367}, "lasts_days"),
    ],
)
def test_a_token_needs_a_name_and_an_end(maker, place, facts, field):
    with pytest.raises(InvalidInput) as caught:
        made(maker, place, **facts)

    assert [problem.field for problem in caught.value.errors] == [field]


def test_the_platform_has_none():
    place = an_organisation("platform")

    with pytest.raises(InvalidInput):
        tokens.make(COMMAND, place, "Seat board", lasts_days=30, now=NOW)


def test_it_works_to_the_end_of_its_last_day_where_the_organization_is(maker, place):
    row, secret = made(maker, place, lasts_days=1)
    end_in_boston = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)

    assert row.expires_on == date(2026, 11, 24)
    assert queries.bearer(secret, end_in_boston - timedelta(seconds=1)) is not None
    assert queries.bearer(secret, end_in_boston) is None


def test_it_stops_when_it_is_revoked_and_revoking_twice_changes_nothing(maker, place):
    row, secret = made(maker, place)

    tokens.revoke(actor_of(maker), row.ref, now=NOW)
    again = tokens.revoke(COMMAND, row.ref, now=NOW + timedelta(days=1))

    assert queries.bearer(secret, NOW) is None
    assert again.revoked_at == NOW
    assert [event.tag for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))] == [
        "token:secret:made",
        "token:secret:revoked",
    ]


def test_it_stops_when_its_maker_is_disabled(maker, place):
    _, secret = made(maker, place)
    maker.active = False
    db.session.flush()

    assert queries.bearer(secret, NOW) is None


def test_it_stops_when_its_maker_could_not_make_it_any_more(maker, place):
    _, secret = made(maker, place)
    maker.assignments[0].role = Role.COORDINATOR.value
    db.session.flush()

    assert queries.bearer(secret, NOW) is None


@pytest.mark.parametrize("secret", ["", "placewell_nothing", "x" * 5000, "\0", "é"])
def test_what_is_no_secret_of_ours_opens_nothing(secret):
    assert queries.bearer(secret, NOW) is None


def test_another_districts_director_neither_sees_nor_revokes_it(maker, place):
    row, _ = made(maker, place)
    stranger = actor_of(a_user(Role.DIRECTOR))

    assert list(queries.listed(stranger)) == []
    with pytest.raises(RecordNotFound):
        tokens.revoke(stranger, row.ref, now=NOW)


def test_the_day_of_use_is_kept(maker, place):
    row, _ = made(maker, place)

    tokens.note_used(row.id, date(2026, 11, 23))

    db.session.refresh(row)
    assert row.last_used_on == date(2026, 11, 23)


def test_kept_answers_are_forgotten_after_two_days(maker, place):
    row, _ = made(maker, place)
    assert kept_answers.claim(row.id, "k-1", "0" * 64, now=NOW) is None
    kept_answers.keep(row.id, "k-1", Answered(200, "{}", None))

    kept_answers.forget_old(NOW + timedelta(days=2))
    still = kept_answers.claim(row.id, "k-1", "0" * 64, now=NOW)
    kept_answers.forget_old(NOW + timedelta(days=2, seconds=1))

    assert still == Answered(200, "{}", None)
    assert db.session.scalars(select(KeptAnswer)).all() == []
