"""Hypothesis strategies: need profiles and programs with unknowns everywhere. Synthetic only.

Closed lists are drawn from a few of their terms, so that needs and offers meet often enough to matter.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from matching import (
    NO_RATIO_LIMIT,
    Interval,
    Membership,
    NeedProfile,
    Opening,
    Operator,
    Place,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Site,
    Wish,
)
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Grade,
    Importance,
    Insistence,
    Limit,
    OneToOne,
    PeerTime,
    PlacementType,
    Population,
    PriceItem,
    ProgramStatus,
    Service,
    Setting,
    StateCategory,
    SummerNeed,
)

TODAY = date(2026, 11, 22)
DISTRICT = "Lexington"
SERVICES = [Service.SPEECH, Service.NURSING, Service.PHYSICAL]
MODES = [CommunicationMode.SPEECH, CommunicationMode.ASL, CommunicationMode.AAC_DEVICE]
FEATURES = [Feature.WHEELCHAIR_ACCESS, Feature.LIFT, Feature.STEP_DOWN, Feature.SINGLE_SEX]
GRADES = [Grade.G3, Grade.G4, Grade.G8]
PLACEMENTS = [PlacementType.SCHOOL_YEAR, PlacementType.ASSESSMENT_45_DAY]
RATIOS = [Fraction(1), Fraction(3, 2), Fraction(7, 3), Fraction(3), Fraction(10)]
PLACES = [
    Place(latitude=42.447, longitude=-71.225),
    Place(latitude=42.415, longitude=-71.156),
    Place(latitude=42.101, longitude=-72.590),
]
INFERRED = ["ages", "setting", "grades", "placement_types", "services", "features", "levels.medical"]
AGES_OF_SEAT_FACTS = [0, 14, 15, 30, 31, 90, 91, 400]


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    """A value or None, which stands for not known."""
    return st.none() | values


def mostly(values: st.SearchStrategy) -> st.SearchStrategy:
    """A value, or now and then None."""
    return st.one_of(values, values, values, st.none())


def spans(least: int, most: int) -> st.SearchStrategy[Interval]:
    """A known number or a range."""
    ends = st.tuples(st.integers(least, most), st.integers(least, most))
    return st.integers(least, most).map(lambda n: Interval(n, n)) | ends.map(
        lambda two: Interval(min(two), max(two))
    )


def days(earliest: int, latest: int) -> st.SearchStrategy[date]:
    """A date some days from today."""
    return st.integers(earliest, latest).map(lambda n: TODAY + timedelta(days=n))


def some(terms: list) -> st.SearchStrategy[frozenset]:
    """A few of the terms, or none."""
    return st.sets(st.sampled_from(terms), max_size=2).map(frozenset)


def yes_or_no(terms: list) -> st.SearchStrategy[dict]:
    """Yes or no for some of the terms; the others are not known."""
    return st.dictionaries(st.sampled_from(terms), st.booleans(), max_size=3)


def levels() -> st.SearchStrategy[dict]:
    """Levels on some dimensions; the others are not known."""
    return st.dictionaries(st.sampled_from(Dimension), spans(0, 4), max_size=6)


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


@st.composite
def varied(draw: st.DrawFn, bases: list, fields: dict[str, st.SearchStrategy], *, most: int = 7) -> Any:
    """One of the bases with a few of its fields drawn anew."""
    chosen = draw(st.sets(st.sampled_from(sorted(fields)), max_size=most))
    return replace(draw(st.sampled_from(bases)), **{name: draw(fields[name]) for name in sorted(chosen)})


def need_profiles() -> st.SearchStrategy[NeedProfile]:
    """A student's needs; every one may be unknown."""
    blanks = {name: mostly(values) for name, values in NEEDS.items()}
    return varied([PLAIN_STUDENT, PLAIN_STUDENT, PLAIN_STUDENT, BLANK_STUDENT], blanks | STATED_NEEDS)


def memberships() -> st.SearchStrategy[tuple[Membership, ...]]:
    """A district's membership with or without dates, or another district's."""
    one = st.builds(
        Membership,
        district=st.sampled_from([DISTRICT, "Arlington"]),
        valid_from=maybe(days(-400, -30) | days(30, 60)),
        valid_to=maybe(days(61, 200)),
    )
    return st.lists(one, max_size=2).map(tuple)


def operators() -> st.SearchStrategy[Operator]:
    """An agency, mostly public, with its members as far as they are known."""
    return st.builds(
        Operator,
        key=st.just("river"),
        name=st.just("River Collaborative"),
        state=st.sampled_from(["MA", "MA", "MN"]),
        public=st.sampled_from([True, True, False]),
        members=memberships(),
        member_list_complete=st.booleans(),
    )


def seats() -> st.SearchStrategy[Seats]:
    """Seats that add up, confirmed at the edges of what counts, or never."""

    def added_up(counts: tuple[int, int, int], confirmed: int | None, opening: date | None) -> Seats:
        open_seats, enrolled, held = counts
        return Seats(
            licensed=open_seats + enrolled + held,
            enrolled=enrolled,
            held=held,
            confirmed_on=None if confirmed is None else TODAY - timedelta(days=confirmed),
            openings=() if opening is None else (Opening(on=opening, seats=1),),
        )

    counts = st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(0, 1))
    return st.builds(added_up, counts, maybe(st.sampled_from(AGES_OF_SEAT_FACTS)), maybe(days(-60, 150)))


def rooms(site_keys: list[str]) -> st.SearchStrategy[tuple[Room, ...]]:
    """Up to two rooms; what they leave unknown is the program's."""
    one = st.builds(
        Room,
        key=st.sampled_from(["room-0", "room-1"]),
        site=maybe(st.sampled_from(site_keys)) if site_keys else st.none(),
        ages=maybe(spans(5, 22)),
        students_per_adult=maybe(st.sampled_from(RATIOS)),
        seats=maybe(seats()),
    )
    return st.lists(one, max_size=2, unique_by=lambda room: room.key).map(tuple)


def prices() -> st.SearchStrategy[tuple[Price, ...]]:
    """Tuition for members, others or both, and extras; known in part."""
    one = st.builds(
        Price,
        item=st.sampled_from([PriceItem.TUITION, PriceItem.TUITION, PriceItem.AIDE, PriceItem.SUMMER]),
        usd_per_year=st.sampled_from([40_000, 40_400, 52_000, 90_000]),
        member=st.sampled_from([True, False, None]),
        valid_to=maybe(days(30, 60)),
    )
    return st.lists(one, max_size=3).map(tuple)


def offers() -> st.SearchStrategy[dict[Service, ServiceOffer]]:
    """How some services are offered; the others are not stated."""
    one = st.builds(
        ServiceOffer,
        delivery=st.sampled_from(Delivery),
        minutes_per_week_max=maybe(st.sampled_from([30, 45, 60])),
    )
    return st.dictionaries(st.sampled_from(SERVICES), one, max_size=3)


FACTS: dict[str, st.SearchStrategy] = {
    "closes_on": days(-30, 90),
    "placement_types": some(PLACEMENTS),
    "setting": st.sampled_from(Setting),
    "approved": st.booleans(),
    "populations": some(list(Population)),
    "ages": spans(3, 22),
    "ages_at_admission": spans(3, 21),
    "grades": some(GRADES),
    "students_per_adult": st.sampled_from(RATIOS),
    "peer_time": st.sampled_from(PeerTime),
}
STATED_FACTS: dict[str, st.SearchStrategy] = {
    "operator": operators(),
    "status": st.sampled_from([ProgramStatus.UNVERIFIED, ProgramStatus.CLOSED]),
    "inferred": some(INFERRED),
    "services": offers(),
    "communication_modes": yes_or_no(MODES),
    "features": yes_or_no(FEATURES),
    "levels": levels(),
    "limits": some([Limit.DIPLOMA_TRACK, Limit.MEMBERS_ONLY]),
    "prices": prices(),
}
RIVER = Operator(
    key="river", name="River Collaborative", state="MA", members=(Membership(district=DISTRICT),)
)
BLANK_PROGRAM = ProgramProfile(key="program-0", name="", operator=replace(RIVER, members=()))
PLAIN_PROGRAM = ProgramProfile(
    key="program-0",
    name="",
    operator=RIVER,
    placement_types=frozenset({PlacementType.SCHOOL_YEAR}),
    setting=Setting.PUBLIC_DAY,
    ages=Interval(5, 14),
    students_per_adult=Fraction(3),
    services={Service.SPEECH: ServiceOffer()},
    communication_modes=dict.fromkeys(MODES, True),
    features=dict.fromkeys(FEATURES, True),
    levels={dimension: Interval(2, 3) for dimension in Dimension},
    peer_time=PeerTime.HALF,
    prices=(Price(item=PriceItem.TUITION, usd_per_year=50_000),),
)


@st.composite
def program_profiles(draw: st.DrawFn) -> ProgramProfile:
    """A program; every fact may be unknown or inferred."""
    blanks = {name: mostly(values) for name, values in FACTS.items()}
    program = draw(
        varied([PLAIN_PROGRAM, PLAIN_PROGRAM, PLAIN_PROGRAM, BLANK_PROGRAM], blanks | STATED_FACTS)
    )
    places = draw(st.lists(maybe(st.sampled_from(PLACES)), max_size=2))
    sites = tuple(Site(key=f"site-{number}", place=place) for number, place in enumerate(places))
    return replace(program, sites=sites, rooms=draw(rooms([site.key for site in sites])))


@st.composite
def lists_of_programs(draw: st.DrawFn, *, least: int = 0, most: int = 3) -> tuple[ProgramProfile, ...]:
    """Programs with keys of their own; some are alike but for the key, so that ties occur."""
    listed = draw(st.lists(program_profiles(), min_size=least, max_size=most))
    if listed and draw(st.booleans()):
        listed = [*listed[: most - 1], listed[0]]
    return tuple(replace(one, key=f"program-{number}") for number, one in enumerate(listed))
