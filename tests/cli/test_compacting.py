"""What was deleted does not lie on in the files of the database; a busy one is told of, not waited for."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from referral.cli import compacting
from referral.models.sqlite import prepare

CANARY = b"PlantedWordsAboutJordan"


@pytest.fixture
def engine(tmp_path):
    """A SQLite file with a row that was deleted."""
    made = create_engine(f"sqlite:///{tmp_path / 'core.db'}", connect_args={"timeout": 0})
    prepare(made)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": CANARY.decode()})
    with made.begin() as connection:
        connection.execute(text("DELETE FROM notes"))
    yield made
    made.dispose()


def lies_in(folder):
    return [file.name for file in folder.iterdir() if CANARY in file.read_bytes()]


def test_deleted_words_are_gone_from_every_file(database, engine, tmp_path):
    assert lies_in(tmp_path)

    compacting.compact(engine)

    assert lies_in(tmp_path) == []


def test_a_busy_database_is_left_for_the_next_time(database, engine, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(compacting, "PAUSE_SECONDS", 0)
    with closing(sqlite3.connect(tmp_path / "core.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        compacting.compact(engine)

        assert "The database was busy" in capsys.readouterr().err
