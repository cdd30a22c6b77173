"""One district and one collaborative with hundreds of programs and thousands of referrals, added in bulk.

Every row is a copy of one that the application made itself: only references, keys, states and days differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, inspect, select

from referral.actions import directory
from referral.models.base import Base, db, utc_now
from referral.models.notices import Notice
from referral.models.programs import Program
from referral.models.referrals import Referral, ReferralMove
from referral.models.seats import Room
from referral.models.students import ProfileVersion, Student
from referral.rules.permissions import Role
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import CLAIMS, ENDED, IN_PLACE, UNSENT, Claim, Party, State, Verb
from referral.rules.state_clocks import STATE_CLOCKS
from tests.programs import room_of
from tests.referrals import Cast, a_cast, moved, referred

PROGRAMS = 500
REFERRALS = 5000
STUDENTS = 1000
WAITS_FOR = {state: clock.waits_for for state, clock in STATE_CLOCKS.items()}
WAITS_FOR |= dict.fromkeys(IN_PLACE, Party.COORDINATOR)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class LargeSite:
    """The people of the district and the collaborative that hold all rows."""

    cast: Cast

    @property
    def places(self) -> dict[Role, int]:
        """Where each role is held."""
        district, river = (
            actor.assignments[0].organisation_id for actor in (self.cast.coordinator, self.staff)
        )
        return {
            Role.COORDINATOR: district,
            Role.DIRECTOR: district,
            Role.COLLABORATIVE_STAFF: river,
            Role.COLLABORATIVE_ADMINISTRATOR: river,
        }

    @property
    def staff(self):
        """Staff of the collaborative to which all referrals go."""
        return self.cast.river_staff


def large_site(programs: int = PROGRAMS, referrals: int = REFERRALS, students: int = STUDENTS) -> LargeSite:
    """So many programs of one collaborative, and so many referrals of one district's students to them."""
    cast = a_cast()
    [like] = referred(cast)
    moved(cast, like, Verb.APPROVE, Verb.ACKNOWLEDGE)
    db.session.flush()
    rooms = _programs(programs)
    _referrals(like, rooms, _students(cast.student, students), referrals)
    return LargeSite(cast)


def tell(user_id: int, count: int = REFERRALS) -> None:
    """So many notices to a user, one in ten not read, each about a referral."""
    refs = db.session.scalars(select(Referral.ref).limit(count)).all()
    now = utc_now()
    rows = [
        {
            "ref": make_reference(ReferenceKind.NOTICE),
            "user_id": user_id,
            "event": "approve",
            "subject_kind": "referral",
            "subject_ref": ref,
            "key": f"large-{number}",
            "at": now - timedelta(minutes=number),
            "read_at": None if number % 10 == 0 else now,
        }
        for number, ref in enumerate(refs)
    ]
    db.session.execute(insert(Notice), rows)


def _programs(count: int) -> Sequence[Room]:
    """Copies of the Bridge Program, each with its site and one room; gives the rooms."""
    like = room_of()
    program = db.session.get_one(Program, like.program_id)
    [site] = program.sites
    facts = [{"slug": f"bridge-{number}", "name": f"Bridge Program {number}"} for number in range(count)]
    keys = _add(program, facts)
    _add(site, [{"program_id": key} for key in keys])
    _add(like, [{"program_id": key, "held": 0} for key in keys])
    directory.touch()
    return db.session.scalars(select(Room).where(Room.program_id.in_(keys)).order_by(Room.id)).all()


def _students(like: Student, count: int) -> list[tuple[int, int]]:
    """Copies of a student with its profile; gives the keys of both."""
    profile = db.session.scalars(select(ProfileVersion).where(ProfileVersion.student_id == like.id)).one()
    keys = _add(like, [{"ref": make_reference(ReferenceKind.STUDENT)} for _ in range(count)])
    profiles = _add(profile, [{"student_id": key, "draft_id": None} for key in keys])
    return list(zip(keys, profiles, strict=True))


def _referrals(
    like: Referral, rooms: Sequence[Room], students: Sequence[tuple[int, int]], count: int
) -> None:
    """Copies of a referral in every state in turn, each with the last move of staff."""
    states, now, today = list(State), utc_now(), utc_now().date()
    facts: Rows = []
    for number in range(count):
        room = rooms[(number * 7 + number // len(students)) % len(rooms)]  # nobody twice to one program
        student, profile = students[number % len(students)]
        facts.append(
            {
                "ref": make_reference(ReferenceKind.REFERRAL),
                "student_id": student,
                "profile_version_id": profile,
                "program_id": room.program_id,
                "ranking_id": None,
            }
            | _standing(states[number % len(states)], room.id, now, today + timedelta(days=number % 60 - 20))
        )
    keys = _add(like, facts)
    move = db.session.scalars(
        select(ReferralMove).where(ReferralMove.referral_id == like.id, ReferralMove.verb == "acknowledge")
    ).one()
    _add(move, [{"referral_id": key, "number": 1, "form_key": None, "at": now} for key in keys])


def _standing(state: State, room: int, now: datetime, day: date) -> dict[str, Any]:
    """The columns of a state, as the rules of the table want them."""
    party, ended = WAITS_FOR.get(state), state in ENDED
    return {
        "state": state.value,
        "waits_for": party.value if party else None,
        "due_on": None if ended else day,
        "room_id": None if CLAIMS[state] is Claim.NONE else room,
        "hold_until": day if state is State.OFFERED else None,
        "sent_at": None if state in UNSENT else now,
        "waiting_since": now if state is State.WAITLISTED else None,
        "ended_on": now.date() if ended else None,
    }


def _add(like: Base, facts: Rows) -> list[int]:
    """Copies of a row with other facts; gives their keys, in order."""
    columns = [column.key for column in inspect(type(like)).column_attrs if column.key != "id"]
    said = {name: getattr(like, name) for name in columns}
    model = type(like)
    adding = insert(model).returning(model.id, sort_by_parameter_order=True)
    adding = adding.execution_options(render_nulls=True)  # rows of one shape go in few statements
    return list(db.session.scalars(adding, [said | one for one in facts]))
