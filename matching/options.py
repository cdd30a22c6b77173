"""What is ranked: one room of a program, or a program whose rooms are not known."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from matching.intervals import Interval
from matching.profiles import ProgramProfile, Room, Site
from matching.vocabulary import (
    SETTING_TIER,
    UNAPPROVED_TIER,
    Grade,
    Setting,
)

POSSIBLE_PUBLIC_SETTINGS = frozenset({Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY})


@dataclass(frozen=True)
class Option:
    """One row: a program, its room (None where rooms are not known) and the site of the room."""

    row: int
    program_index: int
    program: ProgramProfile
    room: Room | None
    site: Site | None

    @property
    def key(self) -> str:
        """Program and room in one key: what draws are made with."""
        return self.program.key if self.room is None else f"{self.program.key}/{self.room.key}"

    @property
    def ages(self) -> Interval | None:
        """Ages served in whole years, the room's before the program's."""
        return self.room.ages if self.room and self.room.ages else self.program.ages

    @property
    def grades(self) -> frozenset[Grade] | None:
        """Grades served, the room's before the program's."""
        return self.room.grades if self.room and self.room.grades is not None else self.program.grades

    @property
    def ratio(self) -> Fraction | None:
        """Students per adult, the room's before the program's."""
        return (self.room and self.room.students_per_adult) or self.program.students_per_adult


def possible_settings(program: ProgramProfile) -> frozenset[Setting]:
    """The stated setting, or those that a listed program of a public agency may have."""
    return _possible(program.setting, "setting" in program.inferred, program.operator.public)


@lru_cache(maxsize=64)
def _possible(setting: Setting | None, inferred: bool, public: bool) -> frozenset[Setting]:
    stated = frozenset() if setting is None else frozenset({setting})
    if stated and not inferred:
        return stated
    return stated | (POSSIBLE_PUBLIC_SETTINGS if public else frozenset(Setting))


def tier_of(program: ProgramProfile, unknown_setting: Setting, state: str | None) -> int:
    """Restrictiveness of a program, 0 least; unknown by the most restrictive possibility.

    A listed program is presumed approved by its own state, and by no other.
    """
    if program.approved is False or (program.approved is None and is_elsewhere(program, state)):
        return UNAPPROVED_TIER
    if program.setting is not None:
        return SETTING_TIER[program.setting]
    return SETTING_TIER[unknown_setting] if program.operator.public else UNAPPROVED_TIER


def is_elsewhere(program: ProgramProfile, state: str | None) -> bool:
    """Whether the program is of another state than the student's district."""
    return state is not None and program.operator.state != state


def site_of(program: ProgramProfile, room: Room | None) -> Site | None:
    """The site of a room, or the first of the program."""
    wanted = room.site if room else None
    for site in program.sites:
        if wanted is None or site.key == wanted:
            return site
    return None
