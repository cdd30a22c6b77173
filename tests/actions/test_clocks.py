"""The clocks at work: what a tick does on which day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from referral.actions import disclosures
from referral.actions.transactions import in_transaction
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Referral
from referral.models.settings import DayOff, OrganisationSettings
from referral.queries import referrals as queries
from referral.rules.due_acts import DueKind
from referral.rules.referrals import State, Verb
from tests.clocks import TO_OFFER, at, notices, started, state_of, tick
from tests.programs import TODAY, room_of
from tests.referrals import a_cast, moved, referred

pytestmark = pytest.mark.usefixtures("database")


def test_an_enquiry_is_reminded_of_and_expires_after_its_last_day():
    cast, [row] = started(Verb.APPROVE)
    # Three working days from Monday, November 23, over Thanksgiving; ten end on December 8.
    assert (row.remind_on, row.due_on) == (date(2026, 11, 27), date(2026, 12, 8))

    assert tick(date(2026, 11, 26)) == {}
    assert tick(date(2026, 11, 27)) == {DueKind.REMINDED: 1}
    assert tick(date(2026, 12, 7)) == {}
    assert tick(date(2026, 12, 8)) == {DueKind.REMINDED: 1}
    assert state_of(row) is State.ENQUIRY_SENT
    assert tick(date(2026, 12, 9)) == {DueKind.EXPIRED: 1}
    assert state_of(row) is State.EXPIRED
    assert row.ended_on == date(2026, 12, 9)
    assert notices("clock_reminder") == [cast.river_staff.user_id] * 2
    assert set(notices("expire")) == {cast.coordinator.user_id, cast.river_staff.user_id}


def test_the_last_day_lasts_until_midnight_where_the_program_is():
    _, [row] = started(Verb.APPROVE)

    assert DueKind.EXPIRED not in tick(date(2026, 12, 9), hour=4)  # 11 in the evening of December 8
    assert state_of(row) is State.ENQUIRY_SENT
    assert tick(date(2026, 12, 9), hour=5) == {DueKind.EXPIRED: 1}


def test_midnight_in_chicago_is_an_hour_later():
    _, [row] = started(Verb.APPROVE)
    _set_zone("river", "America/Chicago")

    assert DueKind.EXPIRED not in tick(date(2026, 12, 9), hour=5)
    assert tick(date(2026, 12, 9), hour=6) == {DueKind.EXPIRED: 1}
    assert state_of(row) is State.EXPIRED


def test_own_days_off_and_own_counts_move_a_clock():
    def make():
        cast = a_cast()
        river = db.session.scalars(select(Organisation).where(Organisation.slug == "river")).one()
        for day in (24, 25):
            db.session.add(DayOff(organisation_id=river.id, day=date(2026, 11, day)))
        own = OrganisationSettings(
            organisation_id=river.id, zone="America/New_York", clock_days={"enquiry_expire": 1}
        )
        db.session.add(own)
        [row] = referred(cast)
        return moved(cast, row, Verb.APPROVE)

    row = in_transaction(make)

    # Tuesday and Wednesday off, Thursday Thanksgiving: one working day later is Friday.
    assert row.due_on == date(2026, 11, 27)


def test_the_days_of_the_clock_change_count_as_one_each():
    _, [row] = started(Verb.APPROVE)
    in_transaction(
        lambda: db.session.execute(
            update(Referral).values(due_on=date(2027, 3, 14), remind_on=None, enquiry_until=None)
        )
    )

    assert DueKind.EXPIRED not in tick(date(2027, 3, 15), hour=3)  # 11 in the evening, summer time
    assert tick(date(2027, 3, 15), hour=4) == {DueKind.EXPIRED: 1}
    assert state_of(row) is State.EXPIRED


def test_a_program_that_acknowledged_is_reminded_on_the_last_day_only():
    started(Verb.APPROVE, Verb.ACKNOWLEDGE)

    assert tick(date(2026, 12, 7)) == {}
    assert tick(date(2026, 12, 8)) == {DueKind.REMINDED: 1}


def test_a_referral_nobody_approves_reminds_the_director_and_is_overdue():
    cast, [row] = started()
    assert row.due_on == date(2026, 11, 25)

    assert tick(date(2026, 11, 24)) == {}
    assert tick(date(2026, 11, 25)) == {DueKind.REMINDED: 1}
    assert tick(date(2026, 11, 26)) == {DueKind.OVERDUE: 1}
    assert tick(date(2027, 5, 3)) == {}
    assert notices("clock_reminder") == notices("clock_overdue") == [cast.director.user_id]


def test_an_overdue_decision_is_told_to_the_program_and_the_director():
    cast, [row] = started(*TO_OFFER[:3])
    assert row.due_on == date(2026, 12, 8)

    assert tick(date(2026, 12, 8)) == {DueKind.REMINDED: 1}
    assert tick(date(2026, 12, 9)) == {DueKind.OVERDUE: 1}
    assert set(notices("clock_overdue")) == {cast.river_staff.user_id, cast.director.user_id}


def test_an_offer_is_reminded_of_and_lapses_and_the_seat_is_free():
    _, [row] = started(*TO_OFFER)
    held = room_of().held

    assert tick(date(2026, 12, 12)) == {}
    assert tick(date(2026, 12, 13)) == {DueKind.HOLD_ENDING: 1}
    assert tick(date(2026, 12, 20)) == {DueKind.HOLD_ENDING: 1}
    assert tick(date(2026, 12, 23)) == {}
    assert state_of(row) is State.OFFERED
    assert tick(date(2026, 12, 24)) == {DueKind.LAPSED: 1}
    assert state_of(row) is State.LAPSED
    assert room_of().held == held - 1


def test_an_extended_offer_has_reminders_of_its_own():
    cast, [row] = started(*TO_OFFER)
    tick(date(2026, 12, 20))
    in_transaction(lambda: moved(cast, row, Verb.EXTEND, now=at(date(2026, 12, 21))))

    assert tick(date(2026, 12, 24)) == {}
    assert tick(date(2027, 1, 12)) == {DueKind.HOLD_ENDING: 1}
    assert tick(date(2027, 1, 16)) == {DueKind.LAPSED: 1}


def test_an_interesting_enquiry_ends_after_thirty_days():
    _, [row] = started(Verb.APPROVE, Verb.SHOW_INTEREST)
    assert row.enquiry_until == date(2026, 12, 23)

    tick(date(2026, 12, 2))
    assert tick(date(2026, 12, 20)) == {DueKind.REMINDED: 1}
    assert tick(date(2026, 12, 23)) == {}
    assert tick(date(2026, 12, 24)) == {DueKind.EXPIRED: 1}
    assert state_of(row) is State.EXPIRED


def test_a_place_in_line_lives_as_long_as_it_is_confirmed():
    cast, [row] = started(Verb.APPROVE, Verb.WAITLIST)
    assert (row.due_on, row.enquiry_until) == (date(2026, 12, 23), date(2026, 12, 23))

    assert tick(date(2026, 12, 23)) == {DueKind.REMINDED: 1}
    in_transaction(lambda: moved(cast, row, Verb.RECONFIRM, now=at(date(2026, 12, 23))))
    assert row.due_on == row.enquiry_until == date(2027, 1, 22)
    assert tick(date(2026, 12, 24)) == {}
    assert tick(date(2027, 1, 23)) == {DueKind.EXPIRED: 1}


def test_a_late_place_in_line_leaves_a_few_days_to_confirm_it():
    cast, [row] = started(Verb.APPROVE)
    in_transaction(
        lambda: db.session.execute(
            update(Referral).values(due_on=date(2027, 1, 22), enquiry_until=date(2026, 12, 23))
        )
    )
    db.session.expire_all()
    in_transaction(lambda: moved(cast, row, Verb.WAITLIST, now=at(date(2026, 12, 22))))

    assert row.due_on == row.enquiry_until == date(2026, 12, 27)


def test_a_reopened_enquiry_has_its_days_again():
    cast, [row] = started(Verb.APPROVE, Verb.SHOW_INTEREST)
    tick(date(2026, 12, 24))
    in_transaction(lambda: moved(cast, row, Verb.REOPEN, now=at(date(2026, 12, 28))))

    assert state_of(row) is State.INTERESTED
    assert row.enquiry_until == date(2027, 1, 27)
    assert tick(date(2026, 12, 29)) == {}


def test_the_packet_ends_the_limit_of_the_enquiry():
    _, [row] = started(*TO_OFFER[:3])

    assert row.enquiry_until is None


def test_a_placement_tells_its_start_its_reviews_and_its_return():
    cast, [row] = started(*TO_OFFER, Verb.ACCEPT, Verb.ENROLL)
    assert (row.start_on, row.monitor_on) == (date(2027, 1, 4), date(2027, 4, 4))

    assert tick(date(2027, 1, 3)) == {}
    assert tick(date(2027, 1, 4)) == {DueKind.STARTED: 1}
    assert tick(date(2027, 4, 4)) == {DueKind.REVIEW_DUE: 1}
    assert tick(date(2027, 4, 5)) == {DueKind.OVERDUE: 1}
    now, done = at(date(2027, 4, 6)), date(2027, 4, 6)
    in_transaction(lambda: moved(cast, row, Verb.MONITOR, now=now, done_on=done))
    assert row.due_on == date(2027, 7, 5)
    assert tick(date(2027, 7, 4)) == {}


def test_the_day_of_a_return_is_told_once():
    _, [row] = started(*TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN)
    tick(date(2027, 1, 4))

    assert row.return_on == date(2027, 6, 22)
    assert tick(date(2027, 6, 21)) == {}
    assert tick(date(2027, 6, 22)) == {DueKind.RETURN_REACHED: 1}
    assert tick(date(2027, 6, 23)) == {DueKind.OVERDUE: 1}


def test_a_consent_that_ends_is_told_and_one_that_ended_is_not():
    cast, [row] = started(*TO_OFFER[:3])
    last = queries.live_disclosure(row, TODAY).expires_on
    tick(date(2027, 1, 4))

    assert tick(last - timedelta(days=31)) == {}
    assert tick(last - timedelta(days=30)) == {DueKind.DISCLOSURE_ENDING: 1}
    assert tick(last - timedelta(days=7)) == {DueKind.DISCLOSURE_ENDING: 1}
    assert tick(last + timedelta(days=1)) == {}
    assert set(notices("disclosure_ends")) == {cast.coordinator.user_id}


def test_a_revoked_consent_is_not_told_to_end():
    cast, [row] = started(*TO_OFFER[:3])
    record = queries.live_disclosure(row, TODAY)
    tick(date(2027, 1, 4))
    in_transaction(lambda: disclosures.revoke(cast.coordinator, record.ref, today=TODAY))

    assert tick(record.expires_on - timedelta(days=5)) == {}


def test_a_second_look_has_its_clock():
    cast, [row] = started(Verb.APPROVE, Verb.DECLINE, Verb.ASK_SECOND_LOOK)
    assert row.due_on == date(2026, 12, 1)

    assert tick(date(2026, 12, 1)) == {DueKind.REMINDED: 1}
    assert tick(date(2026, 12, 2)) == {DueKind.OVERDUE: 1}
    in_transaction(lambda: moved(cast, row, Verb.UPHOLD, now=at(date(2026, 12, 3))))
    assert tick(date(2026, 12, 20)) == {}


def _set_zone(slug: str, zone: str) -> None:
    def make() -> None:
        place = db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
        db.session.add(OrganisationSettings(organisation_id=place.id, zone=zone))

    in_transaction(make)
