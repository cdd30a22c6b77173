"""Many students at once: the best programs of each, in the order of one by one, whatever the chunks."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import (
    POLICY_2026_1,
    Catalogue,
    NeedProfile,
    ProgramProfile,
    Students,
    rank_many,
    rank_programs,
    with_example_transport,
)
from matching.exceptions import MatchingError
from tests.benchmarks import made_up
from tests.strategies import lists_of_programs, need_profiles

TODAY = date(2026, 11, 22)
TOP = 5


def one_by_one(students, catalogue, policy=POLICY_2026_1, top=TOP) -> list[list[str]]:
    rankings = [rank_programs(s, catalogue, policy, seed=s.code, today=TODAY) for s in students]
    return [[option.program_key for option in ranking.options if option.rank][:top] for ranking in rankings]


def many(students, catalogue, policy=POLICY_2026_1, top=TOP, **kwargs) -> list[list[str]]:
    chunks = rank_many(students, catalogue, policy, top=top, today=TODAY, **kwargs)
    return [part.program_keys(place) for part in chunks for place in range(len(part.student_codes))]


def coded(students: list[NeedProfile]) -> list[NeedProfile]:
    return [replace(student, code=f"S-{number}") for number, student in enumerate(students)]


@given(st.lists(need_profiles(), min_size=1, max_size=6).map(coded), lists_of_programs(), st.integers(1, 7))
def test_the_order_is_that_of_one_by_one_for_any_chunk(students, programs, chunk) -> None:
    catalogue = Catalogue.compile(programs)

    assert many(students, catalogue, chunk=chunk) == one_by_one(students, catalogue)


@given(st.lists(need_profiles(), min_size=1, max_size=5).map(coded), lists_of_programs())
def test_columns_and_an_iterator_give_the_same(students, programs) -> None:
    catalogue = Catalogue.compile(programs)

    assert many(Students.of(students), catalogue, chunk=2) == many(iter(students), catalogue, chunk=2)


def test_a_well_kept_directory_is_ranked_as_one_by_one() -> None:
    catalogue = Catalogue.compile(made_up.programs(150))
    base = made_up.student()
    students = coded([replace(base, students_per_adult=Fraction(n % 5 + 1)) for n in range(12)])

    assert many(students, catalogue) == one_by_one(students, catalogue)


def test_options_equal_in_everything_are_drawn_by_the_students_code() -> None:
    operator = made_up.programs(1)[0].operator
    twins = [ProgramProfile(key=f"twin-{n}", name="Twin", operator=operator) for n in range(6)]
    students = coded([made_up.student()] * 8)

    drawn = many(students, Catalogue.compile(twins))

    assert drawn == one_by_one(students, Catalogue.compile(twins))
    assert len({tuple(keys) for keys in drawn}) > 1


def test_where_rides_have_a_price_the_order_is_the_same_too() -> None:
    catalogue, policy = Catalogue.compile(made_up.programs(40)), with_example_transport(POLICY_2026_1)
    students = coded([made_up.student(seed=n) for n in range(3)])

    assert many(students, catalogue, policy) == one_by_one(students, catalogue, policy)


def test_what_is_missing_is_filled_up_with_minus_one() -> None:
    students = coded([made_up.student()])

    part = next(rank_many(students, made_up.programs(3), POLICY_2026_1, top=9, today=TODAY))

    assert part.options.shape == (1, 9)
    assert part.options[0, -1] == -1
    assert part.student_codes == ("S-0",)


def test_no_students_and_no_programs_give_nothing() -> None:
    students = coded([made_up.student()])

    assert list(rank_many([], made_up.programs(2), POLICY_2026_1, today=TODAY)) == []
    assert many(students, Catalogue.compile([])) == [[]]


@pytest.mark.parametrize("field", ["top", "chunk"])
def test_less_than_one_is_refused_with_the_field(field: str) -> None:
    with pytest.raises(MatchingError) as refused:
        list(rank_many([], [], POLICY_2026_1, today=TODAY, **{field: 0}))

    assert refused.value.field == field


def test_columns_of_columns_are_the_same_columns() -> None:
    columns = Students.of(coded([made_up.student()] * 3))

    assert Students.of(columns) is columns
    assert len(columns.part(1, 3)) == 2
    assert np.array_equal(columns.part(1, 3).columns[0].ids, columns.columns[0].ids[1:3])
