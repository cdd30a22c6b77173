"""Reads of programs: records, profiles to rank, one program, and what kept rankings store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from matching import ProgramProfile
from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.programs import Program
from referral.queries import catalog
from referral.queries.catalog import Catalog
from referral.queries.program_rows import stored
from referral.rules.permissions import Actor, Permission, check, may
from referral.rules.program_records import AgencyRecord, ProgramRecord, is_key
from referral.rules.programs import program_profile


@dataclass(frozen=True)
class ProgramEntry:
    """One program: its record with rooms, prices and examples, its agency, and the version it was read at."""

    record: ProgramRecord
    agency: AgencyRecord
    organisation_id: int
    version: int
    updated_at: datetime
    kept_by_staff: bool

    def profile(self, today: date) -> ProgramProfile:
        """The profile as ranked, examples included and marked."""
        return program_profile(self.record, self.agency, today=today, with_examples=True)


def records(actor: Actor) -> tuple[Mapping[str, AgencyRecord], tuple[ProgramRecord, ...]]:
    """Agencies by key and every program's record, closed ones included."""
    check(actor, Permission.DIRECTORY_READ)
    _, held = catalog.current_stored()
    return held.agencies, held.records


def profiles(actor: Actor, today: date, *, with_examples: bool) -> Catalog:
    """Agencies, records and the profiles that are ranked, as of a day."""
    check(actor, Permission.DIRECTORY_READ)
    return catalog.current(today, with_examples=with_examples)[1]


def records_snapshot(actor: Actor) -> dict[str, Any]:
    """What a kept ranking stores of the directory; `catalog.catalog_of` makes the profiles again from it."""
    check(actor, Permission.DIRECTORY_READ)
    _, held = catalog.current_stored()
    return catalog.snapshot_of(held)


def get(actor: Actor, slug: str) -> ProgramEntry:
    """A program of the directory.

    Raises
    ------
    RecordNotFound : there is none of this name.
    """
    check(actor, Permission.DIRECTORY_READ)
    return _entry(_row(slug))


def get_own(actor: Actor, slug: str, permission: Permission) -> ProgramEntry:
    """A program of the actor's own collaborative; another's does not exist here.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to change.
    """
    return _entry(own_row(actor, slug, permission))


def own_row(actor: Actor, slug: str, permission: Permission) -> Program:
    """The row of a program of the actor's own collaborative, for an action to change.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to change.
    """
    row = _row(slug)
    if not may(actor, permission, row.organisation_id):
        raise RecordNotFound(kind="program")
    return row


def _row(slug: str) -> Program:
    row = None
    if is_key(slug):
        row = db.session.scalar(select(Program).where(Program.slug == slug))
    if row is None:
        raise RecordNotFound(kind="program")
    return row


def _entry(row: Program) -> ProgramEntry:
    held = stored([row.id])
    record = held.records[0]
    return _as_entry(row, record, held.agencies[record.agency])


def _as_entry(row: Program, record: ProgramRecord, agency: AgencyRecord) -> ProgramEntry:
    return ProgramEntry(
        record=record,
        agency=agency,
        organisation_id=row.organisation_id,
        version=row.version,
        updated_at=row.updated_at,
        kept_by_staff=row.updated_by is not None,
    )
