"""Loading files of programs."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from matching.vocabulary import Service
from referral.actions.programs_import import ImportOptions, import_programs
from referral.errors import NotPermitted
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.programs import Program
from referral.models.seats import SeatReport
from referral.queries.catalog import mark
from referral.queries.programs import get, records
from referral.rules.import_counts import Outcome
from referral.rules.permissions import COMMAND, NOBODY
from referral.rules.program_dates import dated
from referral.rules.program_records import SCHEMA, ProgramFile
from referral.rules.programs import no_place
from tests.factories import a_user, an_organisation
from tests.programs import AGENCY, PROGRAM, ROOM, TODAY, a_file, a_program, load_file, room_of

pytestmark = pytest.mark.usefixtures("database")
HARBOR = PROGRAM | {"key": "harbor", "name": "Harbor Program"}


def test_a_file_is_loaded_whole():
    counts = load_file()

    assert counts.of("programs", Outcome.ADDED) == 1
    assert counts.of("rooms", Outcome.ADDED) == 2
    assert counts.of("districts", Outcome.ADDED) == 2
    assert get(COMMAND, "bridge").record == dated(a_file().programs[0], today=TODAY, with_examples=True)


def test_loading_a_file_again_changes_nothing():
    load_file()
    before = mark()

    counts = load_file()

    assert counts.changes == 0
    assert mark() == before
    assert db.session.scalar(select(func.count()).select_from(SeatReport)) == 2


def test_import_export_import_changes_nothing():
    load_file()
    agencies, found = records(COMMAND)
    exported = ProgramFile(format=SCHEMA, agencies=tuple(agencies.values()), programs=found)

    assert load_file(exported, today=date(2027, 3, 1)).changes == 0


def test_without_examples_none_is_loaded():
    load_file(with_examples=False)

    record = get(COMMAND, "bridge").record

    assert record.examples is None
    assert [room.key for room in record.rooms] == ["room-1"]


def test_examples_stay_when_a_file_is_loaded_without_them():
    load_file()

    assert load_file(with_examples=False).changes == 0
    assert get(COMMAND, "bridge").record.examples is not None


def test_a_changed_fact_changes_one_program():
    load_file(a_file(PROGRAM, HARBOR))

    counts = load_file(
        a_file(PROGRAM | {"ages": "6-16"}, PROGRAM | {"key": "harbor", "name": "Harbor Program"})
    )

    assert counts.of("programs", Outcome.CHANGED) == 1
    assert counts.of("programs", Outcome.UNCHANGED) == 1
    assert get(COMMAND, "bridge").version == 2


def test_new_sites_take_the_place_of_old_ones():
    load_file()

    load_file(a_file(PROGRAM | {"sites": [{"town": "Bedford"}, {"town": "Lexington", "zip": "02421"}]}))

    assert [site.town for site in get(COMMAND, "bridge").record.sites] == ["Bedford", "Lexington"]


def test_a_room_that_left_the_file_is_retired():
    load_file()

    counts = load_file(a_file(PROGRAM | {"rooms": []}))

    assert counts.of("rooms", Outcome.RETIRED) == 1
    assert room_of().retired_on == TODAY
    assert get(COMMAND, "bridge").record.rooms == ()


def test_a_retired_room_comes_back_with_the_file():
    load_file()
    load_file(a_file(PROGRAM | {"rooms": []}))

    load_file()

    assert room_of().retired_on is None


def test_seats_that_staff_keep_are_not_overwritten(app):
    load_file()
    room_of().enrolled = 7
    room_of().confirmed_by = a_staff_user()

    load_file(a_file(PROGRAM | {"rooms": [ROOM | {"name": "First room"}]}))

    assert (room_of().enrolled, room_of().name) == (7, "First room")


def test_a_program_that_staff_edited_is_kept():
    program = a_program()
    program.updated_by = a_staff_user()

    counts = load_file(a_file(PROGRAM | {"name": "Other", "rooms": [], "prices": [{"usd_per_year": 1}]}))

    assert counts.of("programs", Outcome.KEPT) == 1
    assert get(COMMAND, "bridge").record.name == "Bridge Program"
    assert [room.key for room in get(COMMAND, "bridge").record.rooms] == ["room-1"]


def test_an_example_price_gives_way_to_a_published_one():
    load_file(a_file(PROGRAM | {"prices": [{"usd_per_year": 70_000}]}))

    record = get(COMMAND, "bridge").record

    assert [price.usd_per_year for price in record.prices] == [70_000]
    assert record.examples is not None
    assert record.examples.prices == ()


def test_prices_are_replaced():
    load_file(a_file(PROGRAM | {"prices": [{"usd_per_year": 70_000, "valid_from": "2025-07-01"}]}))

    load_file(a_file(PROGRAM | {"prices": [{"usd_per_year": 72_000, "valid_from": "2025-07-01"}]}))

    assert [price.usd_per_year for price in get(COMMAND, "bridge").record.prices] == [72_000]


def test_an_ended_membership_is_not_reopened_by_a_file():
    load_file()
    db.session.execute(update(Membership).values(valid_to=date(2026, 6, 30)))

    load_file()

    assert set(db.session.scalars(select(Membership.valid_to))) == {date(2026, 6, 30)}


def test_a_file_can_end_a_membership():
    load_file()
    agency = a_file().agencies[0].model_dump(mode="json", exclude_defaults=True)
    agency["members"] = [{"district": "Lexington", "valid_to": "2026-06-30"}]

    counts = load_file(a_file(agencies=(agency,)))

    assert counts.of("memberships", Outcome.CHANGED) == 1


def test_districts_of_one_name_in_two_states_stay_apart():
    other = {"key": "lake", "name": "Lake District 1", "state": "MN", "members": [{"district": "Lexington"}]}
    load_file(a_file(agencies=(a_file().agencies[0].model_dump(mode="json"), other)))

    slugs = db.session.scalars(select(Organisation.slug).where(Organisation.name == "Lexington"))

    assert sorted(slugs) == ["lexington-ma", "lexington-mn"]


def test_services_and_examples_come_back_as_they_were():
    load_file()

    record = get(COMMAND, "bridge").record

    assert set(record.services) == {Service.SPEECH, Service.NURSING}
    assert record.examples is not None
    assert record.examples.rooms[0].seats is not None
    assert record.examples.rooms[0].seats.confirmed_on == date(2026, 11, 2)


def test_only_an_administrator_or_the_command_loads_a_file():
    with pytest.raises(NotPermitted):
        load_file_as(NOBODY)

    assert db.session.scalar(select(func.count()).select_from(Program)) == 0


def load_file_as(actor):
    return import_programs(actor, a_file(), ImportOptions(TODAY, True, no_place))


def a_staff_user() -> int:
    return a_user("collaborative_staff").id


def agency(**changes):
    return a_file(agencies=(AGENCY | changes,))


@pytest.mark.parametrize("changes", [{"town": "Bedford"}, {"note": "Moved."}, {"status": "dissolved"}])
def test_a_changed_agency_is_counted_as_changed(changes):
    load_file()

    counts = load_file(agency(**changes))

    assert counts.of("agencies", Outcome.CHANGED) == 1
    assert load_file(agency(**changes)).changes == 0


def test_a_kind_that_an_administrator_chose_stays():
    load_file()
    db.session.execute(
        update(Organisation)
        .where(Organisation.slug == "river")
        .values(kind="state_agency", member_list_complete=False)
    )

    assert load_file(agency(member_list_complete=True)).of("agencies", Outcome.UNCHANGED) == 1


def test_a_district_gets_a_short_name_nobody_has():
    an_organisation("collaborative", slug="lexington-ma")

    load_file()

    slug = db.session.scalar(select(Organisation.slug).where(Organisation.name == "Lexington"))
    assert slug == "lexington-ma-2"


def test_an_example_that_staff_made_real_stays_real():
    load_file()
    room = room_of(key="room-2")
    room.is_example, room.confirmed_by = False, a_staff_user()

    counts = load_file()

    assert counts.of("rooms", Outcome.KEPT) == 1
    assert not room_of(key="room-2").is_example


def test_openings_that_left_the_file_are_gone():
    load_file()

    load_file(a_file(PROGRAM | {"rooms": [ROOM | {"seats": {"licensed": 8, "enrolled": 5}}]}))

    assert room_of().openings == []


def test_an_import_reports_in_lines():
    assert next(load_file().lines()) == "agencies: 1 added"
