"""Reads of students: scope, filters and pages, on both databases."""

import pytest

from matching.vocabulary import AgeBand, StateCategory, TeamStatus
from referral.actions import students as actions
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.queries import students
from referral.queries.students import PAGE_ROWS, StudentFilters
from referral.queries.users import actor_of
from referral.rules.permissions import Role
from tests.databases import at_most
from tests.factories import a_district, a_user
from tests.students import a_coordinator, a_student


def refs(actor, **filters):
    return {line.ref for line in students.listed(actor, StudentFilters(**filters)).lines}


def test_a_district_sees_its_own_students_only(database):
    actor, other = a_coordinator(), a_coordinator()
    own, foreign = a_student(actor), a_student(other)

    assert refs(actor) == {own.ref}
    assert students.get(actor, own.ref.lower()) is own
    with pytest.raises(RecordNotFound):
        students.get(actor, foreign.ref)


@pytest.mark.parametrize(
    "role", [Role.SITE_ADMINISTRATOR, Role.COLLABORATIVE_STAFF, Role.COOPERATIVE_ADMINISTRATOR]
)
def test_no_other_role_sees_a_student(database, role):
    student = a_student()
    outsider = actor_of(a_user(role))

    assert refs(outsider) == set()
    with pytest.raises(RecordNotFound):
        students.get(outsider, student.ref)


def test_the_director_of_the_district_sees_its_students(database):
    district = a_district()
    student = a_student(a_coordinator(district))

    assert refs(actor_of(a_user(Role.DIRECTOR, at=district))) == {student.ref}


def test_the_list_narrows_by_code_age_disability_and_team(database):
    actor = a_coordinator()
    young = a_student(actor, age_years=4, primary_category="autism", team_status="searching")
    older = a_student(actor, age_years=16, primary_category="deafblind", team_status="supports")
    unknown = a_student(actor)

    assert refs(actor) == {young.ref, older.ref, unknown.ref}
    assert refs(actor, search=young.ref[2:8]) == {young.ref}
    assert refs(actor, band=AgeBand.AGES_15_17) == {older.ref}
    assert refs(actor, category=StateCategory.AUTISM) == {young.ref}
    assert refs(actor, team_status=TeamStatus.SUPPORTS) == {older.ref}
    assert refs(actor, category=StateCategory.AUTISM, team_status=TeamStatus.SUPPORTS) == set()


def test_the_list_narrows_by_the_latest_version(database):
    actor = a_coordinator()
    student = a_student(actor, primary_category="autism")
    actions.add_version(actor, student, students.answers_of(students.version(student)))

    (line,) = students.listed(actor, StudentFilters(category=StateCategory.AUTISM)).lines

    assert (line.ref, line.version) == (student.ref, 2)


def test_archived_students_stand_in_a_list_of_their_own(database):
    actor = a_coordinator()
    put_away, kept = a_student(actor), a_student(actor)
    actions.set_archived(actor, put_away.ref, archived=True)

    assert refs(actor) == {kept.ref}
    assert refs(actor, archived=True) == {put_away.ref}


def test_a_long_list_comes_in_pages_with_a_fixed_number_of_statements(database, engine):
    actor = a_coordinator()
    for _ in range(PAGE_ROWS + 2):
        a_student(actor)
    db.session.flush()

    with at_most(3, engine):
        first = students.listed(actor, StudentFilters())
        students.last_ranked(first)
    second = students.listed(actor, StudentFilters(page=2))

    assert (first.first, first.last, first.total) == (1, PAGE_ROWS, PAGE_ROWS + 2)
    assert (second.first, second.last) == (PAGE_ROWS + 1, PAGE_ROWS + 2)
    assert not {line.ref for line in first.lines} & {line.ref for line in second.lines}


def test_a_page_beyond_the_last_is_empty(database):
    page = students.listed(a_coordinator(), StudentFilters(page=9))

    assert (page.lines, page.first, page.last) == ((), 0, 0)


def test_a_version_that_was_never_made_does_not_exist(database):
    with pytest.raises(RecordNotFound):
        students.version(a_student(), 2)
