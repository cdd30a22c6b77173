"""Makes agencies and programs for tests: records from a few facts, and programs loaded as a file is."""

from datetime import date
from typing import Any

from sqlalchemy import select

from referral.actions.programs_import import ImportOptions, import_programs
from referral.models.base import db
from referral.models.programs import Program
from referral.models.seats import Room
from referral.rules.permissions import COMMAND
from referral.rules.program_records import SCHEMA, ProgramFile
from referral.rules.programs import no_place

TODAY = date(2026, 11, 22)
AGENCY = {
    "key": "river",
    "name": "River Collaborative",
    "state": "MA",
    "town": "Lexington",
    "members": [{"district": "Lexington"}, {"district": "Arlington", "valid_from": "2015-07-01"}],
    "sources": [{"address": "https://river.example/members", "year": "2024"}],
}
ROOM = {
    "key": "room-1",
    "name": "Room 1",
    "ages": "6-9",
    "students_per_adult": "5:2",
    "group_students": 4,
    "special_educators": 1,
    "aides": 2,
    "seats": {
        "licensed": 8,
        "enrolled": 5,
        "held": 1,
        "confirmed_on": "2026-11-19",
        "youngest_months": 80,
        "oldest_months": 112,
        "openings": [{"on": "2027-01-01", "seats": 2}],
    },
}
EXAMPLES = {
    "rooms": [{"key": "room-2", "seats": {"licensed": 6, "enrolled": 4, "confirmed_days_ago": 20}}],
    "prices": [
        {"usd_per_year": 52_000, "member": True},
        {"usd_per_year": 61_000, "member": False},
    ],
}
PROGRAM = {
    "key": "bridge",
    "agency": "river",
    "name": "Bridge Program",
    "program_type": "separate_class",
    "inferred": ["program_type"],
    "sites": [{"town": "Lexington", "zip": "02421", "place": "A middle school"}],
    "populations": ["autism", "intellectual"],
    "ages": "6-14",
    "services": {"speech_therapy": "direct", "nursing": "not_offered"},
    "communication_modes": {"aac_device": True},
    "features": {"sensory_room": True},
    "sources": [{"address": "https://river.example/bridge", "year": "2025"}],
    "rooms": [ROOM],
    "examples": EXAMPLES,
}
Facts = dict[str, Any]


def a_file(*programs: Facts, agencies: tuple[Facts, ...] = (AGENCY,)) -> ProgramFile:
    """A file of one agency and of programs, the Bridge Program unless others are given."""
    return ProgramFile.model_validate(
        {"format": SCHEMA, "agencies": list(agencies), "programs": list(programs or (PROGRAM,))}
    )


def load_file(file: ProgramFile | None = None, *, with_examples: bool = True, today: date = TODAY, **facts):
    """Load a file as the command does; gives the counts."""
    options = ImportOptions(
        today=today, with_examples=with_examples, find_place=facts.get("find_place", no_place)
    )
    return import_programs(COMMAND, file or a_file(), options)


def a_program(**facts: Any) -> Program:
    """The Bridge Program with other facts, loaded with its examples; its agency is `river`."""
    load_file(a_file(PROGRAM | facts))
    key = facts.get("key", PROGRAM["key"])
    return db.session.scalars(select(Program).where(Program.slug == key)).one()


def room_of(slug: str = "bridge", key: str = "room-1") -> Room:
    """A room's row, read anew."""
    return db.session.scalars(
        select(Room).join(Program, Program.id == Room.program_id).where(Program.slug == slug, Room.key == key)
    ).one()
