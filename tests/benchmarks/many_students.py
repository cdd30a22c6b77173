"""Made-up students of a whole state for timing: every answer varies, a twentieth is not known."""

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from matching import Interval, NeedProfile, Place, ServiceNeed
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Importance,
    OneToOne,
    PeerTime,
    PlacementType,
    Service,
    Setting,
    StateCategory,
)

TOWNS = 351
UNKNOWN_SHARE = 0.05
DAYS = tuple(date(2027, month, 1) for month in range(1, 10))
DAY_SETTINGS = frozenset({Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY, Setting.PRIVATE_DAY})
PERMITTED = (
    DAY_SETTINGS,
    DAY_SETTINGS,
    frozenset({Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY}),
    frozenset({Setting.PUBLIC_DAY, Setting.PRIVATE_DAY}),
    frozenset({Setting.SEPARATE_CLASS}),
)
WANTED = {
    Service.SPEECH: 0.6,
    Service.OCCUPATIONAL: 0.4,
    Service.COUNSELING: 0.45,
    Service.PHYSICAL: 0.15,
    Service.BEHAVIOR_ANALYST: 0.25,
}
MODES = (
    frozenset({CommunicationMode.SPEECH}),
    frozenset({CommunicationMode.SPEECH}),
    frozenset({CommunicationMode.SPEECH, CommunicationMode.AAC_PICTURES}),
    frozenset({CommunicationMode.AAC_DEVICE}),
    frozenset({CommunicationMode.ASL}),
)


def students(count: int, *, seed: int = 3) -> list[NeedProfile]:
    """Students of 351 towns, ages 3 to 21 by month, with the needs that a form records."""
    return list(stream(count, seed=seed))


def stream(count: int, *, seed: int = 3) -> Iterator[NeedProfile]:
    """The same students one after the other, none of them kept."""
    rng = random.Random(seed)  # noqa: S311 - made-up data, no secret
    towns = [Place(latitude=rng.uniform(41.6, 42.8), longitude=rng.uniform(-73, -70.6)) for _ in range(TOWNS)]
    return (_student(rng, number, towns) for number in range(count))


def _maybe(rng: random.Random, value):
    return None if rng.random() < UNKNOWN_SHARE else value


def _often_false(rng: random.Random) -> bool | None:
    return _maybe(rng, rng.random() < 0.08)


def _student(rng: random.Random, number: int, towns: list[Place]) -> NeedProfile:
    months, town = rng.randint(36, 263), rng.randrange(TOWNS)
    return NeedProfile(
        code=f"S-{number}",
        age_months=_maybe(rng, Interval(months, months)),
        placement_type=_maybe(rng, PlacementType.SCHOOL_YEAR),
        start_on=_maybe(rng, rng.choice(DAYS)),
        categories=frozenset({rng.choice(list(StateCategory))}),
        levels={
            dimension: Interval(level, level)
            for dimension in Dimension
            if rng.random() > UNKNOWN_SHARE
            for level in rng.choices(range(5), [40, 30, 18, 8, 4])
        },
        services=_maybe(rng, tuple(_needs(rng))),
        students_per_adult=_maybe(rng, Fraction(rng.randint(1, 8))),
        one_to_one=_maybe(rng, rng.choices(list(OneToOne), [8, *[1] * (len(OneToOne) - 1)])[0]),
        communication_modes=_maybe(rng, rng.choice(MODES)),
        wheelchair=_often_false(rng),
        lift=_often_false(rng),
        accessible_changing=_often_false(rng),
        braille=_maybe(rng, rng.random() < 0.01),
        intervener=_maybe(rng, rng.random() < 0.01),
        permitted_settings=_maybe(rng, rng.choice(PERMITTED)),
        peer_time=_maybe(rng, rng.choice(list(PeerTime))),
        preferred_programs=(f"program-{rng.randrange(1000)}",) if rng.random() < 0.1 else (),
        origin=_maybe(rng, towns[town]),
        district=f"Town {town}",
        state="MA",
    )


def _needs(rng: random.Random):
    for service, share in WANTED.items():
        if rng.random() < share:
            yield ServiceNeed(
                service=service,
                importance=rng.choices([Importance.REQUIRED, Importance.PREFERRED], [85, 15])[0],
                delivery=rng.choices([Delivery.DIRECT, Delivery.CONSULT, None], [8, 1, 1])[0],
                minutes_per_week=_maybe(rng, rng.choice([30, 60, 90])),
            )
