"""What waits for an actor: counts from the actor's own districts or collaboratives, and a reference."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from referral.models.base import db, utc_now
from referral.models.programs import Program
from referral.models.rankings import Ranking
from referral.models.seats import Room
from referral.models.students import Draft, Student
from referral.models.users import User
from referral.rules.permissions import Actor, Permission, check, places
from referral.rules.seats import CURRENT_DAYS

RECENT = timedelta(days=14)


@dataclass(frozen=True)
class DistrictWork:
    """What a district's people have under way."""

    students: int
    drafts: int
    newest_draft: str | None
    recent_rankings: int


@dataclass(frozen=True)
class SeatWork:
    """Rooms of the actor's collaboratives, and how many hold facts that want confirming."""

    programs: int
    rooms: int
    to_confirm: int


def district_work(actor: Actor) -> DistrictWork:
    """Students, unfinished intakes and recent rankings of the actor's districts."""
    check(actor, Permission.STUDENT_READ)
    own = places(actor, Permission.STUDENT_READ)
    open_drafts = (Draft.district_id.in_(own), Draft.finished_at.is_(None))
    recent = select(func.count(Ranking.id)).join(Student, Student.id == Ranking.student_id)
    return DistrictWork(
        students=_count(select(func.count(Student.id)).where(Student.district_id.in_(own))),
        drafts=_count(select(func.count(Draft.id)).where(*open_drafts)),
        newest_draft=db.session.scalar(
            select(Draft.ref).where(*open_drafts).order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(1)
        ),
        recent_rankings=_count(
            recent.where(Student.district_id.in_(own), Ranking.made_at > utc_now() - RECENT)
        ),
    )


def seat_work(actor: Actor, today: date) -> SeatWork:
    """Programs and rooms of the actor's collaboratives, and the rooms not confirmed lately."""
    check(actor, Permission.SEATS_UPDATE)
    own = places(actor, Permission.SEATS_UPDATE)
    mine = (Program.organisation_id.in_(own), Program.status != "closed")
    rooms = select(func.count(Room.id)).join(Program, Program.id == Room.program_id)
    rooms = rooms.where(*mine, Room.retired_on.is_(None))
    fresh = Room.confirmed_on >= today - timedelta(days=CURRENT_DAYS)
    in_all = _count(rooms)
    return SeatWork(
        programs=_count(select(func.count(Program.id)).where(*mine)),
        rooms=in_all,
        to_confirm=in_all - _count(rooms.where(fresh)),
    )


def users_without_password(actor: Actor) -> int:
    """How many invited users have not chosen a password."""
    check(actor, Permission.USERS_MANAGE)
    return _count(select(func.count(User.id)).where(User.active, User.password.is_(None), ~User.is_demo))


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(statement) or 0
