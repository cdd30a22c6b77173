"""Many referrals of many students, all with a packet sent to one program, and a room with one open seat."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from referral.actions import disclosures, seats
from referral.models.base import db
from referral.models.programs import Program
from referral.models.referrals import Referral
from referral.queries.students import version
from referral.rules.permissions import Actor
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import State
from tests.programs import TODAY, room_of
from tests.referrals import CONSENT, NOW, Cast, a_cast
from tests.students import a_student


@dataclass(frozen=True)
class Packets:
    """The people, and the references of the referrals that wait for an offer."""

    coordinator: Actor
    staff: Actor
    refs: tuple[str, ...]


def many_packets(number: int, today: date = TODAY) -> Packets:
    """So many students of one district, each with a packet at the Bridge Program and a consent."""
    cast = a_cast()
    program = db.session.get_one(Program, room_of().program_id)
    refs = [_packet(cast, program, today).ref for _ in range(number)]
    leave_open(cast.river_staff, 1)
    return Packets(cast.coordinator, cast.river_staff, tuple(refs))


def leave_open(staff: Actor, count: int) -> None:
    """Set what the room is licensed for so that so many seats are open."""
    room = room_of()
    numbers = seats.numbers_of(room)
    wanted = replace(numbers, licensed=numbers.enrolled + numbers.held + count, openings=())
    seats.update(staff, "bridge", "room-1", wanted, version_seen=room.version, today=TODAY)


def _packet(cast: Cast, program: Program, today: date) -> Referral:
    student = a_student(cast.coordinator, age_years="9")
    consent = replace(CONSENT, signed_on=today, expires_on=today + timedelta(days=60))
    disclosures.record(cast.coordinator, student.ref, consent, today=today)
    row = Referral(
        ref=make_reference(ReferenceKind.REFERRAL),
        student_id=student.id,
        program_id=program.id,
        district_id=student.district_id,
        collaborative_id=program.organisation_id,
        profile_version_id=version(student).id,
        state=State.PACKET_SENT.value,
        sent_at=NOW - timedelta(days=1),
        released={"area": "Massachusetts"},
    )
    db.session.add(row)
    db.session.flush()
    return row
