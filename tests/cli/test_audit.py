"""`placewell audit`: 0 where the log is whole, else 1 and the first bad row; a head kept elsewhere."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from referral.actions import audit
from referral.actions.transactions import in_transaction
from referral.cli import main
from referral.models.base import db
from referral.rules.permissions import COMMAND
from tests.databases import SECRET


@pytest.fixture
def instance(app, database_url, tmp_path, monkeypatch):
    """The instance that the command opens: the app's own database, with three lines."""
    monkeypatch.setenv("PLACEWELL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PLACEWELL_SECRET", SECRET)
    monkeypatch.setenv("PLACEWELL_URL", "https://localhost")
    monkeypatch.setenv("PLACEWELL_TRUSTED_PROXIES", "1")
    monkeypatch.setenv("DATABASE_URL", database_url)
    with app.app_context():
        for number in range(3):
            in_transaction(lambda number=number: audit.record(COMMAND, "a:b:c", "program", f"p-{number}"))
    return app


def run(*words):
    done = CliRunner().invoke(main, ["audit", *words], catch_exceptions=False)
    return done.exit_code, done.output


def tamper(app, *statements):
    """What the owner of the database does with the triggers away."""
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            statements = ("SET session_replication_role = replica", *statements)
        else:
            drops = [f"DROP TRIGGER {table}_no_delete" for table in ("audit_events", "audit_chain")]
            statements = (*drops, "DROP TRIGGER audit_events_no_update", *statements)
        for statement in statements:
            db.session.execute(text(statement))
        db.session.commit()


def test_a_whole_log_ends_with_0_from_any_place_and_beside_its_own_head(instance, tmp_path):
    code, printed = run("head")
    kept = tmp_path / "heads.jsonl"
    kept.write_text(f"an older line\n{printed}")

    assert (code, json.loads(printed)["position"]) == (0, 3)
    assert run("verify") == (0, "The log is whole. 3 rows checked.\n")
    assert run("verify", "--from", "3", "--head", str(kept)) == (0, "The log is whole. 1 row checked.\n")
    assert json.loads(run("verify", "--json")[1])["broken"] is None


def test_the_first_bad_row_is_named_and_a_kept_head_shows_what_was_cut_off(instance, tmp_path):
    kept = tmp_path / "head.json"
    kept.write_text(run("head")[1])
    tamper(
        instance,
        "DELETE FROM audit_chain WHERE position = 3",
        "DELETE FROM audit_events WHERE subject_ref = 'p-2'",
    )

    assert run("verify")[0] == 0
    assert run("verify", "--head", str(kept)) == (
        1,
        "The log ends before place 3, which the kept head has. 2 rows checked.\n",
    )

    tamper_again = "UPDATE audit_events SET tag = 'x:y:z' WHERE subject_ref = 'p-0'"
    with instance.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET session_replication_role = replica"))
        db.session.execute(text(tamper_again))
        db.session.commit()
    code, printed = run("verify", "--json")
    broken = json.loads(printed)["broken"]
    assert (code, broken["position"], broken["fault"]) == (1, 1, "event_changed")


@pytest.mark.parametrize("content", ["", "[]", '{"position": 1, "hash": "short"}', '{"position": -1}'])
def test_a_file_that_is_no_head_is_refused(instance, tmp_path, content):
    file = tmp_path / "head.json"
    file.write_text(content)

    code, printed = run("verify", "--head", str(file))

    assert code == 1
    assert "not a head of the audit log" in printed
