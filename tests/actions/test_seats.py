"""What staff do to seats: save, step, confirm; the history is append-only."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from referral.actions import seats
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.programs import Program
from referral.models.seats import Room, SeatReport
from referral.queries import seats as queries
from referral.queries.catalog import mark
from referral.queries.users import actor_of
from referral.rules.seats import ExpectedOpening, SeatNumbers
from tests.factories import a_collaborative, a_user
from tests.programs import TODAY, a_program, room_of

pytestmark = pytest.mark.usefixtures("database")
NUMBERS = SeatNumbers(
    licensed=9,
    enrolled=6,
    held=1,
    youngest_months=80,
    oldest_months=120,
    openings=(ExpectedOpening(date(2027, 1, 1), 1), ExpectedOpening(date(2027, 9, 1), 2)),
)


@pytest.fixture
def staff(database):
    return actor_of(a_user("collaborative_staff", at=a_program().organisation))


@pytest.fixture
def stranger(staff):
    return actor_of(a_user("collaborative_staff", at=a_collaborative()))


def save(actor, numbers=NUMBERS, key="room-1", version=1):
    return seats.update(actor, "bridge", key, numbers, version_seen=version, today=TODAY)


def reports(key="room-1"):
    statement = select(SeatReport).where(SeatReport.room_id == room_of(key=key).id).order_by(SeatReport.id)
    return db.session.scalars(statement).all()


def test_saved_numbers_are_confirmed_today_by_their_author(staff):
    room = save(staff)

    assert seats.numbers_of(room) == NUMBERS
    assert (room.confirmed_on, room.confirmed_by, room.version) == (TODAY, staff.user_id, 2)


def test_a_save_leaves_a_report_an_audit_line_and_a_new_mark(staff):
    before = mark()

    save(staff)

    assert (reports()[-1].kind, reports()[-1].enrolled, len(reports()[-1].openings)) == ("changed", 6, 2)
    assert db.session.scalars(select(AuditEvent.tag)).all()[-1] == "program:seats:updated"
    assert mark() != before


def test_real_numbers_end_an_example(staff):
    room = save(staff, key="room-2")

    assert not room.is_example
    assert not reports("room-2")[-1].is_example


def test_an_opening_of_the_same_month_keeps_its_row(staff):
    kept = room_of().openings[0].id

    save(staff)

    assert kept in {opening.id for opening in room_of().openings}


@pytest.mark.parametrize("numbers", [replace(NUMBERS, enrolled=9), replace(NUMBERS, licensed=-1)])
def test_impossible_numbers_are_refused_and_nothing_changes(staff, numbers):
    with pytest.raises(InvalidInput):
        save(staff, numbers)

    assert (room_of().enrolled, room_of().version, len(reports())) == (5, 1, 1)


@pytest.mark.parametrize(
    "impossible",
    [
        {"enrolled": 8},
        {"enrolled": -1},
        {"held": -1},
        {"licensed": 501},
        {"licensed": None},
        {"youngest_months": 130, "oldest_months": 120},
        {"oldest_months": 301},
    ],
)
def test_the_database_refuses_impossible_numbers_by_itself(staff, impossible):
    with pytest.raises(DBAPIError):
        db.session.execute(update(Room).where(Room.key == "room-1").values(**impossible))


def test_a_stale_save_is_refused(staff):
    save(staff)

    with pytest.raises(StaleUpdate):
        save(staff, version=1)

    assert room_of().version == 2


def test_staff_of_another_collaborative_find_no_room(stranger):
    with pytest.raises(RecordNotFound):
        save(stranger)


@pytest.mark.parametrize("key", ["nothing", "room\x00", "room-1\n"])
def test_a_room_that_is_not_there_is_not_found(staff, key):
    with pytest.raises(RecordNotFound):
        save(staff, key=key)


def test_a_retired_room_is_not_found(staff):
    room_of().retired_on = TODAY

    with pytest.raises(RecordNotFound):
        save(staff)


def test_one_seat_more_or_less(staff):
    seats.step(staff, "bridge", "room-1", "enrolled", 1, version_seen=1, today=TODAY)

    room = seats.step(staff, "bridge", "room-1", "held", -1, version_seen=2, today=TODAY)

    assert (room.licensed, room.enrolled, room.held) == (8, 6, 0)


def test_a_step_beyond_the_license_is_refused(staff):
    save(staff, replace(NUMBERS, enrolled=8))

    with pytest.raises(InvalidInput):
        seats.step(staff, "bridge", "room-1", "held", 1, version_seen=2, today=TODAY)


def test_still_right_renews_the_day_and_nothing_else(staff):
    before = seats.numbers_of(room_of())

    count = seats.confirm(staff, "bridge", {"room-1": 1}, today=TODAY)

    assert count == 1
    assert seats.numbers_of(room_of()) == before
    assert (room_of().confirmed_on, reports()[-1].kind) == (TODAY, "confirmed")


def test_still_right_of_what_changed_meanwhile_is_refused(staff):
    save(staff)

    with pytest.raises(StaleUpdate):
        seats.confirm(staff, "bridge", {"room-1": 1}, today=TODAY)


def test_an_example_is_not_confirmed_outside_the_demo(staff):
    with pytest.raises(InvalidInput) as refused:
        seats.confirm(staff, "bridge", {"room-2": 1}, today=TODAY)

    assert refused.value.code == "example_seats"


def test_an_example_confirmed_in_the_demo_stays_an_example(staff):
    seats.confirm(staff, "bridge", {"room-2": 1}, today=TODAY, examples_may_be_confirmed=True)

    assert (room_of(key="room-2").is_example, room_of(key="room-2").confirmed_on) == (True, TODAY)


def test_seats_never_entered_cannot_be_confirmed(staff):
    db.session.execute(update(Room).values(licensed=None, enrolled=None, held=0))
    db.session.expire_all()

    with pytest.raises(InvalidInput) as refused:
        seats.confirm(staff, "bridge", {"room-1": 1}, today=TODAY)

    assert refused.value.code == "seats_not_known"


def test_a_stranger_confirms_nothing(stranger):
    with pytest.raises(RecordNotFound):
        seats.confirm(stranger, "bridge", {}, today=TODAY)


@pytest.mark.parametrize("change", [update(SeatReport).values(enrolled=0), delete(SeatReport)])
def test_the_history_cannot_be_changed(staff, change):
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(change)


def test_the_history_names_who_and_what(staff):
    save(staff)

    lines = queries.history(staff, "bridge")

    assert [(line.room, line.kind, bool(line.who)) for line in lines] == [
        ("Room 1", "changed", True),
        ("Room 2", "imported", False),
        ("Room 1", "imported", False),
    ]


def test_staff_see_their_own_programs_only(staff, stranger):
    assert [(one.slug, len(one.rooms)) for one in queries.mine(staff)] == [("bridge", 2)]
    assert queries.mine(stranger) == []


def test_a_room_belongs_to_one_program(staff):
    assert (
        db.session.scalar(select(Program.slug).join(Room, Room.program_id == Program.id).limit(1)) == "bridge"
    )
    assert queries.room(staff, "bridge", "room-1").record.seats.licensed == 8
