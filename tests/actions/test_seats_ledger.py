"""Every change of a room's numbers has its line in the ledger, and referrals keep the seats they need."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from referral.actions import rooms, seats
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.base import db
from referral.models.seats import SeatMove
from referral.queries.seat_ledger import accounts, claims_of, moves_by_referrals
from referral.rules.permissions import COMMAND
from referral.rules.referrals import Verb
from referral.rules.seat_ledger import faults_of
from referral.rules.seats import SeatNumbers
from referral.wording import sentence
from tests.programs import PROGRAM, ROOM, TODAY, a_file, load_file, room_of
from tests.referrals import a_cast, moved, referred, staff_at

pytestmark = pytest.mark.usefixtures("database")
TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)
TO_ENROLLED = (*TO_OFFER, Verb.ACCEPT, Verb.ENROLL)


def kinds(key="room-1"):
    statement = select(SeatMove.kind).where(SeatMove.room_id == room_of(key=key).id).order_by(SeatMove.id)
    return db.session.scalars(statement).all()


def all_agree():
    return [fault for account in accounts(COMMAND) for fault in faults_of(account)] == []


def save(actor, **numbers):
    changed = replace(seats.numbers_of(room_of()), **numbers)
    return seats.update(actor, "bridge", "room-1", changed, version_seen=room_of().version, today=TODAY)


@pytest.fixture
def offer():
    """A referral to the Bridge Program with a seat offered in its first room."""
    cast = a_cast()
    [row] = referred(cast)
    return cast, moved(cast, row, *TO_OFFER)


def test_rooms_of_a_file_begin_their_ledger():
    load_file()

    assert kinds() == ["imported"]
    assert all_agree()


def test_a_room_without_seats_has_no_line():
    load_file(a_file(PROGRAM | {"rooms": [ROOM | {"seats": None}]}))

    assert kinds() == []
    assert all_agree()


def test_new_numbers_of_a_file_are_a_line():
    load_file()
    load_file(a_file(PROGRAM | {"rooms": [ROOM | {"seats": {"licensed": 9, "enrolled": 4}}]}))

    assert kinds() == ["imported", "imported"]
    assert (room_of().licensed, room_of().held) == (9, 0)
    assert all_agree()


def test_what_staff_enter_is_a_line_and_still_right_is_none():
    load_file()
    staff = staff_at("river")

    save(staff, enrolled=6)
    seats.step(staff, "bridge", "room-1", "held", -1, version_seen=room_of().version, today=TODAY)
    seats.confirm(staff, "bridge", {"room-1": room_of().version}, today=TODAY)
    save(staff)

    assert kinds() == ["imported", "reported", "reported"]
    assert db.session.scalar(select(func.count()).where(SeatMove.actor_user_id == staff.user_id)) == 2
    assert all_agree()


def test_staff_cannot_give_away_a_seat_that_a_referral_holds(offer):
    cast, _ = offer

    with pytest.raises(InvalidInput) as refused:
        save(cast.river_staff, held=0)

    assert sentence(refused.value.errors[0]) == "Referrals hold 1 here. Enter 1 or more."
    assert refused.value.errors[0].field == "held"
    save(cast.river_staff, held=1)
    assert all_agree()


def test_staff_cannot_count_a_placed_student_out(offer):
    cast, row = offer
    moved(cast, row, Verb.ACCEPT, Verb.ENROLL)

    with pytest.raises(InvalidInput) as refused:
        save(cast.river_staff, enrolled=0)

    assert [(one.field, one.facts) for one in refused.value.errors] == [("enrolled", {"count": 1})]
    save(cast.river_staff, enrolled=1)


@pytest.mark.parametrize("more", [(), (Verb.ACCEPT,), (Verb.ACCEPT, Verb.ENROLL)])
def test_a_room_that_referrals_need_is_not_retired(offer, more):
    cast, row = offer
    moved(cast, row, *more)

    with pytest.raises(InvalidInput) as refused:
        rooms.retire(cast.river_staff, "bridge", "room-1", version_seen=room_of().version, today=TODAY)

    assert "Referrals hold or fill 1 of this room" in sentence(refused.value)


def test_a_file_leaves_the_seats_of_a_room_that_referrals_need(offer):
    load_file(a_file(PROGRAM | {"rooms": [ROOM | {"seats": {"licensed": 2, "enrolled": 2}}]}))
    assert (room_of().licensed, room_of().held) == (8, 2)

    load_file(a_file(PROGRAM | {"rooms": []}))

    assert room_of().retired_on is None
    assert all_agree()


def test_once_referrals_have_ended_the_room_is_the_staff_s_again(offer):
    cast, row = offer
    moved(cast, row, Verb.REFUSE)

    save(cast.river_staff, held=0)
    rooms.retire(cast.river_staff, "bridge", "room-1", version_seen=room_of().version, today=TODAY)

    assert room_of().retired_on == TODAY
    assert all_agree()


def test_a_retired_room_is_restored_with_its_seats():
    load_file()
    staff, before = staff_at("river"), SeatNumbers(**vars(seats.numbers_of(room_of())))
    rooms.retire(staff, "bridge", "room-1", version_seen=1, today=TODAY)

    with pytest.raises(StaleUpdate):
        rooms.restore(staff, "bridge", "room-1", version_seen=1)
    rooms.restore(staff, "bridge", "room-1", version_seen=2)

    assert (room_of().retired_on, seats.numbers_of(room_of())) == (None, before)
    with pytest.raises(RecordNotFound):
        rooms.restore(staff, "bridge", "room-1", version_seen=3)


def test_staff_of_another_collaborative_restore_nothing(offer):
    cast, row = offer
    moved(cast, row, Verb.REFUSE)
    rooms.retire(cast.river_staff, "bridge", "room-1", version_seen=room_of().version, today=TODAY)

    with pytest.raises(RecordNotFound):
        rooms.restore(cast.lake_staff, "bridge", "room-1", version_seen=room_of().version)


def test_the_history_tells_what_referrals_did_without_naming_the_district(offer):
    cast, row = offer
    moved(cast, row, Verb.ACCEPT, Verb.ENROLL)

    lines = moves_by_referrals(cast.river_staff, "bridge")

    assert [(one.enrolled, one.held, one.referral) for one in lines] == [(1, -1, row.ref), (0, 1, row.ref)]
    assert [one.who for one in lines] == [None, cast.river_staff.name]
    with pytest.raises(RecordNotFound):
        moves_by_referrals(cast.lake_staff, "bridge")


def test_claims_follow_the_states(offer):
    cast, row = offer
    assert (claims_of(room_of()).held, claims_of(room_of()).enrolled) == (1, 0)

    moved(cast, row, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN)
    assert (claims_of(room_of()).held, claims_of(room_of()).enrolled) == (0, 1)

    moved(cast, row, Verb.RETURN)
    assert (claims_of(room_of()).held, claims_of(room_of()).enrolled) == (0, 0)
    assert all_agree()


def test_a_step_lets_go_of_openings_that_have_passed():
    load_file()
    staff = staff_at("river")
    later = date(2027, 2, 1)

    seats.step(staff, "bridge", "room-1", "enrolled", 1, version_seen=1, today=later)

    assert (room_of().enrolled, room_of().openings) == (6, [])


def test_a_page_that_names_the_month_keeps_the_day_of_a_planned_return(offer):
    cast, row = offer
    moved(cast, row, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN)
    db.session.expire_all()
    months = [replace(one, on=one.on.replace(day=1)) for one in seats.numbers_of(room_of()).openings]

    save(cast.river_staff, openings=tuple(months))
    assert row.return_on in {one.opens_on for one in room_of().openings}

    moved(cast, row, Verb.STAY)
    db.session.expire_all()
    assert row.return_on not in {one.opens_on for one in room_of().openings}
