"""Value functions at their anchors and between, computed by hand; a range where facts are open."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from matching import Catalogue, Choice, Opening, Place, Seats, ServiceNeed, ServiceOffer, Site
from matching.criteria import first_seat_on, service_shares
from matching.delivery import deliverable
from matching.scoring import evaluate
from matching.vocabulary import Delivery, Feature, Importance, PeerTime, Service
from tests.matching.examples import (
    HOME,
    POLICY,
    TODAY,
    a_program,
    a_room,
    a_student,
    levels,
    open_seats,
    option_of,
    rank,
    value_of,
)

ANYTHING = (0, 1000)
SLOWEST_RIDES = {"ride_minutes_per_mile": 60.0, "ride_high_share": 10.0}
SPEECH, NURSING, PHYSICAL = Service.SPEECH, Service.NURSING, Service.PHYSICAL
REQUIRED, PREFERRED = Importance.REQUIRED, Importance.PREFERRED


def _needs(*importances):
    services = (SPEECH, NURSING, PHYSICAL)
    return tuple(ServiceNeed(service=s, importance=i) for s, i in zip(services, importances, strict=False))


@pytest.mark.parametrize(
    ("importances", "shares"),
    [
        ([REQUIRED], [1000]),
        ([REQUIRED, REQUIRED, REQUIRED], [334, 333, 333]),
        ([REQUIRED, PREFERRED], [667, 333]),
        ([PREFERRED, REQUIRED], [333, 667]),
        ([REQUIRED, REQUIRED, PREFERRED], [400, 400, 200]),
        ([PREFERRED, PREFERRED, PREFERRED], [334, 333, 333]),
    ],
)
def test_services_share_a_thousand_by_largest_remainder(importances, shares):
    """100 and 50 parts: 2 of 3 is 666.67, whose remainder is the larger, so it takes the odd point."""
    assert service_shares(_needs(*importances), POLICY) == shares


@pytest.mark.parametrize(
    ("offers", "value"),
    [
        ({SPEECH: ServiceOffer(), NURSING: ServiceOffer()}, (1000, 1000)),
        ({SPEECH: ServiceOffer(), NURSING: ServiceOffer(delivery=Delivery.NOT_OFFERED)}, (667, 667)),
        ({SPEECH: ServiceOffer()}, (667, 1000)),
        ({}, ANYTHING),
    ],
)
def test_services_are_the_share_that_can_be_delivered(offers, value):
    student = a_student(services=_needs(REQUIRED, PREFERRED))

    assert value_of("services", student, a_program(services=offers)) == value


def test_no_services_asked_is_full_value_and_services_not_known_are_anything():
    assert value_of("services", a_student(services=()), a_program()) == (1000, 1000)
    assert value_of("services", a_student(services=None), a_program()) == ANYTHING


@pytest.mark.parametrize(
    ("need", "offer", "value"),
    [
        (2, 2, (1000, 1000)),
        (3, 2, (750, 750)),
        (4, 0, (0, 0)),
        (0, 1, (900, 900)),
        (0, 4, (600, 600)),
        (2, (1, 3), (750, 1000)),
        ((1, 3), 2, (750, 1000)),
        ((0, 4), 4, (600, 1000)),
        ((0, 4), (0, 4), ANYTHING),
    ],
)
def test_support_loses_250_a_level_below_and_100_a_level_above(need, offer, value):
    student, program = a_student(levels=levels(sensory=need)), a_program(levels=levels(sensory=offer))

    assert value_of("sensory", student, program) == value


@pytest.mark.parametrize(
    ("needed", "offered", "value"),
    [
        (Fraction(3), Fraction(3), (1000, 1000)),
        (Fraction(3), Fraction(1), (1000, 1000)),
        (Fraction(3), Fraction(6), (500, 500)),
        (Fraction(3), Fraction(7), (333, 333)),
        (Fraction(3), Fraction(9), (0, 0)),
        (Fraction(3), Fraction(30), (0, 0)),
        (Fraction(5, 2), Fraction(10, 3), (833, 833)),
        (Fraction(3), None, ANYTHING),
        (None, Fraction(3), ANYTHING),
    ],
)
def test_the_ratio_falls_from_the_needed_one_to_three_times_it(needed, offered, value):
    student = a_student(students_per_adult=needed)

    assert value_of("ratio", student, a_program(students_per_adult=offered)) == value


def test_a_room_states_its_ratio_before_its_program_and_no_limit_is_always_met():
    room = a_room(students_per_adult=Fraction(9))
    program = a_program(students_per_adult=Fraction(3), rooms=(room,))

    assert value_of("ratio", a_student(students_per_adult=Fraction(3)), program) == (0, 0)
    assert value_of("ratio", a_student(), a_program()) == (1000, 1000)


@pytest.mark.parametrize(
    ("wanted", "given", "back", "value"),
    [
        (PeerTime.NONE, PeerTime.NONE, True, (1000, 1000)),
        (PeerTime.MOST, PeerTime.NONE, False, (0, 0)),
        (PeerTime.MOST, PeerTime.HALF, False, (400, 400)),
        (PeerTime.SOME, PeerTime.MOST, False, (600, 600)),
        (PeerTime.SOME, PeerTime.MOST, None, (600, 1000)),
        (PeerTime.HALF, None, False, (200, 600)),
        (None, PeerTime.NONE, False, (0, 600)),
        (None, None, None, ANYTHING),
    ],
)
def test_inclusion_adds_peer_time_against_what_is_wanted_and_a_way_back(wanted, given, back, value):
    features = {} if back is None else {Feature.STEP_DOWN: back}
    program = a_program(peer_time=given, features=features)

    assert value_of("inclusion", a_student(peer_time=wanted), program) == value


@pytest.mark.parametrize(
    ("minutes", "limit", "value"),
    [
        (0, None, 1000),
        (20, None, 1000),
        (21, None, 975),
        (40, None, 500),
        (59, None, 25),
        (60, None, 0),
        (200, None, 0),
        (90, 120, 300),
        (25, 10, 500),
        (30, 10, 0),
        (25, 30, 500),
    ],
)
def test_the_ride_falls_from_20_minutes_to_the_limit_of_at_least_30(minutes, limit, value):
    student = a_student(ride_minutes={"bridge": minutes}, ride_limit_minutes=limit)

    assert value_of("ride", student, a_program()) == (value, value)


def test_a_ride_not_known_is_anything():
    assert value_of("ride", a_student(), a_program()) == ANYTHING


def _start(seats, start=TODAY):
    return value_of("start", a_student(start_on=start), a_program(rooms=(a_room(seats=seats),)))


def _opening(days, *, told=0):
    confirmed_on = TODAY - timedelta(days=told)
    opening = Opening(on=TODAY + timedelta(days=days), seats=1)
    return Seats(licensed=8, enrolled=8, confirmed_on=confirmed_on, openings=(opening,))


@pytest.mark.parametrize(
    ("days", "value"), [(0, 1000), (1, 988), (45, 500), (89, 11), (90, 0), (91, 0), (-5, 1000)]
)
def test_the_start_falls_to_nothing_ninety_days_after_the_needed_date(days, value):
    assert _start(_opening(days)) == (value, value)


def test_a_later_start_makes_the_same_opening_less_late():
    assert _start(_opening(90), start=TODAY + timedelta(days=45)) == (500, 500)
    assert _start(_opening(45), start=None) == (500, 1000)


@pytest.mark.parametrize(
    ("age", "value"),
    [
        (0, (1000, 1000)),
        (14, (1000, 1000)),
        (15, (1000, 1000)),
        (30, (1000, 1000)),
        (31, (0, 1000)),
        (90, (0, 1000)),
        (91, ANYTHING),
    ],
)
def test_an_open_seat_counts_as_far_as_the_age_of_the_fact_lets_it(age, value):
    assert _start(open_seats(confirmed_days_ago=age)) == value


def test_an_old_opening_counts_from_nothing_to_its_value_and_then_not_at_all():
    assert _start(_opening(45, told=31)) == (0, 500)
    assert _start(_opening(45, told=91)) == ANYTHING


def test_seats_not_known_never_confirmed_or_without_an_opening_are_anything():
    full = Seats(licensed=8, enrolled=8, confirmed_on=TODAY)
    unconfirmed = Seats(licensed=8, enrolled=1)

    assert _start(None) == _start(full) == _start(unconfirmed) == ANYTHING
    assert value_of("start", a_student(), a_program()) == ANYTHING


def test_an_opening_of_a_month_before_the_last_confirmation_did_not_come_about():
    assert _start(_opening(-60)) == ANYTHING
    assert _start(_opening(-10, told=20)) == (1000, 1000)
    assert _start(_opening(-5)) == (1000, 1000)


def test_the_first_seat_is_open_now_or_comes_on_a_day_or_is_not_known():
    """An open seat counts as day 0, before any date; what nobody knows, or told 91 days ago, as -1."""
    full = Seats(licensed=8, enrolled=8, confirmed_on=TODAY)
    seats = [open_seats(), _opening(45), full, open_seats(confirmed_days_ago=90), _opening(45, told=91), None]
    programs = [a_program(f"p{place}", rooms=(a_room(seats=each),)) for place, each in enumerate(seats)]
    asked = evaluate(a_student(), Catalogue.compile(programs), POLICY, seed="s", today=TODAY).asked

    assert first_seat_on(asked).tolist() == [0, TODAY.toordinal() + 45, -1, 0, -1, -1]


def test_what_lies_beyond_every_scale_is_worth_nothing():
    """A seat in the year 9999, and a school so far away, at 60 minutes a mile, that it takes years."""
    never = Seats(licensed=8, enrolled=8, confirmed_on=TODAY, openings=(Opening(on=date.max, seats=1),))
    slow = POLICY.revised(version="slow", choice=Choice("Slow.", "tests", TODAY), **SLOWEST_RIDES)
    site = Site(key="x", place=Place(latitude=-42.0, longitude=109.0))
    option = option_of(a_student(origin=HOME), a_program(sites=(site,)), slow)

    assert _start(never) == (0, 0)
    assert next((one.low, one.high) for one in option.criteria if one.criterion == "ride") == (0, 0)


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ((), 500),
        (("bridge",), 1000),
        (("x", "bridge"), 800),
        (("x", "y", "bridge"), 600),
        (("x", "y", "z", "bridge"), 600),
        (("x",), 300),
    ],
)
def test_preference_goes_by_place_among_the_named_programs(named, value):
    assert value_of("preference", a_student(preferred_programs=named), a_program()) == (value, value)


def test_the_value_is_the_weighted_sum_of_the_middles_rounded_down():
    option = option_of(a_student(), a_program(features={Feature.STEP_DOWN: True}))
    middles = {str(value.criterion): value.middle for value in option.criteria}

    assert {name: middles[name] for name in ("ride", "start", "preference")} == dict.fromkeys(
        ("ride", "start", "preference"), 500
    )
    assert option.value == 1000 * (4096 - 307 - 204 - 100) + 500 * (307 + 204 + 100)
    assert option.value_high - option.value_low == 1000 * (307 + 204)


def test_the_scales_do_not_look_at_the_other_options():
    alone = option_of(a_student(), a_program())
    among = rank(a_student(), a_program(), a_program("best", features={Feature.STEP_DOWN: True}))

    assert among.option("bridge").criteria == alone.criteria


def test_shared_answers_of_a_service_cannot_be_written_over():
    shared = deliverable(Catalogue.compile([a_program()]), ServiceNeed(service=NURSING))

    with pytest.raises(ValueError, match="read-only"):
        shared[0] = 0
