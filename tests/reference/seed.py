"""The seed as the method sees it, without example figures unless they are asked for."""

from datetime import date
from functools import cache

from matching import ProgramProfile
from referral.formats.places import find_place
from referral.formats.seed import read_seed
from referral.rules.program_records import ProgramFile
from referral.rules.programs import program_profile

TODAY = date(2026, 11, 22)


@cache
def seed() -> ProgramFile:
    """The packaged programs."""
    return read_seed()


@cache
def seed_profiles(*, with_examples: bool = False) -> tuple[ProgramProfile, ...]:
    """Every program of the seed as a profile."""
    agencies = {agency.key: agency for agency in seed().agencies}
    return tuple(
        program_profile(
            record,
            agencies[record.agency],
            today=TODAY,
            with_examples=with_examples,
            find_place=find_place,
        )
        for record in seed().programs
    )
