"""What is done to students, on both databases."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from referral.actions import students
from referral.errors import NotPermitted, RecordNotFound
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.students import ProfileVersion
from referral.queries import students as queries
from referral.rules.answers import Answers
from tests.students import a_coordinator, a_student, district_of, everything


def tags():
    return list(db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)))


def test_a_new_student_gets_a_random_code_and_a_first_version(database):
    actor = a_coordinator()

    first = students.create(actor, district_of(actor), everything())
    second = students.create(actor, district_of(actor), everything())

    assert first.ref != second.ref
    assert queries.answers_of(queries.version(first)) == everything()
    assert (queries.version(first).number, queries.version(first).origin) == (1, "new")
    assert tags()[-1] == "student:record:created"


def test_answers_that_do_not_arise_are_not_kept(database):
    student = a_student(hearing="typical", hearing_technology=["aid"])

    assert queries.answers_of(queries.version(student)).hearing_technology is None


def test_a_student_of_another_district_cannot_be_made(database):
    actor, other = a_coordinator(), a_coordinator()

    with pytest.raises(NotPermitted):
        students.create(actor, district_of(other), Answers())


def test_a_revision_adds_a_version_and_keeps_the_earlier_one(database):
    actor = a_coordinator()
    student = a_student(actor, grade="6")

    students.add_version(actor, student, Answers(grade="7"))

    assert student.latest_number == 2
    assert [queries.answers_of(one).grade for one in queries.versions(student)] == ["7", "6"]
    assert tags()[-1] == "student:profile:revised"


def test_a_foreign_student_cannot_be_revised(database):
    student = a_student()

    with pytest.raises(RecordNotFound):
        students.add_version(a_coordinator(), student, Answers())


def test_the_database_refuses_to_change_a_version(database):
    a_student(grade="6")

    with pytest.raises(DatabaseError, match="never change"):
        db.session.execute(text("UPDATE profile_versions SET number = 9"))


def test_a_version_can_be_purged(database):
    student = a_student(grade="6")

    db.session.delete(queries.version(student))
    db.session.flush()

    assert db.session.scalars(select(ProfileVersion)).all() == []


def test_archiving_is_on_record_once_and_can_be_taken_back(database):
    actor = a_coordinator()
    student = a_student(actor)

    students.set_archived(actor, student.ref, archived=True)
    students.set_archived(actor, student.ref, archived=True)
    students.set_archived(actor, student.ref, archived=False)

    assert not student.archived
    assert tags()[-2:] == ["student:record:archived", "student:record:restored"]
