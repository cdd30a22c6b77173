"""A student without special demands, a program that fits, and a ranking of them, to change fact by fact."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from matching import (
    NO_RATIO_LIMIT,
    POLICY_2026_1,
    Interval,
    Membership,
    NeedProfile,
    Operator,
    Place,
    Policy,
    ProgramProfile,
    RankedProgram,
    Ranking,
    Room,
    Seats,
    rank_programs,
)
from matching.vocabulary import (
    CommunicationMode,
    Dimension,
    Grade,
    OneToOne,
    PeerTime,
    PlacementType,
    Setting,
)

TODAY = date(2026, 11, 22)
POLICY = POLICY_2026_1
DISTRICT = "Lexington"
HOME = Place(latitude=42.0, longitude=-71.0)
RIVER = Operator(
    key="river", name="River Collaborative", state="MA", members=(Membership(district=DISTRICT),)
)
STUDENT = NeedProfile(
    code="S-SYNTHETIC",
    age_months=Interval(120, 120),
    grade=Grade.G4,
    placement_type=PlacementType.SCHOOL_YEAR,
    start_on=TODAY + timedelta(days=30),
    levels=dict.fromkeys(Dimension, Interval(0, 0)),
    services=(),
    students_per_adult=NO_RATIO_LIMIT,
    one_to_one=OneToOne.NONE,
    communication_modes=frozenset({CommunicationMode.SPEECH}),
    wheelchair=False,
    lift=False,
    accessible_changing=False,
    braille=False,
    intervener=False,
    peer_time=PeerTime.NONE,
    district=DISTRICT,
    state="MA",
)
PROGRAM = ProgramProfile(
    key="bridge",
    name="Bridge Program",
    operator=RIVER,
    placement_types=frozenset({PlacementType.SCHOOL_YEAR}),
    setting=Setting.PUBLIC_DAY,
    ages=Interval(6, 14),
    levels=dict.fromkeys(Dimension, Interval(0, 0)),
)


def a_student(**facts: Any) -> NeedProfile:
    """A fourth-grader of ten, all of whose needs are known and who asks for nothing, but for these facts."""
    return replace(STUDENT, **facts)


def a_program(key: str = "bridge", **facts: Any) -> ProgramProfile:
    """A listed public day school that serves ages 6 to 14, but for these facts."""
    return replace(PROGRAM, key=key, **facts)


def a_room(key: str = "room-1", **facts: Any) -> Room:
    """A room; what is not given is the program's."""
    return Room(key=key, **facts)


def open_seats(count: int = 1, *, confirmed_days_ago: int = 0, **facts: Any) -> Seats:
    """Seats of which some are open, confirmed some days ago."""
    confirmed_on = TODAY - timedelta(days=confirmed_days_ago)
    return Seats(licensed=8 + count, enrolled=8, confirmed_on=confirmed_on, **facts)


def levels(**given: int | tuple[int, int]) -> dict[Dimension, Interval]:
    """All six levels: 0 but for those given, as a number or a range."""
    found = dict.fromkeys(Dimension, Interval(0, 0))
    for name, level in given.items():
        found[Dimension(name)] = Interval(level, level) if isinstance(level, int) else Interval(*level)
    return found


def rank(
    student: NeedProfile, *programs: ProgramProfile, policy: Policy = POLICY, seed: str = "s"
) -> Ranking:
    """The ranking of the programs on the day of all examples."""
    return rank_programs(student, programs, policy, seed=seed, today=TODAY)


def option_of(student: NeedProfile, program: ProgramProfile, policy: Policy = POLICY) -> RankedProgram:
    """The program as the only option."""
    return rank(student, program, policy=policy).options[0]


def answers(student: NeedProfile, program: ProgramProfile, policy: Policy = POLICY) -> dict[str, str]:
    """The answer of every gate that is asked."""
    return {gate.code: str(gate.answer) for gate in option_of(student, program, policy).gates}


def value_of(criterion: str, student: NeedProfile, program: ProgramProfile) -> tuple[int, int]:
    """The least and the most value of one criterion."""
    criteria = option_of(student, program).criteria
    return next((value.low, value.high) for value in criteria if value.criterion == criterion)
