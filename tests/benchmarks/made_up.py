"""Made-up programs and students for timing: facts as a well-kept directory holds them, a tenth unknown."""

import random
from datetime import date, timedelta
from fractions import Fraction

from matching import (
    Interval,
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
)
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    OneToOne,
    PeerTime,
    PlacementType,
    PriceItem,
    Service,
    Setting,
    StateCategory,
)

TODAY = date(2026, 11, 22)
UNKNOWN_SHARE = 0.1
DAY_SETTINGS = (Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY, Setting.PUBLIC_DAY, Setting.PRIVATE_DAY)


def programs(count: int, *, seed: int = 1) -> list[ProgramProfile]:
    """Programs of one room each, over the area of a small state."""
    rng = random.Random(seed)  # noqa: S311 - made-up data, no secret
    return [_program(rng, number) for number in range(count)]


def _maybe(rng: random.Random, value):
    return None if rng.random() < UNKNOWN_SHARE else value


def _program(rng: random.Random, number: int) -> ProgramProfile:
    youngest = rng.choice([3, 5, 6, 8, 11, 14, 18])
    ages = _maybe(rng, Interval(youngest, min(21, youngest + rng.choice([4, 6, 8, 12]))))
    licensed = rng.randint(5, 12)
    tuition = rng.randint(40, 110) * 1000
    operator = Operator(key=f"agency-{number % 25}", name="Agency", state="MA", member_list_complete=True)
    site = Site(key="s", place=Place(latitude=rng.uniform(41.6, 42.8), longitude=rng.uniform(-73, -70.6)))
    seats = Seats(
        licensed=licensed,
        enrolled=rng.randint(licensed - 3, licensed),
        confirmed_on=TODAY - timedelta(days=rng.choice([2, 9, 13, 20, 45, 100])),
        openings=(Opening(on=TODAY + timedelta(days=rng.randint(10, 200)), seats=1),),
    )
    return ProgramProfile(
        key=f"program-{number}",
        name=f"Program {number}",
        operator=operator,
        placement_types=frozenset({PlacementType.SCHOOL_YEAR}),
        setting=rng.choice(DAY_SETTINGS),
        sites=(site,),
        ages=ages,
        services={
            service: ServiceOffer(delivery=rng.choices(list(Delivery), [8, 1, 1])[0])
            for service in Service
            if rng.random() > UNKNOWN_SHARE
        },
        communication_modes={
            m: rng.random() < 0.6 for m in CommunicationMode if rng.random() > UNKNOWN_SHARE
        },
        features={f: rng.random() < 0.6 for f in Feature if rng.random() > UNKNOWN_SHARE},
        levels={
            dimension: Interval(level, level)
            for dimension in Dimension
            if rng.random() > UNKNOWN_SHARE
            for level in (rng.randint(1, 4),)
        },
        peer_time=_maybe(rng, rng.choice(list(PeerTime))),
        prices=(Price(item=PriceItem.TUITION, usd_per_year=tuition),),
        rooms=(Room(key="r", students_per_adult=_maybe(rng, Fraction(rng.randint(1, 8))), seats=seats),),
    )


def student(*, seed: int = 2) -> NeedProfile:
    """A student of ten with some needs on every dimension and three required services."""
    rng = random.Random(seed)  # noqa: S311 - made-up data, no secret
    return NeedProfile(
        code=f"S-{seed}",
        age_months=Interval(126, 126),
        placement_type=PlacementType.SCHOOL_YEAR,
        start_on=TODAY + timedelta(days=45),
        categories=frozenset({StateCategory.AUTISM}),
        levels={
            dimension: Interval(level, level) for dimension in Dimension for level in (rng.randint(0, 2),)
        },
        services=(
            ServiceNeed(service=Service.SPEECH, delivery=Delivery.DIRECT, minutes_per_week=60),
            ServiceNeed(service=Service.OCCUPATIONAL, delivery=Delivery.DIRECT, minutes_per_week=30),
            ServiceNeed(service=Service.COUNSELING, delivery=Delivery.DIRECT, minutes_per_week=30),
        ),
        students_per_adult=Fraction(3),
        one_to_one=OneToOne.NONE,
        communication_modes=frozenset({CommunicationMode.SPEECH, CommunicationMode.AAC_PICTURES}),
        wheelchair=False,
        lift=False,
        accessible_changing=False,
        braille=False,
        intervener=False,
        permitted_settings=frozenset({Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY, Setting.PRIVATE_DAY}),
        peer_time=PeerTime.SOME,
        origin=Place(latitude=42.4, longitude=-71.2),
        district="Somewhere",
    )
