"""Hypothesis strategies for program files: any agency and program that the records allow."""

from fractions import Fraction

from hypothesis import strategies as st

from matching import Interval
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Grade,
    Limit,
    PeerTime,
    PlacementType,
    Population,
    PriceItem,
    ProgramStatus,
    ProgramType,
    Service,
    Setting,
)
from referral.rules.program_records import SCHEMA, ProgramFile

YAML_TRAPS = [
    "no",
    "02130",
    "1:30",
    "null",
    "~",
    "NULL",
    "nUll",
    "- a",
    "a: b",
    "# a",
    "=",
    "<<",
    "0x1",
    "1e3",
    "&a",
    "*a",
]
TEXT = st.sampled_from(YAML_TRAPS) | st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=40
).filter(str.strip)
KEYS = st.from_regex(r"[a-z0-9]{1,6}(-{1,2}[a-z0-9]{1,6}){0,3}", fullmatch=True)
DAYS = st.dates()
ADDRESSES = st.from_regex(r"https?://[a-z0-9./?=&#%-]{1,30}", fullmatch=True)


def _spans(least: int, most: int) -> st.SearchStrategy[Interval]:
    return st.tuples(st.integers(least, most), st.integers(least, most)).map(lambda p: Interval(*sorted(p)))


def _several(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[list]:
    return st.lists(strategy, max_size=most)


def _record(required: dict | None = None, **optional: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(required or {}, optional=optional)


RATIOS = st.builds(Fraction, st.integers(1, 40), st.integers(1, 9))
GRADES = st.lists(st.sampled_from(Grade), unique=True)
SOURCES = _several(_record({"address": ADDRESSES}, year=st.integers(1990, 2100)), 2)
SEATS = st.tuples(*[st.integers(0, 90)] * 3).flatmap(
    lambda n: _record(
        {"licensed": st.just(sum(n)), "enrolled": st.just(n[0]), "held": st.just(n[1])},
        confirmed_on=DAYS,
        confirmed_days_ago=st.integers(0, 3650),
        openings=_several(
            _record({"on": DAYS}, seats=st.integers(1, 9)) | _record({"in_months": st.integers(0, 36)})
        ),
        youngest_months=st.integers(24, 100),
        oldest_months=st.integers(100, 300),
    )
)
ROOMS = _record(
    {"key": KEYS},
    name=TEXT,
    ages=_spans(0, 30),
    grades=GRADES,
    students_per_adult=RATIOS,
    group_students=st.integers(0, 500),
    special_educators=st.integers(0, 50),
    aides=st.integers(0, 50),
    seats=SEATS,
)
PRICES = _record(
    {"usd_per_year": st.integers(0, 2_000_000)},
    item=st.sampled_from(PriceItem),
    member=st.booleans(),
    source=_record({"address": ADDRESSES}),
)
OFFERS = st.sampled_from(Delivery) | _record(
    delivery=st.sampled_from(Delivery), minutes_per_week_max=st.integers(0, 3000)
)


def _unique_rooms(most: int) -> st.SearchStrategy[list]:
    return st.lists(ROOMS, max_size=most, unique_by=lambda room: room["key"])


def _programs(agency: str) -> st.SearchStrategy[dict]:
    return _record(
        {"key": KEYS, "agency": st.just(agency), "name": TEXT},
        status=st.sampled_from(ProgramStatus),
        closes_on=DAYS,
        program_type=st.sampled_from(ProgramType),
        placement_types=_several(st.sampled_from(PlacementType)),
        setting=st.sampled_from(Setting),
        approved=st.booleans(),
        inferred=_several(st.sampled_from(["program_type", "populations", "levels.behavior"])),
        sites=_several(_record(town=TEXT, zip=st.from_regex(r"[0-9]{5}", fullmatch=True), place=TEXT), 2),
        populations=_several(st.sampled_from(Population)),
        ages=_spans(0, 30),
        grades=GRADES,
        students_per_adult=RATIOS,
        services=st.dictionaries(st.sampled_from(Service), OFFERS, max_size=3),
        communication_modes=st.dictionaries(st.sampled_from(CommunicationMode), st.booleans(), max_size=3),
        features=st.dictionaries(st.sampled_from(Feature), st.booleans(), max_size=3),
        levels=st.dictionaries(st.sampled_from(Dimension), _spans(0, 4), max_size=3),
        limits=_several(st.sampled_from(Limit)),
        peer_time=st.sampled_from(PeerTime),
        calendar=_record(days=st.integers(1, 366), hours=TEXT),
        note=TEXT,
        sources=SOURCES,
        rooms=_unique_rooms(2),
        prices=_several(PRICES, 1),
        examples=_record(prices=_several(PRICES, 1)),
    )


def _agencies(key: str) -> st.SearchStrategy[dict]:
    return _record(
        {"key": st.just(key), "name": TEXT, "state": st.sampled_from(["MA", "MN", "NY", "NO"])},
        town=TEXT,
        status=st.sampled_from(["active", "dissolved", "unverified"]),
        members=_several(_record({"district": TEXT}, valid_from=DAYS)),
        member_list_complete=st.booleans(),
        as_of=st.integers(1990, 2100),
        note=TEXT,
        sources=SOURCES,
    )


def _files(keys: list[str]) -> st.SearchStrategy[ProgramFile]:
    programs = st.lists(st.sampled_from(keys).flatmap(_programs), max_size=3, unique_by=lambda p: p["key"])
    return st.tuples(st.tuples(*map(_agencies, keys)), programs).map(
        lambda parts: ProgramFile.model_validate(
            {"format": SCHEMA, "agencies": list(parts[0]), "programs": parts[1]}
        )
    )


PROGRAM_FILES = st.lists(KEYS, min_size=1, max_size=2, unique=True).flatmap(_files)
