"""Backup and restore of all tables, on either database, from one moment and proved by counts and digests.

It works on what the database has, not on what this version's models say: an older backup is restored into the
schema it was made with, and brought up to date after that.
"""

import base64
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from referral.config import VERSION
from referral.errors import ReferralError
from referral.formats.backups import (
    BadBackup,
    Manifest,
    Reading,
    Row,
    Summing,
    TableSummary,
    Writing,
    differing,
    line_of,
)
from referral.rules.permissions import Actor, Permission, check

BATCH = 500
REVISIONS = "alembic_version"
MADE_BY_MIGRATIONS = frozenset({REVISIONS, "directory_stamp"})


class NotRestored(ReferralError):
    """What was restored is not what the backup holds; the target is as it was."""

    status = 500
    default_code = "not_restored"


def back_up(actor: Actor, engine: Engine, path: Path, *, now: datetime) -> Manifest:
    """Write every table to a file, all as of one moment, while others read and write."""
    check(actor, Permission.BACKUPS_MAKE)
    with _one_moment(engine) as connection:
        revision = connection.scalar(text(f"SELECT version_num FROM {REVISIONS}"))  # noqa: S608
        writing = Writing(path)
        tables = {
            table.name: writing.table(table.name, _names(table), _rows(connection, table))
            for table in tables_of(connection)
        }
        manifest = Manifest(
            version=VERSION,
            revision=str(revision),
            made_at=now,
            database=connection.dialect.name,
            tables=tables,
        )
        writing.close(manifest)
    return manifest


def load(actor: Actor, connection: Connection, reading: Reading) -> None:
    """Put a backup into a database that has its schema and nothing else, and prove that it is whole.

    Raises
    ------
    BadBackup : the file is damaged, or is of another schema.
    NotRestored : the database holds something else than the backup now.
    """
    check(actor, Permission.BACKUPS_MAKE)
    tables = tables_of(connection)
    expected = reading.manifest.tables
    if {table.name: _names(table) for table in tables} != {
        name: list(summary.columns) for name, summary in expected.items()
    }:
        raise BadBackup("backup_of_another_schema")
    for table in tables:
        connection.execute(delete(table))  # a migration may have made a row
        _fill(connection, table, reading.rows(table.name))
    _set_sequences(connection, tables)
    different = differing(expected, summaries(connection))
    broken = _pointing_nowhere(connection)
    if different or broken:
        raise NotRestored(tables=", ".join([*different, *broken]))


def is_empty(engine: Engine) -> bool:
    """Whether a database holds nothing but what migrations make."""
    with engine.connect() as connection:
        return all(
            connection.scalar(select(func.count()).select_from(table)) == 0
            for table in tables_of(connection)
            if table.name not in MADE_BY_MIGRATIONS
        )


def summaries(connection: Connection) -> dict[str, TableSummary]:
    """The count and digest of every table."""
    found = {}
    for table in tables_of(connection):
        counted = Summing(tuple(_names(table)))
        for row in _rows(connection, table):
            counted.add(line_of(row))
        found[table.name] = counted.summary()
    return found


def tables_of(connection: Connection) -> list[Table]:
    """Every table of the database but that of the revision, those that others point to first."""
    metadata = MetaData()
    names = [name for name in inspect(connection).get_table_names() if name != REVISIONS]
    metadata.reflect(connection, only=names)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=bool(column.nullable))
    return list(metadata.sorted_tables)


def _one_moment(engine: Engine) -> Connection:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    connection = engine.connect()
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection  # SQLite: the first read of a transaction sets what it sees


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    statement = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=BATCH).execute(statement)
    yield from result


def _fill(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    readers = [_reader(column.type, connection.dialect.name) for column in table.columns]
    names = _names(table)
    own = _own_pointers(table)
    later: list[dict[str, Any]] = []
    values = (
        {name: read(value) for name, read, value in zip(names, readers, row, strict=True)} for row in rows
    )
    while batch := list(islice(values, BATCH)):
        for row in batch:
            later.extend(_taken_out(row, own))
        connection.execute(insert(table), batch)
    for pointer in later:
        connection.execute(update(table).where(table.c.id == pointer.pop("id")).values(pointer))


def _own_pointers(table: Table) -> list[str]:
    """The columns that point to a row of the same table."""
    return [
        column.name
        for column in table.columns
        if any(key.column.table is table and key.column.name == "id" for key in column.foreign_keys)
    ]


def _taken_out(row: dict[str, Any], own: list[str]) -> Iterator[dict[str, Any]]:
    """Pointers to rows that come later: they are set once those are there."""
    for name in own:
        if row[name] is not None and row[name] > row["id"]:
            yield {"id": row["id"], name: row[name]}
            row[name] = None


def _reader(kind: Any, dialect: str) -> Callable[[Any], Any]:
    """How a plain value becomes a column's."""
    if isinstance(kind, DateTime):
        zone = None if dialect == "sqlite" else UTC
        return _unless_none(lambda value: datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=zone))
    if isinstance(kind, Date):
        return _unless_none(date.fromisoformat)
    if isinstance(kind, LargeBinary):
        return _unless_none(base64.b64decode)
    return lambda value: value


def _unless_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _set_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL count on from the highest key."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.c and table.c.id.type.python_type is int:
            name = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
            highest = connection.scalar(select(func.max(table.c.id)))
            if name and highest:
                connection.execute(select(func.setval(name, highest)))


def _pointing_nowhere(connection: Connection) -> list[str]:
    """The tables with rows that point nowhere; PostgreSQL refuses such rows by itself."""
    if connection.dialect.name != "sqlite":
        return []
    return sorted({str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})
