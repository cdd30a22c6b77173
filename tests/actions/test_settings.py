"""Settings: what the action refuses whatever the page sent, and two who save at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.actions import settings as actions
from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.base import db
from referral.queries import settings as queries
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND, Role
from referral.rules.settings import DAYS_OFF_MOST, Settings, days_off_between
from tests.factories import a_district, a_user
from tests.programs import TODAY

pytestmark = pytest.mark.usefixtures("database")


def a_director(slug: str = "lexington"):
    return actor_of(a_user(Role.DIRECTOR, at=a_district(slug=slug, state="MA")))


def test_a_deputy_from_elsewhere_is_refused():
    director, stranger = a_director(), a_user(Role.COORDINATOR)

    with pytest.raises(InvalidInput) as refused:
        actions.save(director, "lexington", Settings(deputy_id=stranger.id), version_seen=0)
    assert [one.code for one in refused.value.errors] == ["deputy_unknown"]


def test_settings_that_cannot_be_are_refused():
    wrong = Settings(zone="Mars/Base", clock_days={"decide": 0, "nap": 3}, live_referrals_max=99)

    with pytest.raises(InvalidInput) as refused:
        actions.save(a_director(), "lexington", wrong, version_seen=0)
    fields = {one.field for one in refused.value.errors}
    assert fields == {"zone", "clock_days-decide", "clock_days-nap", "live_referrals_max"}


def test_another_s_settings_are_not_found():
    director = a_director()
    a_director("arlington")

    for act in (
        lambda: actions.save(director, "arlington", Settings(), version_seen=0),
        lambda: actions.add_days_off(director, "arlington", TODAY, TODAY, today=TODAY),
        lambda: actions.remove_day_off(director, "arlington", TODAY),
    ):
        with pytest.raises(RecordNotFound):
            act()


def test_days_off_do_not_pile_up_without_end():
    director = a_director()
    first = date(TODAY.year, 1, 1)
    added = 0
    while added <= DAYS_OFF_MOST - 70:
        last = first + timedelta(days=97)
        added += actions.add_days_off(director, "lexington", first, last, today=TODAY)
        first = last + timedelta(days=1)

    with pytest.raises(InvalidInput) as refused:
        actions.add_days_off(director, "lexington", first, first + timedelta(days=97), today=TODAY)
    assert [one.code for one in refused.value.errors] == ["days_off_many"]


def test_a_weekend_is_no_day_off_of_its_own():
    saturday = date(2026, 12, 5)

    assert days_off_between(saturday, saturday + timedelta(days=1), today=TODAY) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_of_several_who_save_at_once_one_wins(app, is_first):
    director = in_transaction(a_director)
    version = 0
    if not is_first:
        in_transaction(lambda: actions.save(director, "lexington", Settings(), version_seen=0))
        version = 1
    db.session.remove()

    def save(number: int) -> int:
        wanted = replace(Settings(), live_referrals_max=5 + number)
        with app.app_context():
            try:
                in_transaction(lambda: actions.save(director, "lexington", wanted, version_seen=version))
            except StaleUpdate:
                return 0
            finally:
                db.session.remove()
            return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(save, range(4))) == 1

    assert queries.version_of(queries.editable(director, "lexington")) == version + 1


def test_the_command_has_no_organization_of_its_own():
    a_director()

    with pytest.raises(Exception, match="not_permitted"):
        queries.editable(COMMAND, "lexington")
