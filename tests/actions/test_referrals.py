"""Referrals: the way from a ranking to a return, what accepting does to the others, and what is refused."""

import pytest
from sqlalchemy import delete, select

from referral.actions import disclosures, referrals
from referral.actions.referrals import MoveRefused, Said
from referral.errors import InvalidInput, NotPermitted, RecordNotFound, SeatUnavailable, StaleUpdate
from referral.models.base import db
from referral.models.notices import Notice
from referral.models.referrals import ReferralMove
from referral.models.seats import Opening, SeatMove
from referral.models.settings import OrganisationSettings
from referral.queries import referrals as queries
from referral.rules.calendars import DEFAULT_ZONE
from referral.rules.referrals import State, Verb
from referral.rules.terms import Terms
from tests.programs import TODAY, room_of
from tests.referrals import NOW, SAYING, a_cast, moved, referred

pytestmark = pytest.mark.usefixtures("database")

TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)


def state(row):
    return State(row.state)


def test_a_referral_goes_from_the_ranking_to_a_return():
    cast = a_cast()
    [row] = referred(cast)

    moved(cast, row, *TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN, Verb.RETURN)

    assert state(row) is State.RETURNED
    verbs = db.session.scalars(select(ReferralMove.verb).order_by(ReferralMove.number)).all()
    assert verbs[:3] == ["submit", "approve", "show_interest"]
    assert len(verbs) == 9


def test_an_offer_holds_a_seat_and_enrolling_fills_it():
    cast = a_cast()
    [row] = referred(cast)
    before = (room_of().enrolled, room_of().held)

    moved(cast, row, *TO_OFFER)
    assert (room_of().enrolled, room_of().held) == (before[0], before[1] + 1)

    moved(cast, row, Verb.ACCEPT, Verb.ENROLL)
    assert (room_of().enrolled, room_of().held) == (before[0] + 1, before[1])
    changes = db.session.execute(
        select(SeatMove.enrolled_change, SeatMove.held_change).where(SeatMove.referral_id == row.id)
    )
    assert changes.all() == [(0, 1), (1, -1)]


def test_a_planned_return_is_an_expected_opening_until_the_student_stays():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN)
    day = row.return_on

    assert db.session.scalar(select(Opening.seats).where(Opening.opens_on == day)) == 1

    moved(cast, row, Verb.STAY)

    assert db.session.scalar(select(Opening).where(Opening.opens_on == day)) is None


def test_a_planned_return_joins_the_opening_that_staff_expect_and_leaves_it():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER, Verb.ACCEPT, Verb.ENROLL)
    day = SAYING[Verb.PLAN_RETURN]["return_on"]
    seats_expected = select(Opening.seats).where(Opening.opens_on == day)
    db.session.add(Opening(room_id=row.room_id, opens_on=day, seats=1))

    moved(cast, row, Verb.PLAN_RETURN)
    assert db.session.scalar(seats_expected) == 2

    moved(cast, row, Verb.STAY)
    assert db.session.scalar(seats_expected) == 1


def test_a_student_may_stay_when_staff_took_the_expected_opening_away():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN)
    db.session.execute(delete(Opening).where(Opening.opens_on == row.return_on))

    moved(cast, row, Verb.STAY)

    assert state(row) is State.ENROLLED


def test_accepting_withdraws_the_others_and_frees_what_they_held():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, *TO_OFFER)
    moved(cast, harbor, *TO_OFFER)
    held = room_of("harbor").held

    moved(cast, bridge, Verb.ACCEPT)

    assert state(harbor) is State.WITHDRAWN
    assert harbor.closed_by_id == bridge.id
    assert room_of("harbor").held == held - 1
    told = db.session.scalars(select(Notice.event).where(Notice.subject_ref == harbor.ref)).all()
    assert "close" in told


def test_undoing_an_accept_brings_the_others_back_with_their_seats():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, *TO_OFFER)
    moved(cast, harbor, *TO_OFFER)
    moved(cast, bridge, Verb.ACCEPT, Verb.UNDO_ACCEPT)

    assert (state(bridge), state(harbor)) == (State.OFFERED, State.OFFERED)
    assert room_of("harbor").held == 2


def test_who_acts_on_a_referral_has_read_what_was_told_of_it():
    cast = a_cast()
    [row] = referred(cast)
    told = select(Notice.read_at).where(Notice.user_id == cast.director.user_id)
    assert db.session.scalars(told).all() == [None]

    moved(cast, row, Verb.APPROVE)

    assert db.session.scalars(told).all() == [NOW]


def test_without_a_seat_a_restored_offer_waits_in_line():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, *TO_OFFER)
    moved(cast, harbor, *TO_OFFER)
    moved(cast, bridge, Verb.ACCEPT)
    room = room_of("harbor")
    room.enrolled = room.licensed - room.held
    db.session.flush()

    moved(cast, bridge, Verb.UNDO_ACCEPT)

    assert state(harbor) is State.WAITLISTED
    assert queries.place_in_line(harbor) == 1


def test_who_waited_is_back_at_the_same_place_when_an_accept_is_undone():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, *TO_OFFER)
    moved(cast, harbor, *TO_OFFER[:-1], Verb.WAITLIST)
    waiting_since = harbor.waiting_since

    moved(cast, bridge, Verb.ACCEPT, Verb.UNDO_ACCEPT)

    assert state(harbor) is State.WAITLISTED
    assert harbor.waiting_since == waiting_since


def test_no_seat_is_offered_in_a_room_whose_seats_are_not_known():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER[:-1])
    room = room_of()
    room.licensed, room.enrolled, room.held = None, None, 0
    db.session.flush()

    with pytest.raises(InvalidInput) as refused:
        moved(cast, row, Verb.OFFER)
    assert refused.value.code == "seats_not_known"


def test_no_seat_is_offered_where_none_is_open():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, *TO_OFFER[:-1])
    room = room_of()
    room.enrolled = room.licensed - room.held
    db.session.flush()

    with pytest.raises(SeatUnavailable):
        moved(cast, row, Verb.OFFER)
    assert state(row) is State.PACKET_SENT
    db.session.flush()
    assert row.room_id is None


def _one_at_a_time(district_id):
    return OrganisationSettings(organisation_id=district_id, zone=DEFAULT_ZONE, live_referrals_max=1)


def test_a_refusal_half_way_leaves_no_draft_behind():
    cast = a_cast()
    db.session.add(_one_at_a_time(cast.student.district_id))
    db.session.flush()

    with pytest.raises(MoveRefused, match="too_many_referrals"):
        referred(cast, "bridge", "harbor")

    assert queries.of_student(cast.student) == []


def test_the_packet_needs_a_live_record():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST)
    record = queries.live_disclosure(row, TODAY)
    disclosures.revoke(cast.coordinator, record.ref, today=TODAY)

    with pytest.raises(MoveRefused) as refused:
        moved(cast, row, Verb.DISCLOSE)
    assert refused.value.code == "needs_disclosure"


def test_a_stranger_finds_no_referral_and_a_program_none_that_was_not_sent():
    cast = a_cast()
    [row] = referred(cast)

    with pytest.raises(RecordNotFound):
        queries.get(cast.river_staff, row.ref)
    moved(cast, row, Verb.APPROVE)
    assert queries.get(cast.river_staff, row.ref).row is row
    with pytest.raises(RecordNotFound):
        queries.get(cast.lake_staff, row.ref)


def test_the_program_sees_only_the_copy_that_was_sent():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE)

    assert set(row.released) == {"area", "age_band", "placement_type", "support"}
    assert row.released["age_band"] == "9-11"


def test_one_form_sent_twice_moves_once():
    cast = a_cast()
    [row] = referred(cast)
    said = Said(form_key="one-key")
    for _ in range(2):
        referrals.move(cast.director, row.ref, Verb.APPROVE, said, now=NOW)

    assert [one.verb for one in queries.moves(queries.get(cast.director, row.ref))] == ["submit", "approve"]


def test_a_page_opened_before_another_moved_is_stale():
    cast = a_cast()
    [row] = referred(cast)

    with pytest.raises(StaleUpdate):
        referrals.move(cast.director, row.ref, Verb.APPROVE, Said(version_seen=row.version - 1), now=NOW)


def test_a_coordinator_does_not_approve():
    cast = a_cast()
    [row] = referred(cast)

    with pytest.raises(MoveRefused, match="not_your_move"):
        referrals.move(cast.coordinator, row.ref, Verb.APPROVE, now=NOW)


def test_a_student_has_only_so_many_live_referrals():
    cast = a_cast()
    referred(cast, "bridge")

    with pytest.raises(InvalidInput):
        referred(cast, "bridge")


def test_a_decline_says_why():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE)

    with pytest.raises(InvalidInput) as refused:
        referrals.move(cast.river_staff, row.ref, Verb.DECLINE, Said(Terms()), now=NOW)
    assert [one.field for one in refused.value.errors] == ["reason"]


def test_nobody_refers_from_a_ranking_of_another_district():
    cast = a_cast()

    with pytest.raises((RecordNotFound, NotPermitted)):
        referrals.move(cast.river_staff, "F-NOPE", Verb.APPROVE, now=NOW)
