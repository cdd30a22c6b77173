"""What is done to rankings."""

import pytest
from sqlalchemy import select

from matching.vocabulary import Verdict
from referral.actions import rankings
from referral.errors import InvalidInput, NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.rankings import DirectorySnapshot, RankingOverride
from referral.queries import rankings as queries
from referral.queries.recomputing import computed_again
from tests.programs import TODAY
from tests.rankings import SAID, a_ranking, staff_of
from tests.students import a_student

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def district_staff(database):
    return staff_of()


@pytest.fixture
def coordinator(district_staff):
    return district_staff[0]


@pytest.fixture
def director(district_staff):
    return district_staff[1]


def tags(ref):
    return db.session.scalars(select(AuditEvent.tag).where(AuditEvent.subject_ref == ref)).all()


def put_first(actor, row, program_key="harbor", **facts):
    said = {"place": 1, "reason": "visit", "note_text": "Seen on Tuesday."} | facts
    return rankings.override(actor, row.ref, program_key=program_key, **said)


def test_a_ranking_lists_every_program_once(coordinator):
    kept = queries.result_of(a_ranking(coordinator))

    assert sorted(option.program_key for option in kept.ranking.options) == ["bridge", "harbor", "old-mill"]
    assert kept.ranking.option("old-mill").verdict is Verdict.NOT_ELIGIBLE


def test_a_kept_ranking_computed_again_is_the_same(coordinator):
    row = a_ranking(coordinator)

    assert computed_again(coordinator, row) == queries.result_of(row)


def test_rankings_of_one_directory_share_one_snapshot(coordinator):
    student = a_ranking(coordinator).student

    rankings.rank_for(coordinator, student.ref, today=TODAY, with_examples=True)

    assert len(db.session.scalars(select(DirectorySnapshot.digest)).all()) == 1


def test_example_figures_stay_out_unless_they_are_asked_for(coordinator):
    row = a_ranking(coordinator, with_examples=False)

    kept = queries.result_of(row)
    assert not row.rests_on_examples
    assert not any(option.cost.example or option.seats.example for option in kept.ranking.options)


def test_a_ranking_leaves_a_line_of_codes_on_record(coordinator):
    assert tags(a_ranking(coordinator).ref) == ["ranking:record:made"]


def test_a_stranger_cannot_rank_for_a_student(coordinator):
    student = a_student(coordinator, **SAID)

    with pytest.raises(RecordNotFound):
        rankings.rank_for(staff_of()[0], student.ref, today=TODAY)


def test_the_director_puts_a_program_first_with_a_reason(coordinator, director):
    row = a_ranking(coordinator)

    made = put_first(director, row)

    assert (made.program_key, made.place, made.reason, made.number) == ("harbor", 1, "visit", 1)
    assert "ranking:order:overridden" in tags(row.ref)


def test_an_order_taken_back_stays_on_record_and_can_be_set_again(coordinator, director):
    row = a_ranking(coordinator)
    put_first(director, row)

    rankings.withdraw_override(director, row.ref, 1)
    put_first(director, row, place=2)

    assert [(one.number, one.withdrawn_at is None) for one in queries.overrides(row)] == [
        (1, False),
        (2, True),
    ]


def test_an_order_cannot_be_taken_back_twice(coordinator, director):
    row = a_ranking(coordinator)
    put_first(director, row)
    rankings.withdraw_override(director, row.ref, 1)

    with pytest.raises(RecordNotFound):
        rankings.withdraw_override(director, row.ref, 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"program_key": "old-mill"}, "program"),
        ({"program_key": "nowhere"}, "program"),
        ({"place": 0}, "place"),
        ({"place": 3}, "place"),
        ({"reason": "because"}, "reason"),
        ({"note_text": "x" * 301}, "note"),
    ],
)
def test_an_order_that_cannot_stand_is_refused(coordinator, director, facts, field):
    row = a_ranking(coordinator)

    with pytest.raises(InvalidInput) as refused:
        put_first(director, row, **facts)

    assert [problem.field for problem in refused.value.errors] == [field]


def test_the_coordinator_sets_no_order_and_writes_no_note(coordinator):
    row = a_ranking(coordinator)

    with pytest.raises(NotPermitted):
        put_first(coordinator, row)
    with pytest.raises(NotPermitted):
        rankings.note(coordinator, row.ref, "Good.")


def test_a_note_is_kept_with_its_author(coordinator, director):
    row = a_ranking(coordinator)

    rankings.note(director, row.ref, "  Discuss with the Team. ")

    assert [(one.text, one.author.id) for one in queries.notes(row)] == [
        ("Discuss with the Team.", director.user_id)
    ]


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_empty_or_endless_note_is_refused(coordinator, director, text):
    row = a_ranking(coordinator)

    with pytest.raises(InvalidInput):
        rankings.note(director, row.ref, text)


def test_the_database_holds_one_standing_order_per_program(coordinator, director):
    row = a_ranking(coordinator)
    put_first(director, row)

    with pytest.raises(InvalidInput):
        put_first(director, row, place=2)

    standing = select(RankingOverride).where(RankingOverride.withdrawn_at.is_(None))
    assert len(db.session.scalars(standing).all()) == 1
