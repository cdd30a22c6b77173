"""Hard orders for many students at once: ties, cost bands across the cut, unknown costs, several rooms."""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching.many
from matching import (
    NO_RATIO_LIMIT,
    POLICY_2026_1,
    Catalogue,
    Choice,
    Interval,
    MatchingError,
    NeedProfile,
    Policy,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Site,
    Students,
    class_rows,
    passing,
    rank_many,
    rank_programs,
    threads,
    with_example_transport,
)
from matching.scoring import evaluate
from matching.vocabulary import Dimension, Importance, Limit, PeerTime, PriceItem, Service, Setting
from tests.program_strategies import PLAIN_PROGRAM
from tests.strategies import PLACES, PLAIN_STUDENT, TODAY

CHOICE = Choice("A try.", "Nobody", date(2026, 11, 22))
PRICES = (None, 40_000, 40_400, 52_000, 90_000)
POLICIES = tuple(
    POLICY_2026_1.revised(version=f"try-{number}", choice=CHOICE, **changes)
    for number, changes in enumerate(
        [
            {"cost_delta": 0},
            {"cost_delta": 1},
            {"cost_delta": 200, "cost_rounding_usd": 1},
            {"cost_delta": 1000},
            {"need_fit_threshold": 950},
            {"need_fit_threshold": 0, "preferred_service_percent": 1},
        ]
    )
)


def drawn(seed: int) -> random.Random:
    """Made-up facts, the same for each seed."""
    return random.Random(seed)  # noqa: S311 - made-up data, no secret


def close_programs(rng: random.Random, count: int) -> list[ProgramProfile]:
    """Programs that differ in little, so that values tie and costs decide."""
    return [_program(rng, number) for number in range(count)]


def _program(rng: random.Random, number: int) -> ProgramProfile:
    price = rng.choice(PRICES)
    rooms = [_room(rng, place) for place in range(rng.choice([0, 1, 1, 3]))]
    sites = [Site(key=f"site-{number}", place=place) for number, place in enumerate(rng.sample(PLACES, 1))]
    return replace(
        PLAIN_PROGRAM,
        key=f"program-{number}",
        setting=rng.choice([Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY, None]),
        students_per_adult=rng.choice([Fraction(3), Fraction(4), None]),
        peer_time=rng.choice([PeerTime.SOME, PeerTime.NONE]),
        inferred=rng.choice([frozenset(), frozenset({"services"})]),
        limits=rng.choice([frozenset(), frozenset({Limit.DIPLOMA_TRACK, Limit.MEMBERS_ONLY})]),
        services=rng.choice([PLAIN_PROGRAM.services, {}, {Service.SPEECH: ServiceOffer()}]),
        levels={dimension: Interval(2, rng.choice([2, 2, 2, 3])) for dimension in Dimension},
        prices=() if price is None else (Price(item=PriceItem.TUITION, usd_per_year=price),),
        sites=tuple(sites) if number % 3 else (),
        ages=rng.choice([PLAIN_PROGRAM.ages, Interval(9, 12), Interval(3, 8)]),
        rooms=tuple(rooms),
    )


def _room(rng: random.Random, place: int) -> Room:
    days = rng.choice([2, 20, 60, 200])
    seats = Seats(licensed=8, enrolled=rng.choice([7, 8]), confirmed_on=TODAY - timedelta(days=days))
    return Room(
        key=f"room-{place}",
        students_per_adult=rng.choice([None, Fraction(3), Fraction(4)]),
        seats=rng.choice([None, seats]),
    )


def students_alike(rng: random.Random, count: int) -> list[NeedProfile]:
    """Students who differ in little."""
    services = (
        PLAIN_STUDENT.services,
        None,
        (),
        (
            ServiceNeed(service=Service.COUNSELING, importance=Importance.PREFERRED),
            ServiceNeed(service=Service.SPEECH),
        ),
    )
    return [
        replace(
            PLAIN_STUDENT,
            code=f"S-{number}",
            services=rng.choice(services),
            students_per_adult=rng.choice([Fraction(3), None, NO_RATIO_LIMIT]),
            permitted_settings=rng.choice([None, frozenset({Setting.PUBLIC_DAY})]),
            preferred_programs=rng.choice([(), ("program-1", "program-0")]),
            origin=rng.choice([None, *PLACES]),
            ride_minutes=rng.choice([{}, {"program-1": 12, "program-4": 90, "program-5/site-0": 35}]),
            ride_limit_is_firm=rng.choice([False, False, True]),
            district=rng.choice([PLAIN_STUDENT.district, "Elsewhere", None]),
            start_on=rng.choice([PLAIN_STUDENT.start_on, None]),
            levels={dimension: Interval(rng.choice([0, 2]), 2) for dimension in Dimension},
            state=rng.choice(["MA", "MN", None]),
        )
        for number in range(count)
    ]


Places = list[list[tuple[str, str | None, int]]]


def one_by_one(students: list[NeedProfile], catalogue: Catalogue, policy: Policy, top: int) -> Places:
    """Program, room and block of the best of each student, out of whole rankings."""
    rankings = (rank_programs(s, catalogue, policy, seed=s.code, today=TODAY) for s in students)
    return [
        [(one.program_key, one.room_key, one.block) for one in ranking.options if one.rank][:top]
        for ranking in rankings
    ]


def many(students, catalogue: Catalogue, policy: Policy, top: int, **how) -> Places:
    """The same out of ``rank_many``."""
    found = []
    for part in rank_many(students, catalogue, policy, top=top, today=TODAY, **how):
        for rows, blocks in zip(part.options.tolist(), part.blocks.tolist(), strict=True):
            options = [
                (catalogue.options[row], block) for row, block in zip(rows, blocks, strict=True) if block
            ]
            found.append([(one.program.key, one.room and one.room.key, block) for one, block in options])
    return found


@given(st.integers(0, 10**6), st.sampled_from([POLICY_2026_1, *POLICIES]), st.integers(1, 6), st.booleans())
def test_close_programs_are_ordered_as_one_by_one(seed, policy, top, priced_rides) -> None:
    rng = drawn(seed)
    catalogue = Catalogue.compile(close_programs(rng, rng.randint(1, 70)))
    students = students_alike(rng, 4)
    policy = with_example_transport(policy) if priced_rides else policy

    assert many(students, catalogue, policy, top) == one_by_one(students, catalogue, policy, top)


@given(st.integers(0, 10**6), st.integers(1, 9), st.booleans(), st.booleans())
def test_threads_chunks_and_columns_change_nothing(seed, chunk, in_columns, in_threads) -> None:
    rng = drawn(seed)
    catalogue = Catalogue.compile(close_programs(rng, 20))
    students = students_alike(rng, 8)
    given_as = Students.of(students) if in_columns else iter(students)
    how = {"workers": threads(2)} if in_threads else {}

    found = many(given_as, catalogue, POLICY_2026_1, 3, chunk=chunk, **how)

    assert found == many(students, catalogue, POLICY_2026_1, 3)


def test_more_rooms_than_thirteen_bits_can_count_are_ordered_as_one_by_one() -> None:
    close = close_programs(drawn(5), 60)
    programs = [
        replace(close[number % 60], key=f"program-{number}", rooms=close[number % 60].rooms[:1])
        for number in range(8_300)
    ]
    catalogue, student = Catalogue.compile(programs), students_alike(drawn(5), 1)[0]
    whole = evaluate(student, catalogue, POLICY_2026_1, seed=student.code, today=TODAY)

    part = next(rank_many([student], catalogue, POLICY_2026_1, top=20, today=TODAY))

    assert len(catalogue) > 1 << 13
    assert part.options[0].tolist() == whole.best[:20].tolist()


def test_what_one_call_made_does_not_color_the_next() -> None:
    rng = drawn(6)
    catalogue, students = Catalogue.compile(close_programs(rng, 64)), students_alike(rng, 6)

    for policy in (*POLICIES, *POLICIES[:2]):
        for part in (students[:3], students):
            assert many(part, catalogue, policy, 4) == one_by_one(part, catalogue, policy, 4)


@pytest.mark.parametrize("count", [63, 64, 65, 128])
def test_options_that_fill_their_words_are_ordered_as_one_by_one(count) -> None:
    programs = [replace(one, rooms=()) for one in close_programs(drawn(count), count)]
    catalogue, students = Catalogue.compile(programs), students_alike(drawn(count), 4)

    assert many(students, catalogue, POLICY_2026_1, 60) == one_by_one(students, catalogue, POLICY_2026_1, 60)


def test_tables_that_grow_too_large_are_made_anew(monkeypatch) -> None:
    monkeypatch.setattr(class_rows, "MOST_BYTES", 1)
    rng = drawn(7)
    catalogue, students = Catalogue.compile(close_programs(rng, 30)), students_alike(rng, 9)

    found = many(iter(students), catalogue, POLICY_2026_1, 3, chunk=2)

    assert found == one_by_one(students, catalogue, POLICY_2026_1, 3)


@pytest.mark.parametrize("share", [pytest.param(0.01, id="all"), pytest.param(10**9, id="none")])
def test_however_many_tables_are_made_one_nothing_changes(monkeypatch, share) -> None:
    rng = drawn(8)
    catalogue, students = Catalogue.compile(close_programs(rng, 30)), students_alike(rng, 9)
    found = many(students, Catalogue.compile(catalogue.programs), POLICY_2026_1, 3)

    monkeypatch.setattr(passing, "FOLDED_SHARE", share)

    assert many(students, catalogue, POLICY_2026_1, 3) == found


def test_too_many_rooms_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(matching.many, "MOST_OPTIONS", 3)

    with pytest.raises(MatchingError) as refused:
        rank_many([], close_programs(drawn(9), 9), POLICY_2026_1, today=TODAY)

    assert refused.value.field == "programs"
