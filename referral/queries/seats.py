"""Reads of rooms and seats, for the staff who keep them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.programs import Program
from referral.models.seats import Opening, Room, SeatReport
from referral.models.users import User
from referral.queries.program_rows import room_record
from referral.queries.programs import own_row
from referral.rules.permissions import Actor, Permission, check, places
from referral.rules.program_records import RoomRecord, is_key

HISTORY_ROWS = 200
_ROOM_IN_USE = (
    select(Room)
    .join(Program, Program.id == Room.program_id)
    .where(
        Program.slug == bindparam("slug"),
        Program.organisation_id.in_(bindparam("places", expanding=True)),
        Room.key == bindparam("key"),
        Room.retired_on.is_(None),
    )
)
_OPENINGS = select(Opening).where(Opening.room_id == bindparam("room_id")).order_by(Opening.opens_on)
_LOCKED_ROOM = _ROOM_IN_USE.with_for_update(of=Room).execution_options(populate_existing=True)


@dataclass(frozen=True)
class RoomEntry:
    """A room with its seats, the version it was read at, and whether its figures are an example."""

    record: RoomRecord
    version: int
    is_example: bool


@dataclass(frozen=True)
class OwnProgram:
    """A program of the actor's collaborative, with its rooms in use."""

    slug: str
    name: str
    agency: str
    status: str
    version: int
    rooms: tuple[RoomEntry, ...]


@dataclass(frozen=True)
class ReportLine:
    """A line of the history of seats."""

    at: datetime
    room: str
    who: str
    kind: str
    licensed: int | None
    enrolled: int | None
    held: int
    openings: list[dict[str, Any]]
    is_example: bool


def mine(actor: Actor) -> list[OwnProgram]:
    """The programs of the collaboratives where the actor keeps seats, with their rooms."""
    check(actor, Permission.SEATS_UPDATE)
    own = sorted(places(actor, Permission.SEATS_UPDATE))
    statement = select(Program).where(Program.organisation_id.in_(own)).order_by(Program.name, Program.slug)
    return _with_rooms(db.session.scalars(statement.options(selectinload(Program.organisation))))


def program(actor: Actor, slug: str) -> OwnProgram:
    """One program of the actor's collaborative, with its rooms.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to keep.
    """
    return _with_rooms([own_row(actor, slug, Permission.SEATS_UPDATE)])[0]


def room(actor: Actor, slug: str, key: str) -> RoomEntry:
    """One room in use of a program of the actor's collaborative.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to keep.
    """
    found = room_row(actor, slug, key)
    return RoomEntry(room_record(found, found.openings), found.version, found.is_example)


def room_row(
    actor: Actor, slug: str, key: str, *, permission: Permission = Permission.SEATS_UPDATE, lock: bool = False
) -> Room:
    """The row of a room in use with its openings, for an action to change; `lock` keeps others waiting.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to change.
    """
    found = None
    if is_key(slug) and is_key(key):
        asked = {"slug": slug, "key": key, "places": sorted(places(actor, permission))}
        found = db.session.scalar(_LOCKED_ROOM if lock else _ROOM_IN_USE, asked)
    if found is None:
        own_row(actor, slug, permission)  # says so where the program is not there, or not the actor's
        raise RecordNotFound(kind="room")
    set_committed_value(found, "openings", db.session.scalars(_OPENINGS, {"room_id": found.id}).all())
    return found


def retired_row(actor: Actor, slug: str, key: str) -> Room:
    """The row of a retired room, locked, for an action to take into use again.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to change.
    """
    owner = own_row(actor, slug, Permission.PROGRAM_EDIT)
    statement = select(Room).where(Room.program_id == owner.id, Room.key == key, Room.retired_on.is_not(None))
    found = db.session.scalar(statement.with_for_update()) if is_key(key) else None
    if found is None:
        raise RecordNotFound(kind="room")
    return found


def retired(actor: Actor, slug: str) -> list[RoomEntry]:
    """The retired rooms of a program of the actor's collaborative.

    Raises
    ------
    RecordNotFound : there is none, or it is not the actor's to keep.
    """
    owner = own_row(actor, slug, Permission.PROGRAM_EDIT)
    statement = select(Room).where(Room.program_id == owner.id, Room.retired_on.is_not(None))
    rows = db.session.scalars(statement.options(selectinload(Room.openings)).order_by(Room.id))
    return [RoomEntry(room_record(row, row.openings), row.version, row.is_example) for row in rows]


def open_room(program_id: int, key: str) -> Room:
    """The row of a room in use of a program whose row the caller was given.

    Raises
    ------
    RecordNotFound : there is none.
    """
    found = db.session.scalar(
        select(Room).where(Room.program_id == program_id, Room.key == key, Room.retired_on.is_(None))
    )
    if found is None:
        raise RecordNotFound(kind="room")
    return found


def history(actor: Actor, slug: str) -> list[ReportLine]:
    """What was reported of a program's seats, the newest first; retired rooms included."""
    owner = own_row(actor, slug, Permission.SEATS_UPDATE)
    statement = (
        select(SeatReport, Room, User.name)
        .join(Room, Room.id == SeatReport.room_id)
        .outerjoin(User, User.id == SeatReport.actor_user_id)
        .where(Room.program_id == owner.id)
        .order_by(SeatReport.id.desc())
        .limit(HISTORY_ROWS)
    )
    return [
        ReportLine(
            at=report.at,
            room=room_name(row.name, row.key),
            who=name or "",
            kind=report.kind,
            licensed=report.licensed,
            enrolled=report.enrolled,
            held=report.held,
            openings=report.openings,
            is_example=report.is_example,
        )
        for report, row, name in db.session.execute(statement)
    ]


def room_name(name: str | None, key: str) -> str:
    """What people call a room: its name, else its key in words."""
    return name or key.replace("-", " ").capitalize()


def _with_rooms(programs: Iterable[Program]) -> list[OwnProgram]:
    owners = list(programs)
    rooms: dict[int, list[RoomEntry]] = defaultdict(list)
    statement = select(Room).where(
        Room.program_id.in_([owner.id for owner in owners]), Room.retired_on.is_(None)
    )
    for row in db.session.scalars(statement.options(selectinload(Room.openings)).order_by(Room.id)):
        entry = RoomEntry(room_record(row, row.openings), row.version, row.is_example)
        rooms[row.program_id].append(entry)
    return [
        OwnProgram(
            slug=owner.slug,
            name=owner.name,
            agency=owner.organisation.name,
            status=owner.status,
            version=owner.version,
            rooms=tuple(rooms[owner.id]),
        )
        for owner in owners
    ]
