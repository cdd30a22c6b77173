"""Hypothesis strategies: programs with rooms, seats, prices and members, unknown in part. Synthetic only."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from matching import (
    Interval,
    Membership,
    Opening,
    Operator,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceOffer,
    Site,
)
from matching.vocabulary import (
    Delivery,
    Dimension,
    Limit,
    PeerTime,
    PlacementType,
    Population,
    PriceItem,
    ProgramStatus,
    Service,
    Setting,
)
from tests.strategy_basics import (
    AGES_OF_SEAT_FACTS,
    DISTRICT,
    FEATURES,
    GRADES,
    INFERRED,
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


# Around a student of ten who starts next month: beyond, at and within 48 months, on both sides.
AGES_IN_ROOM = [(66, 100), (70, 118), (71, 119), (72, 90), (118, 150), (140, 167), (140, 168), (166, 214)]


def seats(*, with_ages: bool = True) -> st.SearchStrategy[Seats]:
    """Seats that add up, confirmed at the edges of what counts, or never; ages where somebody is there."""

    def added_up(
        counts: tuple[int, int, int],
        confirmed: int | None,
        opening: date | None,
        ages: tuple[int | None, int | None],
    ) -> Seats:
        open_seats, enrolled, held = counts
        youngest, oldest = ages if enrolled else (None, None)
        return Seats(
            licensed=open_seats + enrolled + held,
            enrolled=enrolled,
            held=held,
            confirmed_on=None if confirmed is None else TODAY - timedelta(days=confirmed),
            openings=() if opening is None else (Opening(on=opening, seats=1),),
            youngest_months=youngest,
            oldest_months=oldest,
        )

    unknown = st.sampled_from([(None, None), (None, 140), (100, None)])
    drawn = st.tuples(st.integers(30, 150), st.integers(150, 290)) | st.sampled_from(AGES_IN_ROOM)
    ages = unknown | drawn if with_ages else st.just((None, None))
    counts = st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(0, 1))
    return st.builds(
        added_up, counts, maybe(st.sampled_from(AGES_OF_SEAT_FACTS)), maybe(days(-60, 150)), ages
    )


def rooms(site_keys: list[str]) -> st.SearchStrategy[tuple[Room, ...]]:
    """Up to two rooms; what they leave unknown is the program's."""
    one = st.builds(
        Room,
        key=st.sampled_from(["room-0", "room-1"]),
        site=maybe(st.sampled_from(site_keys)) if site_keys else st.none(),
        ages=maybe(spans(5, 22)),
        students_per_adult=maybe(st.sampled_from(RATIOS)),
        group_students=maybe(st.integers(0, 9)),
        special_educators=maybe(st.integers(0, 2)),
        aides=maybe(st.integers(0, 3)),
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
