"""Reads of kept rankings."""

import pytest

from referral.actions import students
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.queries import rankings as queries
from referral.queries.rankings import RankingFilters
from referral.rules.answers import Answers
from referral.rules.ranking_changes import ChangeKind
from tests.databases import at_most
from tests.programs import PROGRAM, ROOM, TODAY, room_of
from tests.rankings import PROGRAMS, SAID, a_directory, a_ranking, staff_of

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def coordinator(database):
    return staff_of()[0]


def test_a_strangers_ranking_does_not_exist(coordinator):
    row = a_ranking(coordinator)

    with pytest.raises(RecordNotFound):
        queries.get(staff_of()[0], row.ref)


def test_nothing_changed_since_a_ranking_just_made(coordinator):
    assert not queries.since(coordinator, a_ranking(coordinator), today=TODAY)


def test_a_revised_profile_is_told(coordinator):
    row = a_ranking(coordinator)

    students.add_version(coordinator, row.student, Answers.model_validate(SAID | {"grade": "4"}))

    assert queries.since(coordinator, row, today=TODAY).profile_version == 2
    assert queries.result_of(row).student.grade == "3"


def test_changed_seats_prices_and_programs_are_told_and_the_old_facts_stay(coordinator):
    row = a_ranking(coordinator)
    seats = ROOM["seats"] | {"enrolled": 7}
    new = PROGRAM | {"key": "meadow", "name": "Meadow", "agency": "river"}

    a_directory(PROGRAM | {"rooms": [ROOM | {"seats": seats}]}, *PROGRAMS[1:], new)

    changes = queries.since(coordinator, row, today=TODAY).programs
    assert [(change.kind, change.program_key) for change in changes] == [
        (ChangeKind.NEW, "meadow"),
        (ChangeKind.SEATS, "bridge"),
    ]
    assert queries.result_of(row).ranking.option("bridge").seats.open == 2
    assert room_of().enrolled == 7


def test_the_list_shows_the_actors_rankings_latest_first_in_a_bounded_number_of_statements(
    coordinator, engine
):
    rows = [a_ranking(coordinator) for _ in range(3)]
    a_ranking()
    db.session.flush()

    with at_most(2, engine):
        page = queries.listed(coordinator, RankingFilters())

    assert [line.ref for line in page.rows] == [row.ref for row in reversed(rows)]


def test_the_list_is_searched_by_the_students_code(coordinator):
    first = a_ranking(coordinator)
    a_ranking(coordinator)

    page = queries.listed(coordinator, RankingFilters(search=first.student.ref.lower()))

    assert [line.student for line in page.rows] == [first.student.ref]
