"""Programs compiled into arrays: refusals, shared tables, and nothing left over from another student."""

import pytest

from matching import Catalogue, Choice, InvalidProfile, Site, rank_programs
from tests.matching.examples import HOME, POLICY, STUDENT, TODAY, a_program, a_student, rank


def test_two_programs_with_one_key_are_refused():
    with pytest.raises(InvalidProfile, match="bridge") as refusal:
        Catalogue.compile([a_program(), a_program("other"), a_program()])
    assert refusal.value.field == "programs"


def test_a_catalogue_is_compiled_once():
    catalogue = Catalogue.compile([a_program()])

    assert Catalogue.compile(catalogue) is catalogue


def test_shared_tables_are_emptied_before_they_grow_without_end():
    catalogue = Catalogue.compile([a_program()])
    for number in range(5000):
        assert catalogue.remember(number, lambda number=number: [number]) == [number]

    assert len(catalogue._shared) < 5000
    assert catalogue.remember(4999, lambda: "made anew") == [4999]


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
