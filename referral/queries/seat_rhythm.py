"""Programs whose seats want confirming by their own rhythm."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from referral.models.base import db
from referral.models.capacity import Upkeep
from referral.models.programs import Program
from referral.models.seats import Room
from referral.models.users import RoleAssignment, User
from referral.queries.settings import settings_of_all
from referral.rules.links import CONFIRM_EVERY_DAYS, is_asking_due
from referral.rules.permissions import Actor, Permission, Role, check

STAFF = (Role.COLLABORATIVE_STAFF.value, Role.COLLABORATIVE_ADMINISTRATOR.value)


@dataclass(frozen=True)
class ProgramToAsk:
    """A program whose seats want confirming, and the day it is there."""

    program_id: int
    slug: str
    organisation_id: int
    today: date


def programs_to_ask(actor: Actor, now: datetime, program_id: int | None = None) -> list[ProgramToAsk]:
    """Programs with somebody to ask, not confirmed and not asked within their rhythm."""
    check(actor, Permission.CLOCKS_RUN)
    statement = _statement() if program_id is None else _statement().where(Program.id == program_id)
    rows = db.session.execute(statement).all()
    settings = settings_of_all({program.organisation for program, *_ in rows})
    asked = []
    for program, upkeep, rooms, confirmed, oldest in rows:
        place = program.organisation
        today = settings[place.id].calendar(place.state).day_of(now)
        every = upkeep.confirm_every_days if upkeep else CONFIRM_EVERY_DAYS
        confirmed_on = oldest if confirmed == rooms else None
        if is_asking_due(confirmed_on, upkeep.asked_on if upkeep else None, every, today):
            asked.append(ProgramToAsk(program.id, program.slug, place.id, today))
    return asked


def _statement() -> Select[Any]:
    """Open programs with rooms and somebody to ask; how many rooms, how many confirmed, and the oldest."""
    rooms = (
        select(
            Room.program_id,
            func.count().label("rooms"),
            func.count(Room.confirmed_on).label("confirmed"),
            func.min(Room.confirmed_on).label("oldest"),
        )
        .where(Room.retired_on.is_(None))
        .group_by(Room.program_id)
        .subquery()
    )
    has_staff = (
        select(RoleAssignment.id)
        .join(User, User.id == RoleAssignment.user_id)
        .where(
            RoleAssignment.organisation_id == Program.organisation_id,
            RoleAssignment.role.in_(STAFF),
            User.active,
        )
        .exists()
    )
    return (
        select(Program, Upkeep, rooms.c.rooms, rooms.c.confirmed, rooms.c.oldest)
        .join(rooms, rooms.c.program_id == Program.id)
        .outerjoin(Upkeep, Upkeep.program_id == Program.id)
        .where(Program.status != "closed", or_(has_staff, Upkeep.contact_email.is_not(None)))
        .options(joinedload(Program.organisation))
        .order_by(Program.id)
    )
