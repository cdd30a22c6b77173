"""Programs compiled into arrays: refusals, shared tables, and nothing left over from another student."""

import gc
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, Choice, InvalidProfile, NeedProfile, Site, Wish, rank_programs
from matching.remembered import Bounded
from matching.vocabulary import Feature, Insistence
from tests.matching.examples import (
    HOME,
    POLICY,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    open_seats,
    rank,
)
from tests.strategies import lists_of_programs, need_profiles

MUST_HAVE = Wish(feature=Feature.LIFT, insistence=Insistence.MUST_HAVE)
OTHER_NUMBERS = POLICY.revised(
    version="test-others",
    choice=Choice("Every number that a table is made from.", "tests", TODAY),
    under_support_loss=200,
    over_support_loss=50,
    preferred_service_percent=30,
    ratio_zero_multiple=4,
    peer_points={time: place for place, time in enumerate(POLICY.peer_points)},
    return_support_points=150,
    ride_full_minutes=10,
    ride_default_limit_minutes=50,
    ride_least_limit_minutes=40,
    ride_base_minutes=9.0,
    start_zero_days=30,
    preference_points=(900, 700, 500),
    preference_not_named=200,
    preference_none_stated=400,
    need_fit_threshold=500,
    critical_need=1,
    critical_gap=1,
    cost_rounding_usd=500,
    seats_current_days=3,
    seats_ask_days=10,
    seats_stale_days=40,
    medical_gate_from=1,
    behavior_gate_from=1,
    age_limit_months=200,
    part_day_aide_percent=80,
)


def test_two_programs_with_one_key_are_refused():
    with pytest.raises(InvalidProfile, match="bridge") as refusal:
        Catalogue.compile([a_program(), a_program("other"), a_program()])
    assert refusal.value.field == "programs"


def test_a_catalogue_is_compiled_once():
    catalogue = Catalogue.compile([a_program()])

    assert Catalogue.compile(catalogue) is catalogue


def test_the_older_tables_go_before_they_grow_without_end():
    catalogue = Catalogue.compile([a_program()])
    for number in range(5000):
        assert catalogue.remember(number, lambda number=number: [number]) == [number]

    assert catalogue.remember(4999, lambda: "made anew") == [4999]
    assert catalogue.remember(0, lambda: "made anew") == "made anew"


def test_what_is_held_never_exceeds_its_bound():
    held = Bounded(10)
    for number in range(1000):
        held[number] = number
        assert len(held) <= 10

    assert held[999] == 999


@given(st.lists(need_profiles(), min_size=2, max_size=6), lists_of_programs(least=1))
def test_students_who_share_tables_get_what_each_gets_alone(students, programs):
    """What a table is shared by must hold all that it was made from, whoever came before."""
    catalogue = Catalogue.compile(programs)

    for student in students:
        for policy in (POLICY, OTHER_NUMBERS):
            shared = rank_programs(student, catalogue, policy, seed="s", today=TODAY)
            alone = rank_programs(student, programs, policy, seed="s", today=TODAY)
            assert [*shared.options] == [*alone.options]
            assert shared.team_questions == alone.team_questions


def test_a_catalogue_keeps_no_student():
    """Tables outlive a ranking; the profile that they were first made for must not."""
    catalogue = Catalogue.compile([a_program(rooms=(a_room(seats=open_seats()),))])
    student = a_student(code="S-GONE", origin=HOME, ride_limit_is_firm=True, wishes=(MUST_HAVE,))
    ranking = rank_programs(student, catalogue, POLICY, seed="s", today=TODAY)
    assert len([*ranking.options]) == 1
    del student, ranking

    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, NeedProfile) and one.code == "S-GONE"] == []
    assert len(catalogue) == 1


def test_a_copy_for_another_process_ranks_the_same():
    catalogue = Catalogue.compile([a_program("a"), a_program("b", ages=None)])
    before = [*rank_programs(STUDENT, catalogue, POLICY, seed="s", today=TODAY).options]

    copied = pickle.loads(pickle.dumps(catalogue))  # noqa: S301 - our own bytes
    assert [*rank_programs(STUDENT, copied, POLICY, seed="s", today=TODAY).options] == before


def test_two_policies_of_one_version_do_not_share_rides():
    sites = (Site(key="site-1", place=HOME),)
    catalogue = Catalogue.compile([a_program(sites=sites)])
    slow = POLICY.revised(
        version=POLICY.version, choice=Choice("Slow.", "tests", TODAY), ride_base_minutes=10.0
    )

    rides = [
        rank_programs(a_student(origin=HOME), catalogue, policy, seed="s", today=TODAY)
        .options[0]
        .ride.minutes
        for policy in (POLICY, slow)
    ]
    assert rides == [(4, 8), (8, 16)]


def test_one_student_after_another_gets_what_each_gets_alone():
    programs = [a_program("a", sites=(Site(key="x", place=HOME),)), a_program("b", ages=None)]
    catalogue = Catalogue.compile(programs)
    students = [STUDENT, a_student(origin=HOME, district=None), a_student(start_on=None), STUDENT]

    for student in students:
        shared = rank_programs(student, catalogue, POLICY, seed="s", today=TODAY)
        assert list(shared.options) == list(rank(student, *programs).options)
