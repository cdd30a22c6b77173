"""Upkeep of the vault: torn stores mended, keys changed, its own tables and migrations."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral import migrations_vault
from referral.actions import identities, vault
from referral.actions.transactions import in_transaction
from referral.errors import NotPermitted
from referral.models.base import db
from referral.models.identities import StoredIdentity
from referral.models.students import Student
from referral.models.vault import VaultBase
from referral.queries import identities as queries
from referral.queries import students
from referral.queries.vault import state_of
from referral.rules.ciphers import new_key
from referral.rules.identities import Identity, VaultState
from referral.rules.permissions import COMMAND
from tests.students import a_student
from tests.vaults import (
    OTHER_SECRET,
    WHOLE,
    Team,
    crash_after,
    name_of,
    named,
    opened_vault,
    rows,
    tags,
    the_vault,
)


@pytest.fixture
def app(database_url, database_kind, template_of, tmp_path):
    with opened_vault(database_url, database_kind, template_of, tmp_path) as made, made.app_context():
        yield made
        db.session.remove()


@pytest.fixture
def kept(app):
    return the_vault(app)


@pytest.fixture
def team(kept):
    return in_transaction(lambda: Team(kept))


def test_a_sweep_mends_what_faults_left_and_a_dry_run_only_says_so(team, kept):
    ref, actor = team.student.ref, team.coordinator
    second = in_transaction(lambda: a_student(actor))
    crash_after(lambda: named(actor, kept, second.ref, Identity("Never Counted")))
    in_transaction(lambda: named(actor, kept, ref, Identity("Given Family")))
    crash_after(lambda: identities.remove(actor, kept, ref))

    plan = vault.planned_sweep(COMMAND, kept)
    assert [row.ref for row in plan.orphans] == [second.ref]
    assert plan.numbers == {ref: 0}
    assert len(rows(kept)) == 1

    assert in_transaction(lambda: vault.sweep(COMMAND, kept)) == plan
    assert rows(kept) == []
    assert db.session.scalar(select(Student.identity_number).where(Student.ref == ref)) == 0
    assert in_transaction(lambda: vault.sweep(COMMAND, kept)).refs == frozenset()
    assert tags().count("vault:rows:swept") == 1
    with pytest.raises(NotPermitted):
        vault.planned_sweep(team.director, kept)


def test_after_an_older_backup_of_the_core_the_newest_name_counts_again(team, kept):
    ref, actor = team.student.ref, team.coordinator
    for number, name in enumerate(("First", "Second", "Third")):
        in_transaction(lambda n=number, who=name: named(actor, kept, ref, Identity(who), seen_number=n))
    in_transaction(lambda: db.session.execute(update(Student).values(identity_number=1)))

    in_transaction(lambda: vault.sweep(COMMAND, kept))

    assert name_of(team, kept) == "Third"
    assert [row.number for row in rows(kept)] == [3]


def test_a_rotation_seals_the_keys_anew_and_a_full_one_everything(app, team, kept):
    ref, actor = team.student.ref, team.coordinator
    in_transaction(lambda: named(actor, kept, ref, WHOLE))
    [before] = rows(kept)
    new = the_vault(app, OTHER_SECRET)

    done = in_transaction(lambda: vault.rotate(COMMAND, kept, new.master))
    assert (done.keys, done.identities) == (1, 0)
    assert rows(kept)[0].name == before.name  # no text was read
    assert state_of(kept, team.district.id) is VaultState.KEY_WRONG
    assert queries.identity_of_student(actor, new, students.get(actor, ref)) == WHOLE

    again = in_transaction(lambda: vault.rotate(COMMAND, kept, new.master))
    assert (again.keys, again.identities) == (0, 0)

    full = in_transaction(lambda: vault.rotate(COMMAND, new, new.master, full=True))
    assert (full.keys, full.identities) == (1, 1)
    assert rows(kept)[0].name != before.name
    assert queries.identity_of_student(actor, new, students.get(actor, ref)) == WHOLE
    with pytest.raises(NotPermitted):
        vault.rotate(team.director, new, kept.master)


def test_the_vaults_migrations_go_up_down_and_up_and_equal_its_models(kept):
    migrations_vault.downgrade(kept.engine, "base")
    migrations_vault.upgrade(kept.engine)
    with kept.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, VaultBase.metadata) == []
    assert migrations_vault.revision_of(kept.engine) == migrations_vault.newest_revision()


def test_no_key_leads_from_one_store_to_the_other(app, kept):
    core, apart = inspect(db.engine), inspect(kept.engine)

    own = set(VaultBase.metadata.tables)
    assert own == {"district_keys", "identities"}
    assert not own & set(core.get_table_names())
    assert {key["referred_table"] for table in own for key in apart.get_foreign_keys(table)} <= own
    assert set(apart.get_table_names()) == own | {"alembic_version"}


def test_the_database_refuses_what_no_row_may_hold(team, kept):
    key = {"district_id": team.district.id, "name": new_key()}
    for wrong in (
        {"student_ref": "Given Family", "number": 1},
        {"student_ref": team.student.ref, "number": 0},
        {"student_ref": team.student.ref, "number": 1, "district_id": 10**6},
    ):
        with Session(kept.engine) as session:
            session.add(StoredIdentity(**key | wrong))
            with pytest.raises(IntegrityError):
                session.commit()
