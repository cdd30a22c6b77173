"""Hypothesis strategies: need profiles and programs with unknowns everywhere. Synthetic only.

A plain student or program, or one of which nothing is known, with a few facts drawn anew, so that needs and
offers meet often enough to matter.
"""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import strategies as st

from matching import NO_RATIO_LIMIT, Interval, NeedProfile, ProgramProfile, ServiceNeed, Wish
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Grade,
    Importance,
    Insistence,
    Limit,
    OneToOne,
    PeerTime,
    PlacementType,
    Service,
    Setting,
    StateCategory,
    SummerNeed,
)
from tests.program_strategies import prices, program_profiles, seats
from tests.strategy_basics import (
    DISTRICT,
    FEATURES,
    GRADES,
    MODES,
    PLACEMENTS,
    PLACES,
    RATIOS,
    SERVICES,
    TODAY,
    days,
    levels,
    maybe,
    mostly,
    some,
    spans,
    varied,
    yes_or_no,
)

__all__ = [
    "BLANK_STUDENT",
    "DISTRICT",
    "FEATURES",
    "MODES",
    "NEEDS",
    "PLACES",
    "PLAIN_STUDENT",
    "RATIOS",
    "SERVICES",
    "TODAY",
    "lists_of_programs",
    "need_profiles",
    "prices",
    "program_profiles",
    "seats",
    "spans",
]


def services_needed() -> st.SearchStrategy[tuple[ServiceNeed, ...]]:
    """Services asked for, each once."""
    one = st.builds(
        ServiceNeed,
        service=st.sampled_from(SERVICES),
        importance=st.sampled_from(Importance),
        delivery=maybe(st.sampled_from([Delivery.DIRECT, Delivery.CONSULT])),
        minutes_per_week=maybe(st.sampled_from([30, 60])),
    )
    return st.lists(one, max_size=3, unique_by=lambda need: need.service).map(tuple)


def wishes() -> st.SearchStrategy[tuple[Wish, ...]]:
    """A must or a nice-to-have, or nothing."""
    one = st.builds(Wish, feature=st.sampled_from(FEATURES), insistence=st.sampled_from(Insistence))
    return st.lists(one, max_size=1).map(tuple)


def rides() -> st.SearchStrategy[dict[str, int]]:
    """Measured rides to programs and to one site of a program."""
    keys = st.sampled_from(["program-0", "program-1", "program-1/site-1", "program-2/site-0"])
    return st.dictionaries(keys, st.integers(0, 130), max_size=2)


NEEDS: dict[str, st.SearchStrategy] = {
    "age_months": spans(30, 280),
    "grade": st.sampled_from(GRADES),
    "placement_type": st.sampled_from(PLACEMENTS),
    "start_on": days(-20, 120),
    "categories": st.sampled_from(StateCategory).map(lambda one: frozenset({one})),
    "services": services_needed(),
    "students_per_adult": st.sampled_from([*RATIOS, NO_RATIO_LIMIT]),
    "one_to_one": st.sampled_from(OneToOne),
    "communication_modes": some(MODES),
    "wheelchair": st.booleans(),
    "lift": st.booleans(),
    "accessible_changing": st.booleans(),
    "braille": st.booleans(),
    "intervener": st.booleans(),
    "permitted_settings": st.sets(
        st.sampled_from([Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY]), min_size=1
    ).map(frozenset),
    "peer_time": st.sampled_from(PeerTime),
    "summer": st.sampled_from(SummerNeed),
    "origin": st.sampled_from(PLACES),
    "ride_limit_minutes": st.sampled_from([15, 25, 45, 90]),
    "district": st.just(DISTRICT),
    "state": st.sampled_from(["MA", "MN"]),
}
STATED_NEEDS: dict[str, st.SearchStrategy] = {
    "levels": levels(),
    "meets": yes_or_no([Limit.DIPLOMA_TRACK]),
    "wishes": wishes(),
    "ride_minutes": rides(),
    "ride_limit_is_firm": st.booleans(),
    "preferred_programs": st.sampled_from([(), ("program-1",), ("program-2", "program-0")]),
}
BLANK_STUDENT = NeedProfile(code="S-SYNTHETIC")
PLAIN_STUDENT = NeedProfile(
    code="S-SYNTHETIC",
    age_months=Interval(120, 120),
    grade=Grade.G4,
    placement_type=PlacementType.SCHOOL_YEAR,
    start_on=TODAY + timedelta(days=30),
    levels={dimension: Interval(2, 2) for dimension in Dimension},
    services=(ServiceNeed(service=Service.SPEECH, delivery=Delivery.DIRECT, minutes_per_week=30),),
    students_per_adult=Fraction(3),
    one_to_one=OneToOne.NONE,
    communication_modes=frozenset({CommunicationMode.SPEECH}),
    wheelchair=False,
    lift=False,
    accessible_changing=False,
    braille=False,
    intervener=False,
    peer_time=PeerTime.SOME,
    origin=PLACES[0],
    district=DISTRICT,
    state="MA",
)


def need_profiles() -> st.SearchStrategy[NeedProfile]:
    """A student's needs; every one may be unknown."""
    blanks = {name: mostly(values) for name, values in NEEDS.items()}
    return varied([PLAIN_STUDENT, PLAIN_STUDENT, PLAIN_STUDENT, BLANK_STUDENT], blanks | STATED_NEEDS)


@st.composite
def lists_of_programs(draw: st.DrawFn, *, least: int = 0, most: int = 3) -> tuple[ProgramProfile, ...]:
    """Programs with keys of their own; some are alike but for the key, so that ties occur."""
    listed = draw(st.lists(program_profiles(), min_size=least, max_size=most))
    if listed and draw(st.booleans()):
        listed = [*listed[: most - 1], listed[0]]
    return tuple(replace(one, key=f"program-{number}") for number, one in enumerate(listed))
