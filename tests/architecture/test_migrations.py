"""Migrations: one chain, equal to the models at its head, and every step goes up, down and up on data."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from referral.app import create_app
from referral.migrations import FOLDER, downgrade, upgrade
from referral.models.base import Base, db
from referral.queries.audit import verified
from referral.rules.permissions import COMMAND
from tests.databases import settings_for

# Tables whose rows nobody may change or remove. A migration that rebuilds one must make its triggers again.
APPEND_ONLY = {
    "audit_events",
    "audit_chain",
    "policy_versions",
    "policy_decisions",
    "seat_reports",
    "seat_moves",
    "referral_moves",
    "retention_certificates",
    "purged_records",
}
# Tables whose rows nobody may change, and that a purge may remove.
UNCHANGED = {"profile_versions", "weight_draws", "referral_notes"}
FIRST_ROWS = (
    "INSERT INTO organisations (id, slug, name, kind, status, member_list_complete, version, created_at)"
    " VALUES (1, 'd', 'D', 'district', 'active', {no}, 1, '2026-01-01'),"
    " (2, 'c', 'C', 'collaborative', 'active', {no}, 1, '2026-01-01')",
    "INSERT INTO users (id, ref, email, name, active, fs_uniquifier, is_demo, created_at)"
    " VALUES (1, 'U-1', 'u@x.example', 'U', {yes}, 'f', {no}, '2026-01-01')",
    "INSERT INTO role_assignments (id, user_id, role, organisation_id, granted_at)"
    " VALUES (1, 1, 'coordinator', 1, '2026-01-01')",
    "INSERT INTO memberships (id, district_id, collaborative_id, valid_from) VALUES (1, 1, 2, '2020-07-01')",
    "INSERT INTO audit_events (id, at, actor_user_id, tag, subject_kind, subject_ref, facts)"
    " VALUES (1, '2026-01-01', 1, 'a:b:c', 'user', 'U-1', '{{}}')",
)


def revisions():
    """Every revision from the first to the head."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


@pytest.fixture
def empty(database_kind, template_of, tmp_path):
    """An app on a database without tables, inside its context."""
    with template_of(database_kind).fresh(tmp_path, migrated=False) as url:
        app = create_app(settings_for(url, tmp_path))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def fill():
    values = {"yes": "1", "no": "0"} if db.engine.dialect.name == "sqlite" else {"yes": "true", "no": "false"}
    for statement in FIRST_ROWS:
        db.session.execute(text(statement.format(**values)))
    db.session.commit()


def test_the_chain_is_numbered_without_a_gap():
    assert revisions() == [f"{number:04}" for number in range(1, len(revisions()) + 1)]


def test_every_migration_goes_up_down_and_up_on_data(empty):
    before = "base"
    for revision in revisions():
        upgrade(revision)
        if before != "base":
            downgrade(before)
            upgrade(revision)
        else:
            downgrade("base")
            upgrade(revision)
            fill()
        before = revision

    assert db.session.scalar(text("SELECT count(*) FROM memberships")) == 1


def test_lines_older_than_the_audit_chain_are_chained_and_a_line_says_so(empty):
    upgrade("0001")
    fill()
    upgrade()

    walked = verified(COMMAND)
    assert (walked.rows, walked.broken) == (2, None)
    newest = text("SELECT tag FROM audit_events ORDER BY id DESC LIMIT 1")
    assert db.session.scalar(newest) == "audit:chain:begun"


def test_everything_goes_down_again(empty):
    upgrade()
    fill()
    downgrade("base")

    with db.engine.connect() as connection:
        left = MigrationContext.configure(connection).dialect.get_table_names(connection)
    assert set(left) <= {"alembic_version"}


def test_the_head_equals_the_models(database):
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, Base.metadata) == []


def test_the_triggers_are_there_at_the_head(database):
    if db.engine.dialect.name == "sqlite":
        expected = {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
        expected |= {f"memberships_{verb}_no_overlap" for verb in ("insert", "update")}
        found = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        expected = {f"{table}_no_{what}" for table in APPEND_ONLY for what in ("change", "truncate")}
        expected |= {"memberships_no_overlap"}
        found = db.session.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
    expected |= {f"{table}_no_update" for table in UNCHANGED}

    assert expected <= set(found)
