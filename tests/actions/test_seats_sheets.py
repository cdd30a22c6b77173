"""A sheet of rooms that came back: shown beside the rooms as they are, and saved as a whole or not at all."""

from dataclasses import replace

import pytest

from referral.actions import seat_sheets, seats
from referral.errors import InvalidInput, StaleUpdate
from referral.formats.seats_sheet import Sheet
from referral.queries.seat_ledger import accounts
from referral.queries.seats import mine
from referral.rules.permissions import COMMAND
from referral.rules.referrals import Verb
from referral.rules.seat_ledger import faults_of
from referral.rules.seat_sheets import Outcome, SheetRow
from referral.rules.seats import SeatNumbers
from tests.programs import AGENCY, PROGRAM, ROOM, TODAY, a_file, load_file, room_of
from tests.rankings import HARBOR, LAKE
from tests.referrals import a_cast, moved, referred, staff_at

pytestmark = pytest.mark.usefixtures("database")
FIRST = SheetRow(2, "bridge", "room-1", 1, 8, 5, 1, 80, 112)
SECOND = SheetRow(3, "bridge", "room-3", 1, 6, 4)


@pytest.fixture
def staff():
    second = ROOM | {"key": "room-3", "name": "Room 3", "seats": {"licensed": 6, "enrolled": 4}}
    load_file(a_file(PROGRAM | {"rooms": [ROOM, second]}))
    return staff_at("river")


def look(actor, *rows):
    return seat_sheets.look_at(actor, Sheet(rows), today=TODAY)


def save(actor, *rows, **said):
    chosen = {"stale_seen": (), "keep_mine": (), "confirm_same": False} | said
    return seat_sheets.save(actor, Sheet(rows), **chosen, today=TODAY)


def codes(preview):
    return [(one.row, one.column, one.code) for one in preview.problems]


def test_a_sheet_as_it_went_out_changes_nothing(staff):
    assert [one.outcome for one in look(staff, FIRST, SECOND).rows] == [Outcome.SAME, Outcome.SAME]

    assert save(staff, FIRST, SECOND) == seat_sheets.Saved(0, 0)
    assert room_of().version == 1


def test_rows_that_differ_are_shown_and_then_saved_in_one_step(staff):
    rows = replace(FIRST, enrolled=6), replace(SECOND, held=2)
    [first, second] = look(staff, *rows).of(Outcome.CHANGED)
    assert (first.before.enrolled, first.after.enrolled, second.after.held) == (5, 6, 2)
    assert room_of().enrolled == 5

    assert save(staff, *rows).changed == 2

    assert (room_of().enrolled, room_of(key="room-3").held, room_of().confirmed_on) == (6, 2, TODAY)
    assert [opening.seats for opening in room_of().openings] == [2]
    assert [fault for one in accounts(COMMAND) for fault in faults_of(one)] == []


def test_the_rooms_that_do_not_change_are_confirmed_if_so_wished(staff):
    assert save(staff, FIRST, replace(SECOND, held=1), confirm_same=True) == seat_sheets.Saved(1, 1)
    assert (room_of().version, room_of().confirmed_on) == (2, TODAY)


def test_an_example_is_not_confirmed_by_a_sheet(staff):
    example = SheetRow(2, "bridge", "room-2", 1, 6, 4)

    assert save(staff, example, confirm_same=True) == seat_sheets.Saved(0, 0)


def test_one_row_that_cannot_be_keeps_all_from_being_saved(staff):
    rows = replace(FIRST, enrolled=6), replace(SECOND, enrolled=7)

    assert codes(look(staff, *rows)) == [(3, "Licensed", "seats_over_license")]
    with pytest.raises(InvalidInput):
        save(staff, *rows)
    assert room_of().enrolled == 5


def test_a_foreign_room_looks_like_one_that_is_not_there(staff):
    foreign, missing = replace(FIRST, number=2, program="harbor"), replace(FIRST, number=3, room="attic")
    load_file(a_file(PROGRAM, PROGRAM | HARBOR, agencies=(AGENCY, LAKE)))

    assert codes(look(staff, foreign, missing)) == [
        (2, "Room key", "sheet_room_unknown"),
        (3, "Room key", "sheet_room_unknown"),
    ]


def test_a_room_named_twice_is_refused(staff):
    assert codes(look(staff, FIRST, replace(FIRST, number=9))) == [(9, "Room key", "sheet_room_twice")]


def test_seats_that_referrals_hold_cannot_be_given_away_by_a_sheet():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)
    less = replace(FIRST, version=room_of().version, held=0)

    assert codes(look(cast.river_staff, less)) == [(2, "Held", "held_below_referrals")]


def test_a_room_changed_since_is_left_alone_unless_staff_keep_theirs(staff):
    other = SeatNumbers(licensed=8, enrolled=3)
    seats.update(staff, "bridge", "room-1", other, version_seen=1, today=TODAY)
    rows = replace(FIRST, enrolled=6), replace(SECOND, held=1)
    [stale] = look(staff, *rows).of(Outcome.STALE)
    assert (stale.before.enrolled, stale.after.enrolled) == (3, 6)
    key = seat_sheets.stale_key(stale)

    assert save(staff, *rows, stale_seen=[key]).changed == 1
    assert (room_of().enrolled, room_of(key="room-3").held) == (3, 1)

    again = replace(SECOND, version=2, held=1)
    assert save(staff, rows[0], again, stale_seen=[key], keep_mine=[key]).changed == 1
    assert room_of().enrolled == 6


def test_a_room_changed_while_the_sheet_was_looked_at_saves_nothing(staff):
    rows = replace(FIRST, enrolled=6), replace(SECOND, held=1)
    look(staff, *rows)
    seats.step(staff, "bridge", "room-1", "enrolled", -1, version_seen=1, today=TODAY)

    with pytest.raises(StaleUpdate):
        save(staff, *rows)
    assert (room_of().enrolled, room_of(key="room-3").held) == (4, 0)


def test_a_blank_row_leaves_its_room_alone(staff):
    blank = SheetRow(2, "bridge", "room-1", 1)

    assert [one.outcome for one in look(staff, blank).rows] == [Outcome.SAME]


def test_every_room_of_the_actor_s_programs_is_on_the_sheet(staff):
    assert [room.record.key for program in mine(staff) for room in program.rooms] == [
        "room-1",
        "room-3",
        "room-2",
    ]
