"""Reads of how programs are kept up."""

from datetime import date

from sqlalchemy import select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.capacity import Upkeep
from referral.models.programs import Program
from referral.queries.programs import own_row
from referral.rules.permissions import Actor, Permission, check
from referral.rules.upkeep import UpkeepEntry


def entry_of(actor: Actor, slug: str) -> UpkeepEntry:
    """What staff set for a program of theirs; the defaults where they set nothing.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to keep.
    """
    row = db.session.get(Upkeep, own_row(actor, slug, Permission.SEATS_UPDATE).id)
    return UpkeepEntry() if row is None else UpkeepEntry(row.contact_email, row.confirm_every_days)


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
    row = db.session.scalar(select(Program).where(Program.slug == slug, Program.status != "closed"))
    if row is None:
        raise RecordNotFound(kind="program")
    return row
