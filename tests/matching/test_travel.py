"""Distances and rides: entered minutes, estimates by distance, and which site a key stands for."""

import math

import numpy as np
import pytest

from matching import Interval, Place, Site
from matching.travel import estimated_minutes, straight_miles
from tests.matching.examples import HOME, POLICY, a_program, a_room, a_student, option_of

FAR = Place(latitude=42.5, longitude=-71.0)
SITES = (Site(key="north", place=FAR), Site(key="home", place=HOME))


def _ride(student, **facts):
    return option_of(student, a_program(**facts)).ride


def test_half_a_degree_of_latitude_is_34_and_a_half_miles():
    """3958.8 miles x pi / 360 = 34.55."""
    miles = straight_miles(HOME, np.array([42.5, 42.0, np.nan]), np.array([-71.0, -71.0, -71.0]))

    assert miles[0] == pytest.approx(3958.8 * math.pi / 360)
    assert miles[1] == 0
    assert np.isnan(miles[2])


def test_the_other_side_of_the_earth_has_a_distance():
    for latitude in np.linspace(-90, 90, 181):
        here = Place(latitude=float(latitude), longitude=17.3)
        miles = straight_miles(here, np.array([-latitude]), np.array([17.3 - 180]))
        assert miles[0] == pytest.approx(3958.8 * math.pi, rel=1e-6)


def test_the_estimate_runs_from_four_fifths_to_eight_fifths_of_the_likely_ride():
    """At 10 miles the likely ride is 5 + 24 = 29 minutes: 23.2 down to 23, 46.4 up to 47."""
    low, high = estimated_minutes(np.array([0.0, 10.0, np.nan]), POLICY)

    assert low.tolist() == [4, 23, -1]
    assert high.tolist() == [8, 47, -1]


def test_entered_minutes_replace_the_estimate():
    ride = _ride(a_student(origin=HOME, ride_minutes={"bridge": 33}), sites=(SITES[1],))

    assert (ride.minutes, ride.entered, ride.over_limit) == (Interval(33, 33), True, "no")
    assert ride.miles == 0


def test_a_program_key_stands_for_its_first_site_and_a_site_key_for_itself():
    rooms = (a_room("a", site="north"), a_room("b", site="home"))
    by_program = _ride(a_student(ride_minutes={"bridge": 25}), sites=SITES, rooms=rooms[:1])
    other_site = _ride(a_student(ride_minutes={"bridge": 25}), sites=SITES, rooms=rooms[1:])
    by_site = _ride(a_student(ride_minutes={"bridge/home": 9, "bridge": 25}), sites=SITES, rooms=rooms[1:])

    assert by_program.minutes == (25, 25)
    assert other_site.minutes is None
    assert by_site.minutes == (9, 9)


def test_the_ride_to_a_site_counts_before_that_to_its_program():
    near, far = {"bridge/north": 9}, {"bridge": 25}

    for entered in (near | far, far | near):
        assert _ride(a_student(ride_minutes=entered), sites=SITES).minutes == (9, 9)


def test_a_ride_of_no_minutes_is_known_and_within_the_limit():
    student = a_student(ride_minutes={"bridge": 0}, ride_limit_is_firm=True)
    option = option_of(student, a_program())
    said = next(gate.facts for gate in option.gates if gate.code == "ride")

    assert (option.ride.minutes, option.ride.over_limit) == ((0, 0), "no")
    assert (said["minutes_low"], said["minutes_high"]) == (0, 0)


def test_the_distance_is_told_to_a_tenth_of_a_mile():
    assert _ride(a_student(origin=HOME), sites=SITES[:1]).miles == 34.5


def test_a_room_without_a_site_and_a_program_without_rooms_stand_at_the_first_site():
    student = a_student(ride_minutes={"bridge/north": 25})

    assert _ride(student, sites=SITES, rooms=(a_room(),)).minutes == (25, 25)
    assert _ride(student, sites=SITES).minutes == (25, 25)
    assert option_of(student, a_program(sites=SITES)).site_key == "north"


def test_without_a_site_the_program_key_still_gives_the_ride():
    assert _ride(a_student(ride_minutes={"bridge": 12})).minutes == (12, 12)
    assert _ride(a_student(ride_minutes={"other": 12})).minutes is None


@pytest.mark.parametrize(
    ("student", "sites"),
    [({"origin": None}, SITES), ({"origin": HOME}, ()), ({"origin": HOME}, (Site(key="x", town="Lowell"),))],
)
def test_without_both_places_the_ride_is_not_known(student, sites):
    ride = _ride(a_student(**student), sites=sites)

    assert (ride.minutes, ride.miles, ride.over_limit) == (None, None, "unknown")


@pytest.mark.parametrize(("limit", "over"), [(3, "yes"), (4, "unknown"), (7, "unknown"), (8, "no")])
def test_over_the_limit_is_a_flag_for_the_team_and_no_gate(limit, over):
    option = option_of(
        a_student(origin=HOME, ride_limit_minutes=limit), a_program(sites=(Site(key="home", place=HOME),))
    )

    assert (option.ride.over_limit, option.ride.limit_minutes) == (over, limit)
    assert option.verdict == "eligible"


def test_an_hour_is_the_limit_where_none_is_recorded():
    assert _ride(a_student(ride_minutes={"bridge": 60})).over_limit == "no"
    assert _ride(a_student(ride_minutes={"bridge": 61})).over_limit == "yes"
