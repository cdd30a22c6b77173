"""SQLite as we run it: WAL, durable, foreign keys on, and transactions begun by us and not by the driver."""

from typing import Any

from sqlalchemy import Connection, Engine, event

WRITES = "placewell_writes"


def prepare(engine: Engine) -> None:
    """Set up an engine; does nothing for another database."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    if cursor.execute("PRAGMA journal_mode").fetchone() == ("delete",):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
