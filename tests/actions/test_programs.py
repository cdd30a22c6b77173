"""What staff do to profiles, rooms and prices."""

from datetime import date

import pytest
from sqlalchemy import select

from matching import Interval
from matching.vocabulary import PriceItem
from referral.actions import prices, programs, rooms
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.programs import Price
from referral.queries.programs import get
from referral.queries.users import actor_of
from referral.rules.permissions import COMMAND
from referral.rules.prices import BEFORE_RECORDS, Audience, PriceTerm
from referral.rules.program_records import PriceRecord, RoomRecord
from tests.factories import a_collaborative, a_user
from tests.programs import TODAY, a_program, room_of

pytestmark = pytest.mark.usefixtures("database")
ROOM = RoomRecord(key="blue-room", name="Blue room", ages=Interval(10, 12))
PRICE = PriceRecord(usd_per_year=58_000, member=True, valid_from=date(2026, 7, 1))


@pytest.fixture
def staff(database):
    return actor_of(a_user("collaborative_staff", at=a_program().organisation))


@pytest.fixture
def stranger(staff):
    return actor_of(a_user("collaborative_staff", at=a_collaborative()))


def record():
    return get(COMMAND, "bridge").record


def last_tag() -> str:
    return db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all()[-1]


def test_a_profile_is_saved_and_kept_by_its_staff(staff):
    programs.edit(staff, "bridge", {"ages": "5-15"}, version_seen=1)

    entry = get(COMMAND, "bridge")
    assert (entry.record.ages, entry.version, entry.kept_by_staff) == (Interval(5, 15), 2, True)
    assert last_tag() == "program:profile:edited"


def test_an_edit_keeps_rooms_prices_and_sites(staff):
    before = record()

    programs.edit(staff, "bridge", {"note": "Small rooms."}, version_seen=1)

    after = record()
    assert (after.rooms, after.examples, after.sites) == (before.rooms, before.examples, before.sites)


@pytest.mark.parametrize(
    ("changes", "confirmed", "inferred"),
    [
        ({"note": "x"}, (), ("program_type",)),
        ({"program_type": "public_day"}, (), ()),
        ({}, ("program_type",), ()),
    ],
)
def test_what_staff_change_or_confirm_is_no_longer_inferred(staff, changes, confirmed, inferred):
    programs.edit(staff, "bridge", changes, confirmed=confirmed, version_seen=1)

    assert record().inferred == inferred


def test_an_impossible_fact_is_refused(staff):
    with pytest.raises(InvalidInput) as refused:
        programs.edit(staff, "bridge", {"ages": "15-5"}, version_seen=1)

    assert [problem.field for problem in refused.value.errors] == ["ages"]


def test_a_stale_edit_is_refused(staff):
    programs.edit(staff, "bridge", {"note": "x"}, version_seen=1)

    with pytest.raises(StaleUpdate):
        programs.edit(staff, "bridge", {"note": "y"}, version_seen=1)


def test_a_stranger_s_program_is_not_found(stranger):
    with pytest.raises(RecordNotFound):
        programs.edit(stranger, "bridge", {"note": "x"}, version_seen=1)
    with pytest.raises(RecordNotFound):
        rooms.add(stranger, "bridge", ROOM)
    with pytest.raises(RecordNotFound):
        prices.add(stranger, "bridge", PRICE)


def test_a_room_is_added_without_seats(staff):
    rooms.add(staff, "bridge", ROOM)

    added = record().rooms[-1]
    assert (added.key, added.ages, added.seats) == ("blue-room", Interval(10, 12), None)


def test_two_rooms_do_not_share_a_name(staff):
    rooms.add(staff, "bridge", ROOM)

    with pytest.raises(InvalidInput):
        rooms.add(staff, "bridge", ROOM)


def test_a_room_is_renamed_and_keeps_its_seats(staff):
    rooms.edit(staff, "bridge", "room-1", RoomRecord(key="room-1", name="Green room"), version_seen=1)

    assert (record().rooms[0].name, record().rooms[0].seats.licensed) == ("Green room", 8)


def test_a_retired_room_leaves_the_directory(staff):
    rooms.retire(staff, "bridge", "room-1", version_seen=1, today=TODAY)

    assert record().rooms == ()
    assert room_of().retired_on == TODAY
    assert last_tag() == "program:room:retired"


def test_a_room_changed_meanwhile_is_not_retired(staff):
    rooms.edit(staff, "bridge", "room-1", ROOM, version_seen=1)

    with pytest.raises(StaleUpdate):
        rooms.retire(staff, "bridge", "room-1", version_seen=1, today=TODAY)


def test_a_real_price_takes_the_place_of_the_example_for_the_same_districts(staff):
    prices.add(staff, "bridge", PRICE)

    assert [price.usd_per_year for price in record().prices] == [58_000]
    assert [price.usd_per_year for price in record().examples.prices] == [61_000]


def test_two_prices_do_not_hold_on_one_day(staff):
    prices.add(staff, "bridge", PRICE)

    with pytest.raises(InvalidInput) as refused:
        prices.add(staff, "bridge", PRICE.model_copy(update={"valid_from": date(2027, 7, 1)}))

    assert [problem.code for problem in refused.value.errors] == ["price_overlaps"]


def test_a_price_follows_one_that_has_ended(staff):
    prices.add(staff, "bridge", PRICE)
    prices.end(staff, "bridge", PRICE.term, date(2027, 6, 30))

    prices.add(staff, "bridge", PRICE.model_copy(update={"valid_from": date(2027, 7, 1)}))

    assert [price.valid_to for price in record().prices] == [date(2027, 6, 30), None]


def test_a_price_does_not_end_before_it_begins(staff):
    prices.add(staff, "bridge", PRICE)

    with pytest.raises(InvalidInput):
        prices.end(staff, "bridge", PRICE.term, date(2026, 6, 30))


def test_a_price_that_someone_ended_meanwhile_is_stale(staff):
    prices.add(staff, "bridge", PRICE)
    prices.end(staff, "bridge", PRICE.term, date(2027, 6, 30))

    with pytest.raises(StaleUpdate):
        prices.end(staff, "bridge", PRICE.term, date(2028, 6, 30))


def test_an_ended_price_does_not_grow_into_the_next(staff):
    ended = PRICE.model_copy(update={"valid_to": date(2027, 6, 30)})
    prices.add(staff, "bridge", ended)
    prices.add(staff, "bridge", PRICE.model_copy(update={"valid_from": date(2027, 7, 1)}))

    with pytest.raises(InvalidInput):
        prices.end(staff, "bridge", ended.term, date(2027, 7, 1))


def test_an_example_price_cannot_be_ended(staff):
    example = PriceTerm(PriceItem.TUITION, Audience.MEMBERS, 52_000, BEFORE_RECORDS)

    with pytest.raises(RecordNotFound):
        prices.end(staff, "bridge", example, TODAY)


def test_the_database_refuses_two_prices_on_one_day(staff):
    prices.add(staff, "bridge", PRICE)
    row = db.session.scalars(select(Price).where(~Price.is_example)).one()

    db.session.add(
        Price(
            program_id=row.program_id,
            item=row.item,
            audience=row.audience,
            usd_per_year=1,
            valid_from=date(2027, 1, 1),
            is_example=False,
        )
    )

    with pytest.raises(Exception, match="prices overlap"):
        db.session.flush()
