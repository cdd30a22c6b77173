"""Makes a few programs and students whose rankings are easy to foresee."""

from datetime import date

from matching import (
    POLICY_2026_1,
    Interval,
    NeedProfile,
    Operator,
    ProgramProfile,
    Ranking,
    Room,
    Seats,
    rank_programs,
)
from matching.vocabulary import Dimension, OneToOne, PlacementType, Setting, SummerNeed

TODAY = date(2026, 11, 22)
RIVER = Operator(key="river", name="River Collaborative", state="MA")


def a_room(key: str, ages: tuple[int, int], n_open: int = 2, **facts) -> Room:
    """A room of eight with some seats open, confirmed two days ago."""
    seats = Seats(**{"licensed": 8, "enrolled": 8 - n_open, "confirmed_on": date(2026, 11, 20)} | facts)
    return Room(key=key, ages=Interval(*ages), seats=seats)


def a_program(key: str, *rooms: Room, level: int = 1, **facts) -> ProgramProfile:
    """A separate class for ages 6 to 14 with the same support in every dimension."""
    known = {
        "operator": RIVER,
        "name": key.title(),
        "setting": Setting.SEPARATE_CLASS,
        "ages": Interval(6, 14),
        "placement_types": frozenset(PlacementType),
        "levels": dict.fromkeys(Dimension, Interval(level, level)),
        "rooms": rooms,
    }
    return ProgramProfile(key=key, **known | facts)


def a_student(code: str, months: int = 96, need: int = 1, **facts) -> NeedProfile:
    """A student of eight with the same need in every dimension and nothing left to ask."""
    known = {
        "levels": dict.fromkeys(Dimension, Interval(need, need)),
        "age_months": Interval(months, months),
        "services": (),
        "start_on": date(2027, 1, 4),
        "placement_type": PlacementType.SCHOOL_YEAR,
        "communication_modes": frozenset(),
        "one_to_one": OneToOne.NONE,
        "permitted_settings": frozenset(Setting),
        "summer": SummerNeed.NONE,
        "state": "MA",
    }
    absent = dict.fromkeys(("wheelchair", "lift", "accessible_changing", "braille", "intervener"), False)
    return NeedProfile(code=code, **known | absent | facts)


def a_ranking(student: NeedProfile, *programs: ProgramProfile) -> Ranking:
    """The ranking of the student on the day of these tests."""
    return rank_programs(student, programs, POLICY_2026_1, seed=student.code, today=TODAY)
