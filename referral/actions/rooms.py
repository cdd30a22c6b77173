"""What staff do to rooms: add, change, retire and restore them; a retired room stays in the history."""

from datetime import date

from sqlalchemy import select

from referral.actions import audit, directory
from referral.actions.program_rows import set_band
from referral.actions.programs import locked, take_over
from referral.errors import FieldProblem, InvalidInput, StaleUpdate
from referral.models.base import db
from referral.models.programs import Program
from referral.models.seats import Room
from referral.queries.seat_ledger import claims_of
from referral.queries.seats import retired_row, room_row
from referral.rules.permissions import Actor, Permission
from referral.rules.program_records import RoomRecord
from referral.rules.seat_ledger import check_unclaimed


def add(actor: Actor, slug: str, record: RoomRecord) -> Room:
    """A new room, its seats not known yet.

    Raises
    ------
    RecordNotFound
    InvalidInput : another room of the program has this name.
    """
    program = locked(actor, slug)
    _check_free(program, record.key)
    room = Room(program_id=program.id, key=record.key, openings=[])
    set_band(room, record)
    db.session.add(room)
    _done(actor, program, "program:room:added", record.key)
    return room


def edit(actor: Actor, slug: str, key: str, record: RoomRecord, *, version_seen: int) -> Room:
    """New facts about a room; its seats and its key stay.

    Raises
    ------
    RecordNotFound, StaleUpdate
    """
    program = locked(actor, slug)
    room = _room(actor, slug, key, version_seen)
    set_band(room, record)
    _done(actor, program, "program:room:edited", key)
    return room


def retire(actor: Actor, slug: str, key: str, *, version_seen: int, today: date) -> None:
    """Take a room out of use.

    Raises
    ------
    RecordNotFound, StaleUpdate
    InvalidInput : referrals hold or fill seats in it.
    """
    program = locked(actor, slug)
    room = _room(actor, slug, key, version_seen)
    check_unclaimed(claims_of(room))
    room.retired_on = today
    _done(actor, program, "program:room:retired", key)


def restore(actor: Actor, slug: str, key: str, *, version_seen: int) -> None:
    """Take a retired room into use again, with its seats as they were and the age of that fact.

    Raises
    ------
    RecordNotFound, StaleUpdate
    """
    program = locked(actor, slug)
    room = _next_version(retired_row(actor, slug, key), version_seen)
    room.retired_on = None
    _done(actor, program, "program:room:restored", key)


def _room(actor: Actor, slug: str, key: str, version_seen: int) -> Room:
    return _next_version(
        room_row(actor, slug, key, permission=Permission.PROGRAM_EDIT, lock=True), version_seen
    )


def _next_version(room: Room, version_seen: int) -> Room:
    if room.version != version_seen:
        raise StaleUpdate(seen=version_seen, now=room.version)
    room.version += 1
    return room


def _check_free(program: Program, key: str) -> None:
    taken = db.session.scalar(select(Room.id).where(Room.program_id == program.id, Room.key == key))
    if taken is not None:
        raise InvalidInput([FieldProblem("name", "room_key_taken")])


def _done(actor: Actor, program: Program, tag: str, key: str) -> None:
    take_over(actor, program)
    audit.record(actor, tag, "program", program.slug, room=key)
    directory.touch()
