"""Reading programs: records, profiles kept in the process, one program, snapshots."""

import json
from datetime import date

import pytest

from referral.actions.directory import touch
from referral.errors import NotPermitted, RecordNotFound
from referral.models.base import db
from referral.queries import catalog
from referral.queries.directory import Home, directory, home_of, lines, page_of
from referral.queries.programs import get, get_own, profiles, records_snapshot
from referral.queries.users import actor_of
from referral.rules.directory import Filters
from referral.rules.permissions import COMMAND, NOBODY, Permission
from tests.databases import at_most
from tests.factories import a_collaborative, a_district, a_user
from tests.programs import PROGRAM, TODAY, a_file, a_program, load_file, room_of

pytestmark = pytest.mark.usefixtures("database")


def test_profiles_are_read_once_per_change(engine):
    a_program()
    profiles(COMMAND, TODAY, with_examples=True)

    with at_most(1, engine):
        again = profiles(COMMAND, TODAY, with_examples=True)

    assert [profile.key for profile in again.profiles] == ["bridge"]


def test_a_change_is_seen_at_once():
    a_program()
    before = profiles(COMMAND, TODAY, with_examples=True).profiles[0]

    room_of().enrolled = 7
    touch()

    after = profiles(COMMAND, TODAY, with_examples=True).profiles[0]
    assert (before.rooms[0].seats.enrolled, after.rooms[0].seats.enrolled) == (5, 7)


def test_statements_do_not_grow_with_programs(engine):
    load_file(a_file(*(PROGRAM | {"key": f"program-{number}"} for number in range(40))))
    db.session.expire_all()

    with at_most(9, engine):
        found = profiles(COMMAND, TODAY, with_examples=True)

    assert len(found.profiles) == 40


def test_examples_enter_profiles_only_when_asked_for():
    a_program()

    rooms = [room.key for room in profiles(COMMAND, TODAY, with_examples=False).profiles[0].rooms]

    assert rooms == ["room-1"]


def test_a_snapshot_gives_the_same_profiles():
    a_program(sites=[{"town": "Lexington", "zip": "02421"}])

    again = catalog.catalog_of(records_snapshot(COMMAND), today=TODAY, with_examples=True)

    assert again.profiles == profiles(COMMAND, TODAY, with_examples=True).profiles


def test_a_snapshot_can_be_written_as_json():
    a_program()

    assert json.loads(json.dumps(records_snapshot(COMMAND))) == records_snapshot(COMMAND)


@pytest.mark.parametrize("slug", ["nothing", "", "Bridge", "a\x00b", "bridge\n", "x" * 500])
def test_a_program_that_is_not_there_is_not_found(slug):
    a_program()

    with pytest.raises(RecordNotFound):
        get(COMMAND, slug)


def test_another_collaborative_s_program_does_not_exist_for_staff():
    a_program()
    stranger = actor_of(a_user("collaborative_staff", at=a_collaborative()))

    with pytest.raises(RecordNotFound):
        get_own(stranger, "bridge", Permission.SEATS_UPDATE)


def test_nobody_reads_the_directory():
    with pytest.raises(NotPermitted):
        directory(NOBODY, Filters(), home=Home(), today=TODAY)


def test_the_directory_is_paged():
    load_file(a_file(*(PROGRAM | {"key": f"program-{number}"} for number in range(5))))
    found = directory(COMMAND, Filters(), home=Home(), today=TODAY)

    page = page_of(found, first=3, limit=2)

    assert (page.first, page.last, page.total, page.following) == (3, 5, 5, None)


def test_a_page_beyond_the_end_is_the_last_row():
    a_program()
    found = directory(COMMAND, Filters(), home=Home(), today=TODAY)

    assert page_of(found, first=900).rows[0].listing.key == "bridge"


def test_home_is_the_district_of_a_coordinator():
    home = home_of(actor_of(a_user("coordinator", at=a_district(name="Lexington", state="MA"))))

    assert home == Home(("Lexington",), ("MA",))


def test_staff_have_no_home_district():
    assert home_of(actor_of(a_user("collaborative_staff"))) == Home()


def test_lines_are_made_anew_on_another_day():
    a_program()

    assert lines(TODAY)[0].seats.open == 4
    assert lines(date(2027, 11, 22))[0].seats.open is None
