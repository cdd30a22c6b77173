"""How a program is kept up: its contact, its rhythm, and a district that was told no seat is left."""

from datetime import date

from sqlalchemy import bindparam, select, update

from referral.actions import audit, notices
from referral.actions.once import add_once
from referral.models.base import db
from referral.models.capacity import Upkeep
from referral.queries import upkeep as queries
from referral.queries.programs import own_row
from referral.rules.notices import Event
from referral.rules.permissions import Actor, Permission, check
from referral.rules.upkeep import UpkeepEntry, checked_upkeep

_UPKEEPS = Upkeep.__table__
_ANSWERED = (
    update(_UPKEEPS)
    .where(_UPKEEPS.c.program_id == bindparam("answering"), _UPKEEPS.c.told_gone_on.is_not(None))
    .values(told_gone_on=None)
)


def save(actor: Actor, slug: str, entry: UpkeepEntry) -> Upkeep:
    """Set whom to write to and how often.

    Raises
    ------
    RecordNotFound, InvalidInput
    """
    program = own_row(actor, slug, Permission.SEATS_UPDATE)
    entry = checked_upkeep(entry)
    row = locked(program.id)
    row.contact_email, row.confirm_every_days = entry.contact_email, entry.confirm_every_days
    audit.record(
        actor,
        "program:upkeep:saved",
        "program",
        slug,
        has_contact=entry.contact_email is not None,
        confirm_every_days=entry.confirm_every_days,
    )
    return row


def tell_gone(actor: Actor, slug: str, *, today: date) -> Upkeep:
    """Note that a district was told that no seat is left; the program's staff are asked to look.

    Raises
    ------
    NotPermitted, RecordNotFound
    """
    check(actor, Permission.CAPACITY_ASK)
    program = queries.open_program(actor, slug)
    row = locked(program.id)
    if row.told_gone_on is None:
        row.told_gone_on = today
        audit.record(actor, "program:seats:told_gone", "program", slug)
        staff = notices.holders(program.organisation_id, notices.STAFF_ROLES)
        notices.tell(Event.TOLD_GONE, staff - {actor.user_id}, "program", slug, occasion=today.isoformat())
    return row


def answered(program_id: int) -> None:
    """The program confirmed or changed its seats: what a district was told no longer stands."""
    db.session.execute(_ANSWERED, {"answering": program_id})
    held = db.session.identity_map.get(db.session.identity_key(Upkeep, program_id))
    if held is not None:
        db.session.expire(held)


def locked(program_id: int) -> Upkeep:
    """The row of a program's upkeep, made if there is none; others wait for their turn."""
    add_once(Upkeep, program_id=program_id)
    statement = select(Upkeep).where(Upkeep.program_id == program_id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()
