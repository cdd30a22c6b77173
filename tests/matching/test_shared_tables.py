"""One catalogue for many students, days and policies: what it remembers never reaches the wrong one."""

from datetime import timedelta

import pytest

from matching import Catalogue, Choice, Opening, Place, Seats, Site, rank_programs
from matching.scoring import evaluate
from tests.matching.examples import HOME, POLICY, STUDENT, TODAY, a_program, a_room, a_student, open_seats

NORTH = Place(latitude=42.01, longitude=-71.0)  # 0.7 miles of HOME: both within 20 minutes, of one value


def _revised(**numbers):
    return POLICY.revised(version="test-revised", choice=Choice("For tests.", "tests", TODAY), **numbers)


def _order(catalogue, student=STUDENT, *, policy=POLICY, today=TODAY):
    ranking = rank_programs(student, catalogue, policy, seed="s", today=today)
    assert len({option.value for option in ranking.options}) == 1
    return [option.program_key for option in ranking.options]


def test_of_equals_the_first_seat_is_that_of_each_day_and_policy():
    """A seat told 90 days ago is open now; told 91 days ago nobody knows, and one hoped for goes before it.

    Both are worth 0 to 1000: the one is stale, the other comes 120 days after today.
    """
    told = open_seats(confirmed_days_ago=90)
    opening = Opening(on=TODAY + timedelta(days=120), seats=1)
    full = Seats(licensed=8, enrolled=8, confirmed_on=TODAY, openings=(opening,))
    catalogue = Catalogue.compile(
        [a_program("told", rooms=(a_room(seats=told),)), a_program("hoped", rooms=(a_room(seats=full),))]
    )
    student, tomorrow = a_student(start_on=None), TODAY + timedelta(days=1)

    assert _order(catalogue, student) == ["told", "hoped"]
    assert _order(catalogue, student, today=tomorrow) == ["hoped", "told"]
    assert _order(catalogue, student, policy=_revised(seats_stale_days=89)) == ["hoped", "told"]


def test_of_equals_the_shorter_ride_is_that_of_each_town():
    sites = {"home": Site(key="x", place=HOME), "north": Site(key="x", place=NORTH)}
    catalogue = Catalogue.compile([a_program(key, sites=(site,)) for key, site in sites.items()])

    assert _order(catalogue, a_student(origin=HOME)) == ["home", "north"]
    assert _order(catalogue, a_student(origin=NORTH)) == ["north", "home"]


def test_of_equals_the_shorter_ride_is_that_entered_for_each_student():
    catalogue = Catalogue.compile([a_program("a"), a_program("b")])

    assert _order(catalogue, a_student(ride_minutes={"a": 5, "b": 10})) == ["a", "b"]
    assert _order(catalogue, a_student(ride_minutes={"a": 10, "b": 5})) == ["b", "a"]


@pytest.mark.parametrize(("first", "then"), [("a", "b"), ("b", "a")])
def test_a_program_next_door_is_the_nearest_of_equals(first, then):
    catalogue = Catalogue.compile([a_program("a"), a_program("b")])

    assert _order(catalogue, a_student(ride_minutes={first: 0, then: 10})) == [first, then]


def test_a_ride_has_the_value_that_each_policy_gives_it():
    """Next door is 4 to 8 minutes: full value up to 20; where it falls from 4 to 60, 1000 x 52 / 56 at 8."""
    catalogue = Catalogue.compile([a_program(sites=(Site(key="x", place=HOME),))])

    def bounds(policy):
        option = rank_programs(a_student(origin=HOME), catalogue, policy, seed="s", today=TODAY).options[0]
        return next((value.low, value.high) for value in option.criteria if value.criterion == "ride")

    assert [bounds(POLICY), bounds(_revised(ride_full_minutes=4))] == [(1000, 1000), (928, 1000)]


def test_a_ride_entered_for_one_student_is_of_no_value_to_the_next():
    """It falls from 20 to 60 minutes: at 30 it is worth 750, at 50 it is worth 250."""
    catalogue = Catalogue.compile([a_program()])

    def value(minutes):
        student = a_student(ride_minutes={"bridge": minutes})
        option = rank_programs(student, catalogue, POLICY, seed="s", today=TODAY).options[0]
        return next(one.middle for one in option.criteria if one.criterion == "ride")

    assert [value(minutes) for minutes in (30, 50, 30)] == [750, 250, 750]


def test_answers_that_students_share_cannot_be_written_over():
    evaluation = evaluate(STUDENT, Catalogue.compile([a_program()]), POLICY, seed="s", today=TODAY)

    for gate in evaluation.gates:
        with pytest.raises(ValueError, match="read-only"):
            gate.answers[0] = 0
