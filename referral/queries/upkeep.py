"""Reads of how programs are kept up."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.capacity import Upkeep
from referral.models.programs import Program
from referral.queries.programs import own_row
from referral.rules.permissions import Actor, Permission, check
from referral.rules.program_records import is_key
from referral.rules.upkeep import UpkeepEntry


@dataclass(frozen=True)
class ProgramUpkeep:
    """A program of the actor's collaborative and how it is kept up."""

    slug: str
    name: str
    entry: UpkeepEntry
    told_gone_on: date | None


def of_program(actor: Actor, slug: str) -> ProgramUpkeep:
    """How a program of the actor's collaborative is kept up; the defaults where staff set nothing.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to keep.
    """
    program = own_row(actor, slug, Permission.SEATS_UPDATE)
    row = db.session.get(Upkeep, program.id)
    if row is None:
        return ProgramUpkeep(slug, program.name, UpkeepEntry(), None)
    entry = UpkeepEntry(row.contact_email, row.confirm_every_days)
    return ProgramUpkeep(slug, program.name, entry, row.told_gone_on)


def told_gone_on(actor: Actor, slug: str) -> date | None:
    """The day on which a district was told that no seat is left; None once the program has answered."""
    check(actor, Permission.DIRECTORY_READ)
    return db.session.scalar(
        select(Upkeep.told_gone_on).join(Program, Program.id == Upkeep.program_id).where(Program.slug == slug)
    )


def open_program(actor: Actor, slug: str) -> Program:
    """A program of the directory that has not closed.

    Raises
    ------
    RecordNotFound
    """
    check(actor, Permission.DIRECTORY_READ)
    statement = select(Program).where(Program.slug == slug, Program.status != "closed")
    row = db.session.scalar(statement) if is_key(slug) else None
    if row is None:
        raise RecordNotFound(kind="program")
    return row
