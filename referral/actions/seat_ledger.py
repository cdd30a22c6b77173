"""Every change of a room's numbers: one guarded statement, and a line in the ledger."""

from collections.abc import Mapping

from sqlalchemy import update

from referral.actions import directory, history
from referral.errors import SeatUnavailable
from referral.models.base import db
from referral.models.seats import Room, SeatMove
from referral.rules.permissions import Actor
from referral.rules.referrals import Claim
from referral.rules.seats import MoveKind

Numbers = tuple[int, int, int]  # licensed, enrolled, held

# What a change of claim does to (enrolled, held).
CHANGES: Mapping[tuple[Claim, Claim], tuple[int, int]] = {
    (Claim.NONE, Claim.HELD): (0, 1),
    (Claim.HELD, Claim.NONE): (0, -1),
    (Claim.HELD, Claim.TAKEN): (1, -1),
    (Claim.TAKEN, Claim.NONE): (-1, 0),
    (Claim.NONE, Claim.TAKEN): (1, 0),
}


def change_claim(actor: Actor, room_id: int, before: Claim, after: Claim, *, referral_id: int) -> None:
    """Hold, release, fill or free a seat of a room for a referral.

    One statement checks and changes, so of two who want the last seat one gets it on any database.

    Raises
    ------
    SeatUnavailable : no open seat, or the room's seats were never entered.
    """
    if before is after:
        return
    enrolled, held = CHANGES[before, after]
    claims_more = enrolled + held > 0
    statement = (
        update(Room)
        .where(
            Room.id == room_id,
            Room.enrolled + enrolled >= 0,
            Room.held + held >= 0,
            Room.enrolled + Room.held + enrolled + held <= Room.licensed,
        )
        .values(enrolled=Room.enrolled + enrolled, held=Room.held + held, version=Room.version + 1)
        .execution_options(synchronize_session=False)
    )
    if claims_more:
        statement = statement.where(Room.retired_on.is_(None))
    if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise SeatUnavailable
    db.session.add(
        SeatMove(
            room_id=room_id,
            referral_id=referral_id,
            actor_user_id=actor.user_id or None,
            kind=MoveKind.REFERRAL.value,
            enrolled_change=enrolled,
            held_change=held,
        )
    )
    for row in db.session.identity_map.values():
        if isinstance(row, Room) and row.id == room_id:
            db.session.expire(row)
    directory.touch()


def post(actor_user_id: int | None, room: Room, before: Numbers, kind: MoveKind) -> None:
    """A line for numbers that were set: what they are now less what they were."""
    now = numbers_of(room)
    licensed, enrolled, held = (after - earlier for after, earlier in zip(now, before, strict=True))
    if licensed or enrolled or held:
        line = {
            "room_id": room.id,
            "actor_user_id": actor_user_id,
            "kind": kind.value,
            "licensed_change": licensed,
            "enrolled_change": enrolled,
            "held_change": held,
        }
        history.append(SeatMove, [line])


def numbers_of(room: Room) -> Numbers:
    """Licensed, enrolled and held; zero where nothing was entered."""
    return room.licensed or 0, room.enrolled or 0, room.held or 0
