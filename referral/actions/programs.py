"""What staff do to a program's profile: save new facts, which from then on are theirs."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from referral.actions import audit, directory
from referral.actions.program_rows import set_facts
from referral.errors import StaleUpdate
from referral.models.base import db, utc_now
from referral.models.programs import Program
from referral.queries.programs import get, own_row
from referral.rules.checked import checked
from referral.rules.permissions import Actor, Permission
from referral.rules.program_records import ProgramRecord


def locked(actor: Actor, slug: str) -> Program:
    """The row of a program of the actor's collaborative, to change; other writers wait.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to edit.
    """
    row = own_row(actor, slug, Permission.PROGRAM_EDIT)
    statement = select(Program).where(Program.id == row.id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def take_over(actor: Actor, row: Program) -> None:
    """Mark a program as kept by its staff: a file no longer overwrites it."""
    row.updated_by, row.updated_at = actor.user_id, utc_now()


def edited(record: ProgramRecord, changes: Mapping[str, Any], confirmed: Collection[str]) -> ProgramRecord:
    """The record with changes; what staff changed or confirmed is no longer inferred.

    Raises
    ------
    InvalidInput : a change that cannot be.
    """
    values = {name: getattr(record, name) for name in type(record).model_fields} | dict(changes)
    new = checked(ProgramRecord, values)
    still = [
        name
        for name in record.inferred
        if name not in confirmed and _field(new, name) == _field(record, name)
    ]
    return new.model_copy(update={"inferred": tuple(still)})


def edit(
    actor: Actor,
    slug: str,
    changes: Mapping[str, Any],
    *,
    confirmed: Collection[str] = (),
    version_seen: int,
) -> ProgramRecord:
    """Save new facts of a program.

    Raises
    ------
    RecordNotFound, StaleUpdate, InvalidInput
    """
    row = locked(actor, slug)
    if row.version != version_seen:
        raise StaleUpdate(seen=version_seen, now=row.version)
    before = get(actor, slug).record
    new = edited(before, changes, confirmed)
    set_facts(row, new)
    row.version += 1
    take_over(actor, row)
    changed = [name for name in (*changes, "inferred") if getattr(before, name) != getattr(new, name)]
    audit.record(actor, "program:profile:edited", "program", slug, fields=changed)
    directory.touch()
    return new


def _field(record: ProgramRecord, name: str) -> Any:
    return getattr(record, name.split(".")[0])
