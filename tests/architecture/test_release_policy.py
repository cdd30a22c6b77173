"""The release policy is complete: every answer, and every column that holds something of a student."""

from importlib import import_module
from pkgutil import iter_modules

from referral import models
from referral.models.base import Base
from referral.models.vault import VaultBase
from referral.rules.answers import Answers
from referral.rules.permissions import Actor, Assignment, Permission, Role, may
from referral.rules.questions import LABELS
from referral.rules.release_lines import FieldClass, Release, Stage
from referral.rules.release_policy import (
    ANSWERS,
    POLICY,
    RECEIVERS,
    answers_of_class,
    release_of_field,
)
from referral.rules.shares import fields_covered, packaged

for _module in iter_modules(models.__path__):
    import_module(f"referral.models.{_module.name}")
KEPT_INSIDE = {FieldClass.DISTRICT_ONLY, FieldClass.NEVER}


def tables_about_students():
    """`students` and every table from which foreign keys lead there."""
    about = {"students"}
    while True:
        found = {
            table.name
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table.name in about
        }
        if found <= about:
            return about
        about |= found


def test_every_answer_of_a_profile_is_listed():
    assert set(ANSWERS) == {f"answers.{name}" for name in Answers.model_fields}
    assert set(Answers.model_fields) <= set(LABELS)


def test_every_column_of_every_table_about_students_is_listed():
    about = [Base.metadata.tables[name] for name in tables_about_students()]
    vault = VaultBase.metadata.tables.values()
    columns = {f"{table.name}.{column.name}" for table in (*about, *vault) for column in table.columns}

    assert {"students", "referrals", "disclosures", "profile_versions", "drafts"} <= tables_about_students()
    assert sorted(columns - set(POLICY)) == []


def keeps_its_promise(line):
    """What is kept inside is hidden, what is recognizable is not shown at once, and no stage shows less."""
    releases = [line.at(stage) for stage in Stage]
    shown = [list(Release)[::-1].index(release) for release in releases]
    if line.kind in KEPT_INSIDE:
        return set(releases) == {Release.HIDE}
    return shown == sorted(shown) and (line.kind, line.enquiry) != (FieldClass.RECOGNISABLE, Release.SHOW)


def test_every_line_keeps_the_promise_of_its_class():
    assert [name for name, line in POLICY.items() if not keeps_its_promise(line)] == []


def test_what_the_table_does_not_know_and_who_is_no_receiver_see_nothing():
    for stage in Stage:
        for role in Role:
            assert release_of_field("answers.name", stage, role) is Release.HIDE
        for role in set(Role) - RECEIVERS:
            assert {release_of_field(name, stage, role) for name in POLICY} == {Release.HIDE}
    staff = Role.COLLABORATIVE_STAFF
    assert release_of_field("answers.grade", Stage.ENQUIRY, staff) is Release.HIDE
    assert release_of_field("answers.grade", Stage.PACKET, staff) is Release.SHOW


def test_who_may_read_what_was_sent_is_who_the_table_says():
    readers = {
        role for role in Role if may(Actor(1, "x", (Assignment(role, 1),)), Permission.REFERRAL_ANSWER, 1)
    }
    assert readers == RECEIVERS


def test_every_recognizable_answer_is_counted_or_has_a_share_or_is_withheld():
    spoken_for = fields_covered(packaged().values())

    assert set(answers_of_class(FieldClass.RECOGNISABLE)) <= spoken_for
