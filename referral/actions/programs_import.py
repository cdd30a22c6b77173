"""Loads a file of agencies and programs; what a program's staff entered stays, nothing loads twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from referral.actions import audit, directory
from referral.actions.agencies_import import import_agencies
from referral.actions.prices_import import import_prices
from referral.actions.program_rows import facts_of, new_sites, set_facts
from referral.actions.rooms_import import import_rooms
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.models.programs import Program
from referral.queries.program_rows import stored
from referral.rules.import_counts import ImportCounts, Outcome
from referral.rules.permissions import Actor, Permission, check
from referral.rules.program_dates import dated
from referral.rules.program_records import ProgramFile, ProgramRecord
from referral.rules.programs import PlaceFinder

AfterEach = Callable[[ProgramRecord], None]


@dataclass(frozen=True)
class ImportOptions:
    """The day from which ages of facts are counted, whether examples load, and how sites get their points."""

    today: date
    with_examples: bool
    find_place: PlaceFinder


@dataclass(frozen=True)
class ProgramLoad:
    """An import under way: what the database held before, and what is counted."""

    options: ImportOptions
    agencies: Mapping[str, Organisation]
    rows: dict[str, Program]
    before: Mapping[str, ProgramRecord]
    counts: ImportCounts = field(default_factory=ImportCounts)


def ignore(_record: ProgramRecord) -> None:
    """Do nothing after a program: for an import nobody watches."""


def import_programs(
    actor: Actor, file: ProgramFile, options: ImportOptions, *, after_each: AfterEach = ignore
) -> ImportCounts:
    """Add and change what the file holds; the counts say what was done."""
    check(actor, Permission.PROGRAMS_IMPORT)
    load = _begin(file, options)
    records = [
        dated(record, today=options.today, with_examples=options.with_examples) for record in file.programs
    ]
    for record in records:
        load.counts.note("programs", _import_program(record, load))
        after_each(record)
    db.session.flush()
    programs = [(load.rows[record.key], record) for record in records]
    import_rooms(programs, options.today, load.counts, with_examples=options.with_examples)
    import_prices(programs, load.counts, with_examples=options.with_examples)
    if load.counts.changes:
        audit.record(actor, "directory:file:imported", "directory", "programs", changes=load.counts.changes)
        directory.touch()
    return load.counts


def _begin(file: ProgramFile, options: ImportOptions) -> ProgramLoad:
    counts = ImportCounts()
    agencies = import_agencies(file.agencies, counts)
    rows = {row.slug: row for row in db.session.scalars(select(Program).options(selectinload(Program.sites)))}
    before = {record.key: record for record in stored().records} if rows else {}
    return ProgramLoad(options, agencies, rows, before, counts)


def _import_program(record: ProgramRecord, load: ProgramLoad) -> Outcome:
    """Bring a program's facts and sites up to its record, unless its staff have edited them."""
    row = load.rows.get(record.key)
    organisation = load.agencies[record.agency]
    if row is None:
        row = Program(slug=record.key, organisation_id=organisation.id)
        load.rows[record.key] = row
        _write(row, record, organisation, load.options)
        db.session.add(row)
        return Outcome.ADDED
    if row.updated_by is not None:
        return Outcome.KEPT
    if row.organisation_id == organisation.id and _same_facts(load.before[record.key], record):
        return Outcome.UNCHANGED
    row.sites.clear()
    db.session.flush()  # the old sites go before new ones take their places
    row.organisation_id = organisation.id
    row.version += 1
    row.updated_at = utc_now()
    _write(row, record, organisation, load.options)
    return Outcome.CHANGED


def _write(row: Program, record: ProgramRecord, organisation: Organisation, options: ImportOptions) -> None:
    set_facts(row, record)
    row.sites.extend(new_sites(record, organisation.state or "", options.find_place))


def _same_facts(before: ProgramRecord, record: ProgramRecord) -> bool:
    return before.sites == record.sites and facts_of(before) == facts_of(record)
