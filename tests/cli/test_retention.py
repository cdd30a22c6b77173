"""`placewell retention` from its first run to an old backup that is put back: nothing purged comes again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import text

from referral.actions import documents, referrals
from referral.actions.backups import summaries
from referral.cli import main
from referral.models.base import db
from referral.rules.documents import DocumentKind
from referral.rules.referrals import Verb
from tests.databases import SECRET
from tests.documents import PDF, a_folder
from tests.referrals import NOW, a_cast, moved, referred

CANARY, ZIP = "PlantedWordsAboutJordan", "02139"


@pytest.fixture
def database_url(database_kind, template_of, tmp_path) -> Iterator[str]:
    """A database of its own: restoring wants it for itself."""
    with template_of(database_kind).fresh(tmp_path) as url:
        yield url


@pytest.fixture
def placewell(monkeypatch, tmp_path, database_url):
    """The command on this test's database."""
    monkeypatch.setenv("PLACEWELL_SECRET", SECRET)
    monkeypatch.setenv("PLACEWELL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PLACEWELL_URL", "https://localhost")
    monkeypatch.setenv("PLACEWELL_TRUSTED_PROXIES", "1")
    monkeypatch.setenv("DATABASE_URL", database_url)

    def run(*arguments, code=0):
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == code, done.output
        return done.output

    return run


def a_declined_packet(folder):
    """A packet with a document and a note that was declined."""
    cast = a_cast(home_zip=ZIP)
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
    documents.add(cast.coordinator, folder, row.ref, DocumentKind.IEP, PDF)
    referrals.add_note(cast.coordinator, row.ref, CANARY, for_both=False, now=NOW)
    return moved(cast, row, Verb.DECLINE).ref


def dump(app) -> str:
    """Every row of every table as text; nothing is left open, as a restore wants the database for itself."""
    with app.app_context():
        with db.engine.connect() as connection:
            names = sorted(summaries(connection))
            rows = [connection.execute(text(f"SELECT * FROM {name}")).all() for name in names]  # noqa: S608
        db.session.remove()
        db.engine.dispose()
    return "\n".join(map(str, rows))


def test_what_was_purged_stays_purged_after_an_old_backup(app, saved, placewell, tmp_path):
    folder = a_folder(tmp_path)
    ref = saved(a_declined_packet, folder)
    with app.app_context():
        db.engine.dispose()
    backup = tmp_path / "old.zip"
    placewell("backup", backup)
    assert {CANARY, ZIP} <= set(hits(app, tmp_path))

    with time_machine.travel("2027-11-25T12:00:00+00:00"):
        planned = json.loads(placewell("retention", "run", "--dry-run", "--json"))
        assert CANARY in dump(app)
        done = json.loads(placewell("retention", "run", "--json"))
        assert done["certificate"]["purged"] == planned["purged"]
        assert done["certificate"]["counts"] == {"referral": 1, "document": 1, "student": 1, "ranking": 1}
        assert ref in str(planned["purged"])
        assert "nothing" in placewell("retention", "run")
        assert "1 certificate, 0 faults" in placewell("retention", "verify")

        assert hits(app, tmp_path) == []

        restored = placewell("restore", backup, "--replace")

        assert "1 certificate replayed; the content of 4 records was deleted again" in restored
        assert hits(app, tmp_path) == []
        assert "1 certificate, 0 faults" in placewell("retention", "verify")
        assert "0 records" in placewell("retention", "replay")
        assert "purged" in placewell("rankings", "verify")
        assert placewell("seats", "verify")


def hits(app, instance: Path) -> list[str]:
    """Where the planted words or the document are: in rows, or in the bytes of a file of the instance."""
    rows = dump(app)
    found = [word for word in (CANARY, ZIP) if word in rows]
    asides = set(instance.glob("*.before-*"))
    for file in instance.rglob("*"):
        if file.is_file() and file not in asides and file.suffix != ".zip":
            content = file.read_bytes()
            found += [file.name for word in (CANARY.encode(), PDF) if word in content]
    return found


def test_the_command_refuses_what_would_be_early_and_names_what_is_wrong(app, saved, placewell, tmp_path):
    saved(a_declined_packet, a_folder(tmp_path))
    with app.app_context():
        db.engine.dispose()

    assert "--dry-run" in placewell("retention", "run", "--at", "2031-01-01", code=2)
    assert "1 student" in placewell("retention", "run", "--dry-run", "--at", "2031-01-01")
    with time_machine.travel("2027-11-25T12:00:00+00:00"):
        placewell("retention", "run")
        [file] = (tmp_path / "retention").glob("*.json")
        file.write_text(file.read_text().replace('"student": 1', '"student": 2'))
        told = placewell("retention", "verify", code=1)
        assert "its file was changed" in told
        assert json.loads(placewell("retention", "verify", "--json", code=1))["faults"]
        file.write_text("{}")
        assert "cannot be read" in placewell("retention", "verify", code=1)
