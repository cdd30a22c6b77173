"""A backup file: a zip with one file of JSON lines for each table and a manifest with counts and digests.

It fits both databases: rows are plain values, and a table's digest does not depend on the order of its rows.
"""

import base64
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from referral.errors import ReferralError

MANIFEST = "manifest.json"
DIGEST_SIZE = 2**256
Row = Sequence[Any]


class BadBackup(ReferralError):
    """A file that is no backup, or one that is damaged."""

    status = 422
    default_code = "bad_backup"


class TableSummary(BaseModel):
    """What a table holds: its columns in the order of its rows, how many rows, and their digest."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    columns: tuple[str, ...]
    rows: int
    digest: str


class Manifest(BaseModel):
    """What a backup holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal["placewell/backup/1"] = "placewell/backup/1"
    version: str
    revision: str
    made_at: datetime
    database: str
    tables: dict[str, TableSummary]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables.values())


@dataclass
class Summing:
    """A table's count and digest, row by row; the order does not matter."""

    columns: tuple[str, ...]
    rows: int = 0
    total: int = field(default=0)

    def add(self, line: str) -> None:
        """Count a row."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(line.encode()).digest())) % DIGEST_SIZE

    def summary(self) -> TableSummary:
        """What was counted."""
        return TableSummary(columns=self.columns, rows=self.rows, digest=f"{self.total:064x}")


def line_of(row: Iterable[Any]) -> str:
    """A row as a line: moments in UTC, bytes as base 64."""
    return json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


class Writing:
    """A backup being written, table by table."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> TableSummary:
        """Write a table; gives its count and digest."""
        counted = Summing(tuple(columns))
        with self.archive.open(f"{name}.jsonl", "w", force_zip64=True) as file:
            for row in rows:
                line = line_of(row)
                counted.add(line)
                file.write(line.encode() + b"\n")
        return counted.summary()

    def close(self, manifest: Manifest) -> None:
        """Write the manifest and end the file."""
        self.archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
        self.archive.close()


class Reading:
    """A backup being read.

    Raises
    ------
    BadBackup : it is none, or its rows are not those of its manifest.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
            self.manifest = Manifest.model_validate_json(self.archive.read(MANIFEST))
        except (OSError, KeyError, zipfile.BadZipFile, ValidationError) as error:
            raise BadBackup from error

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a table; the last one comes only if all of them are as they were written."""
        expected = self.manifest.tables[name]
        counted = Summing(expected.columns)
        try:
            with self.archive.open(f"{name}.jsonl") as file:
                for line in TextIOWrapper(file, "utf-8", newline="\n"):
                    counted.add(line.rstrip("\n"))
                    yield json.loads(line)
        except (KeyError, zipfile.BadZipFile, ValueError) as error:
            raise BadBackup("backup_damaged", table=name) from error
        if counted.summary() != expected:
            raise BadBackup("backup_damaged", table=name)

    def close(self) -> None:
        """End reading."""
        self.archive.close()


def differing(expected: Mapping[str, TableSummary], found: Mapping[str, TableSummary]) -> list[str]:
    """The tables whose rows are not the same, by name."""
    names = expected.keys() | found.keys()

    def content(tables: Mapping[str, TableSummary], name: str) -> tuple[int, str] | None:
        return (tables[name].rows, tables[name].digest) if name in tables else None

    return sorted(name for name in names if content(expected, name) != content(found, name))
