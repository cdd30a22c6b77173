"""`placewell backup` and `placewell restore`, on both databases and from one to the other."""

import stat
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from referral.actions import seats
from referral.actions.backups import summaries
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.cli import main
from referral.formats.backups import Reading
from referral.migrations import newest_revision
from referral.models.base import db
from referral.models.seats import SeatMove
from referral.queries.seat_ledger import accounts
from referral.rules.permissions import COMMAND
from referral.rules.seat_ledger import faults_of
from referral.rules.seats import SeatNumbers
from tests.conftest import DATABASES
from tests.databases import SECRET, settings_for
from tests.programs import TODAY, a_file, load_file, room_of
from tests.referrals import staff_at
from tests.world import two_sides


@pytest.fixture
def database_url(database_kind, template_of, tmp_path) -> Iterator[str]:
    """The address of a database that nobody else is connected to: a restore insists on that."""
    with template_of(database_kind).fresh(tmp_path) as url:
        yield url


@pytest.fixture
def placewell(tmp_path, monkeypatch):
    """The command on a database."""
    monkeypatch.setenv("PLACEWELL_SECRET", SECRET)
    monkeypatch.setenv("PLACEWELL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PLACEWELL_URL", "https://localhost")
    monkeypatch.setenv("PLACEWELL_TRUSTED_PROXIES", "1")

    def run(url, *arguments):
        monkeypatch.setenv("DATABASE_URL", url)
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.zip"


@contextmanager
def app_on(url, folder) -> Iterator[None]:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def content_of(url, folder):
    with app_on(url, folder), db.engine.connect() as connection:
        return summaries(connection)


def dispose(app):
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("target_kind", DATABASES)
def test_a_backup_restores_whole_on_either_database(
    app, saved, placewell, file, database_url, template_of, tmp_path, target_kind
):
    saved(two_sides)
    made = placewell(database_url, "backup", file)
    folder = tmp_path / "target"
    folder.mkdir()

    with template_of(target_kind).fresh(folder, migrated=False) as target:
        restored = placewell(target, "restore", file)
        found = content_of(target, folder)
        with app_on(target, folder):
            revision = db.session.scalar(text("SELECT version_num FROM alembic_version"))
            wrong = [fault for account in accounts(COMMAND) for fault in faults_of(account)]
            load_file(a_file())  # and it works on: the next keys are free

    assert (made.exit_code, restored.exit_code) == (0, 0), made.output + restored.output
    assert "Restored and verified" in restored.output
    assert found == content_of(database_url, tmp_path)
    assert found["referrals"].rows == 4
    assert revision == newest_revision()
    assert wrong == []


def test_a_backup_is_private_and_never_overwritten(app, placewell, file, database_url):
    placewell(database_url, "backup", file)
    before = file.read_bytes()

    again = placewell(database_url, "backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert again.exit_code == 1
    assert "exists already" in again.output
    assert file.read_bytes() == before
    assert list(file.parent.glob("*.partial")) == []


def test_what_is_there_is_only_replaced_on_request_and_then_kept(
    app, saved, placewell, file, database_url, tmp_path
):
    saved(two_sides)
    dispose(app)
    placewell(database_url, "backup", file)
    whole = content_of(database_url, tmp_path)
    saved(lambda: load_file(a_file()))
    saved(lambda: db.session.execute(text("DELETE FROM referral_notes")))
    saved(lambda: db.session.execute(text("UPDATE users SET name = 'Changed'")))
    dispose(app)

    refused = placewell(database_url, "restore", file)
    still = content_of(database_url, tmp_path)
    done = placewell(database_url, "restore", file, "--replace")

    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert still != whole
    assert done.exit_code == 0, done.output
    assert "What was there before is in" in done.output
    assert content_of(database_url, tmp_path) == whole


@pytest.mark.parametrize("harm", ["cut", "row_lost", "no_zip"])
def test_a_damaged_backup_changes_nothing(app, saved, placewell, file, database_url, tmp_path, harm):
    saved(two_sides)
    dispose(app)
    placewell(database_url, "backup", file)
    before = content_of(database_url, tmp_path)
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-2000])
    elif harm == "no_zip":
        file.write_bytes(b"nothing")
    else:
        _lose_a_row(file)

    answer = placewell(database_url, "restore", file, "--replace")

    assert answer.exit_code == 1
    assert "backup" in answer.output
    assert content_of(database_url, tmp_path) == before
    assert list(tmp_path.glob("*.restoring*")) == []


def _lose_a_row(file):
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["users.jsonl"] = b"\n".join(parts["users.jsonl"].splitlines()[:-1]) + b"\n"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_backup_of_a_newer_version_is_refused(app, placewell, file, database_url):
    placewell(database_url, "backup", file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["manifest.json"] = parts["manifest.json"].replace(newest_revision().encode(), b"9999")
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    answer = placewell(database_url, "restore", file)

    assert answer.exit_code == 1
    assert "newer version" in answer.output


def test_a_database_in_use_is_not_replaced(app, saved, placewell, file, database_url):
    saved(two_sides)
    placewell(database_url, "backup", file)
    with app.app_context():
        db.session.execute(text("SELECT count(*) FROM users"))

        answer = placewell(database_url, "restore", file, "--replace")

        db.session.remove()
    assert answer.exit_code == 1
    assert "in use" in answer.output


def test_a_backup_under_eight_writers_restores_whole(
    app, saved, placewell, file, database_url, template_of, database_kind, tmp_path
):
    saved(load_file)
    staff = saved(lambda: staff_at("river"))
    ended, faults = threading.Event(), []

    def write(number):
        step = 0
        while not ended.is_set():
            step += 1
            with app.app_context():
                try:
                    in_transaction(partial(_change, staff, number, step))
                except Exception as error:
                    if type(error).__name__ != "StaleUpdate":
                        faults.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    [writer.start() for writer in writers]
    made = [placewell(database_url, "backup", file.with_suffix(f".{number}")) for number in range(3)]
    ended.set()
    [writer.join() for writer in writers]

    assert [one.exit_code for one in made] == [0, 0, 0]
    assert faults == []
    moves = [Reading(file.with_suffix(f".{n}")).manifest.tables["seat_moves"].rows for n in range(3)]
    assert moves[2] > 0
    assert moves == sorted(moves)
    folder = tmp_path / "target"
    folder.mkdir()
    with template_of(database_kind).fresh(folder, migrated=False) as target:
        assert placewell(target, "restore", file.with_suffix(".2")).exit_code == 0
        with app_on(target, folder):
            assert db.session.scalar(select(func.count()).select_from(SeatMove)) == moves[2]
            assert [fault for account in accounts(COMMAND) for fault in faults_of(account)] == []


def _change(staff, number, step):
    room = room_of()
    numbers = SeatNumbers(licensed=20 + number, enrolled=step % 8, held=1)
    seats.update(staff, "bridge", "room-1", numbers, version_seen=room.version, today=TODAY)
