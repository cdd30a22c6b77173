"""Asking for capacity before a referral: who may, to how many, and what is told."""

import pytest
from sqlalchemy import select

from referral.actions import capacity
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.capacity import CapacityAnswer
from referral.models.notices import Notice
from referral.queries import capacity as queries
from tests.referrals import NOW, Cast, a_cast


def asked(cast: Cast, *slugs: str):
    return capacity.ask(cast.coordinator, slugs or ("bridge", "harbor"), now=NOW)


def told_of(user_id: int) -> list[str]:
    return list(db.session.scalars(select(Notice.event).where(Notice.user_id == user_id)))


def test_every_program_asked_owes_an_answer(database):
    question = asked(a_cast())

    assert {one.program.slug for one in question.answers} == {"bridge", "harbor"}
    assert not any(one.reply for one in question.answers)


def test_the_staff_of_every_program_asked_are_told(database):
    cast = a_cast()

    asked(cast)

    assert told_of(cast.river_staff.user_id) == told_of(cast.lake_staff.user_id) == ["capacity_asked"]


@pytest.mark.parametrize("slugs", [(), ("bridge", "old-mill"), ("no-such-program",)])
def test_nobody_and_what_takes_no_referrals_cannot_be_asked(database, slugs):
    cast = a_cast()

    with pytest.raises(InvalidInput):
        capacity.ask(cast.coordinator, slugs, now=NOW)


def test_more_than_twelve_programs_cannot_be_asked_at_once(database):
    cast = a_cast()

    with pytest.raises(InvalidInput):
        capacity.ask(cast.coordinator, [f"p-{number}" for number in range(13)], now=NOW)


def test_staff_do_not_ask(database):
    cast = a_cast()

    with pytest.raises(NotPermitted):
        capacity.ask(cast.river_staff, ["harbor"], now=NOW)


def test_a_coordinator_asks_for_no_other_district(database):
    cast = a_cast()
    elsewhere = cast.river_staff.assignments[0].organisation_id

    with pytest.raises(NotPermitted):
        capacity.ask(cast.coordinator, ["bridge"], now=NOW, district_id=elsewhere)


def test_who_serves_several_districts_asks_for_the_one_named(database):
    cast = a_cast()
    home = cast.coordinator.assignments[0].organisation_id

    question = capacity.ask(cast.coordinator, ["bridge"], now=NOW, district_id=home)

    assert question.district_id == home


def test_an_answer_is_kept_and_told_to_who_asked(database):
    cast = a_cast()
    question = asked(cast)

    capacity.answer(cast.river_staff, question.ref, "bridge", "waitlist_only", now=NOW)

    row = db.session.scalars(select(CapacityAnswer).where(CapacityAnswer.reply.is_not(None))).one()
    assert (row.program.slug, row.reply, row.answered_at) == ("bridge", "waitlist_only", NOW)
    assert told_of(cast.coordinator.user_id) == ["capacity_answered"]
    assert told_of(cast.director.user_id) == []


def test_the_same_answer_twice_is_told_once(database):
    cast = a_cast()
    question = asked(cast)

    for _ in range(2):
        capacity.answer(cast.river_staff, question.ref, "bridge", "none", now=NOW)

    assert told_of(cast.coordinator.user_id) == ["capacity_answered"]


def test_another_answer_replaces_the_first_and_both_are_in_the_audit(database):
    cast = a_cast()
    question = asked(cast)

    capacity.answer(cast.river_staff, question.ref, "bridge", "none", now=NOW)
    capacity.answer(cast.river_staff, question.ref, "bridge", "has_capacity", now=NOW)

    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "capacity:question:answered")).all()
    assert [(line.facts.get("earlier"), line.facts["reply"]) for line in lines] == [
        (None, "none"),
        ("none", "has_capacity"),
    ]


def test_an_answer_is_one_of_the_list(database):
    cast = a_cast()
    question = asked(cast)

    with pytest.raises(InvalidInput):
        capacity.answer(cast.river_staff, question.ref, "bridge", "maybe", now=NOW)


def test_staff_answer_for_their_own_programs_only(database):
    cast = a_cast()
    question = asked(cast)

    with pytest.raises(RecordNotFound):
        capacity.answer(cast.lake_staff, question.ref, "bridge", "none", now=NOW)


def test_each_side_reads_its_own(database):
    cast = a_cast()
    question = asked(cast)

    assert [row.ref for row in queries.asked(cast.director).rows] == [question.ref]
    assert [one.program.slug for one in queries.to_answer(cast.lake_staff, now=NOW).waiting] == ["harbor"]
    assert queries.waiting_count(cast.river_staff) == 1


def test_what_was_answered_leaves_the_list_of_what_waits(database):
    cast = a_cast()
    question = asked(cast)

    capacity.answer(cast.river_staff, question.ref, "bridge", "none", now=NOW)

    found = queries.to_answer(cast.river_staff, now=NOW)
    assert (len(found.waiting), len(found.answered)) == (0, 1)
