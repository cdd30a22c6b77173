"""Reads of the ledger of seats: what referrals claim of rooms, whether all agrees, what referrals changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select

from referral.models.base import db
from referral.models.programs import Program
from referral.models.referrals import CLAIMING, Referral
from referral.models.seats import Room, SeatMove
from referral.models.users import RoleAssignment, User
from referral.queries.programs import own_row
from referral.queries.seats import room_name
from referral.rules.permissions import Actor, Permission, check
from referral.rules.referrals import CLAIMS, Claim, State
from referral.rules.seat_ledger import NO_CLAIMS, Account, Claims, Counts

MOVES_SHOWN = 200
_COUNTED = {Claim.HELD: "held", Claim.TAKEN: "enrolled"}
_CLAIMS = (
    select(Referral.room_id, Referral.state, func.count())
    .where(Referral.state.in_([state.value for state in CLAIMING]), Referral.room_id.is_not(None))
    .group_by(Referral.room_id, Referral.state)
)
_CLAIMS_OF_ROOM = _CLAIMS.where(Referral.room_id == bindparam("room_id"))


@dataclass(frozen=True)
class MoveLine:
    """What a referral did to a room's seats; `who` is named only where they work for the collaborative."""

    at: datetime
    room: str
    who: str | None
    by_clock: bool
    referral: str
    enrolled: int
    held: int


def claims(room_id: int | None = None) -> Mapping[int, Claims]:
    """What live referrals claim, by the room's key, of one room or of all; without a claim it is left out."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    statement, of_room = (_CLAIMS, {}) if room_id is None else (_CLAIMS_OF_ROOM, {"room_id": room_id})
    for key, state, count in db.session.execute(statement, of_room):
        if key is not None:
            counted[key][_COUNTED[CLAIMS[State(state)]]] += count
    return {key: Claims(**held) for key, held in counted.items()}


def claims_of(room: Room) -> Claims:
    """What live referrals claim of one room; the caller has locked its row, if it is to stay so."""
    return claims(room.id).get(room.id, NO_CLAIMS)


def claims_by_key(slugs: Iterable[str]) -> Mapping[tuple[str, str], Claims]:
    """What live referrals claim of the rooms of these programs, by the program's and the room's key."""
    claimed = claims()
    rooms = (
        select(Program.slug, Room.key, Room.id)
        .join(Program, Program.id == Room.program_id)
        .where(Room.id.in_(claimed), Program.slug.in_(list(slugs)))
    )
    return {(slug, key): claimed[room_id] for slug, key, room_id in db.session.execute(rooms)}


def accounts(actor: Actor) -> Iterator[Account]:
    """Every room with what its ledger adds up to and what referrals claim, retired rooms included."""
    check(actor, Permission.SEATS_VERIFY)
    sums = select(
        SeatMove.room_id,
        func.sum(SeatMove.licensed_change).label("licensed"),
        func.sum(SeatMove.enrolled_change).label("enrolled"),
        func.sum(SeatMove.held_change).label("held"),
    ).group_by(SeatMove.room_id)
    added = {row.room_id: _counts(row) for row in db.session.execute(sums)}
    claimed = claims()
    rooms = select(Program.slug, Room).join(Program, Program.id == Room.program_id)
    for slug, room in db.session.execute(rooms.order_by(Program.slug, Room.key)):
        yield Account(
            program=slug,
            room=room.key,
            now=_counts(room),
            ledger=added.get(room.id, Counts()),
            claims=claimed.get(room.id, NO_CLAIMS),
        )


def moves_by_referrals(actor: Actor, slug: str) -> list[MoveLine]:
    """What referrals did to a program's seats, the newest first; retired rooms included.

    Raises
    ------
    RecordNotFound : not the actor's program.
    """
    owner = own_row(actor, slug, Permission.SEATS_UPDATE)
    works_here = exists().where(
        RoleAssignment.user_id == User.id, RoleAssignment.organisation_id == owner.organisation_id
    )
    statement = (
        select(SeatMove, Room, Referral.ref, User.name, works_here)
        .join(Room, Room.id == SeatMove.room_id)
        .join(Referral, Referral.id == SeatMove.referral_id)
        .outerjoin(User, User.id == SeatMove.actor_user_id)
        .where(Room.program_id == owner.id)
        .order_by(SeatMove.id.desc())
        .limit(MOVES_SHOWN)
    )
    return [
        MoveLine(
            at=move.at,
            room=room_name(room.name, room.key),
            who=name if is_own else None,
            by_clock=move.actor_user_id is None,
            referral=ref,
            enrolled=move.enrolled_change,
            held=move.held_change,
        )
        for move, room, ref, name, is_own in db.session.execute(statement)
    ]


def _counts(row: Any) -> Counts:
    return Counts(licensed=row.licensed or 0, enrolled=row.enrolled or 0, held=row.held or 0)
