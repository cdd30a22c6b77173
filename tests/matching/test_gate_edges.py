"""Edges of gates and values where nothing is something: age 0, no minutes, no grades, a ride of no length."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from matching import (
    Catalogue,
    Choice,
    Interval,
    Membership,
    Opening,
    Price,
    Seats,
    ServiceNeed,
    ServiceOffer,
    rank_programs,
)
from matching.vocabulary import Grade, Importance, Limit, PriceItem, Service
from tests.matching.examples import (
    DISTRICT,
    POLICY,
    RIVER,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    answers,
    option_of,
    rank,
    value_of,
)

NURSING = Service.NURSING
INFANT, TODDLERS = Interval(5, 5), Interval(0, 2)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"ages": TODDLERS}, "age_served"),
        ({"ages_at_admission": TODDLERS, "ages": TODDLERS}, "age_admission"),
    ],
)
def test_ages_served_may_begin_at_birth(facts, code):
    assert answers(a_student(age_months=INFANT), a_program(**facts))[code] == "yes"
    assert answers(a_student(age_months=Interval(36, 36)), a_program(**facts))[code] == "no"


def test_no_grades_served_is_a_record_and_not_a_blank():
    assert answers(a_student(grade=Grade.G4), a_program(grades=frozenset()))["grade_served"] == "no"
    assert answers(a_student(grade=None), a_program(grades=frozenset()))["grade_served"] == "unknown"


@pytest.mark.parametrize(("minutes", "answer"), [(0, "yes"), (1, "no"), (None, "unknown")])
def test_a_service_of_at_most_no_minutes_gives_none(minutes, answer):
    need = ServiceNeed(service=NURSING, minutes_per_week=minutes)
    program = a_program(services={NURSING: ServiceOffer(minutes_per_week_max=0)})

    assert answers(a_student(services=(need,)), program)["service:nursing"] == answer


@pytest.mark.parametrize("most", [0, 1])
def test_services_not_known_may_pass_every_limit(most):
    offers = dict.fromkeys(Service, ServiceOffer()) | {NURSING: ServiceOffer(minutes_per_week_max=most)}

    assert answers(a_student(services=None), a_program(services=offers))["services"] == "unknown"


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_ride_of_no_length_is_within_a_firm_limit(minutes):
    student = a_student(ride_limit_minutes=45, ride_limit_is_firm=True, ride_minutes={"bridge": minutes})

    assert answers(student, a_program())["ride"] == "yes"


@pytest.mark.parametrize(("closes_in_days", "answer"), [(-1, "no"), (0, "unknown"), (1, "unknown")])
def test_a_start_not_known_may_be_the_last_day_of_a_program(closes_in_days, answer):
    program = a_program(closes_on=TODAY + timedelta(days=closes_in_days))

    assert answers(a_student(start_on=None), program)["operating"] == answer


def test_one_program_may_close_while_others_go_on():
    programs = [a_program("closing", closes_on=TODAY + timedelta(days=90)), a_program("open")]
    ranking = rank(a_student(start_on=None), *programs)

    found = {option.program_key: str(option.gates[1].answer) for option in ranking.options}
    assert found == {"closing": "unknown", "open": "yes"}


def test_a_price_of_nothing_is_known_and_stands_before_a_higher_one():
    free, dear, unknown = (
        a_program(key, prices=prices)
        for key, prices in (
            ("free", (Price(item=PriceItem.TUITION, usd_per_year=0),)),
            ("dear", (Price(item=PriceItem.TUITION, usd_per_year=60_000),)),
            ("unknown", ()),
        )
    )
    seeds = [f"S-{number}" for number in range(12)]
    orders = [[o.program_key for o in rank(STUDENT, dear, unknown, free, seed=s).options] for s in seeds]

    assert all(order.index("free") < order.index("dear") for order in orders)
    assert {order.index("unknown") for order in orders} == {0, 1, 2}


def test_one_catalogue_remembers_members_by_district_and_day():
    later = TODAY + timedelta(days=200)
    members = (Membership(district=DISTRICT, valid_to=TODAY + timedelta(days=100)),)
    program = a_program(
        operator=type(RIVER)(key="r", name="R", state="MA", members=members, member_list_complete=True),
        limits=frozenset({Limit.MEMBERS_ONLY}),
        rooms=(a_room(),),
    )
    catalogue = Catalogue.compile([program])

    def member(**facts):
        student = a_student(services=None, **facts)
        option = rank_programs(student, catalogue, POLICY, seed="s", today=TODAY).options[0]
        return next(str(gate.answer) for gate in option.gates if gate.family == "limit")

    assert (member(), member(start_on=later), member(district="Elsewhere")) == ("yes", "no", "no")
    assert (member(start_on=None), member()) == ("unknown", "yes")


def test_a_preferred_service_takes_the_odd_point_by_its_remainder():
    """Parts of 100, 100, 100 and 50 of 350: 285 and a remainder of 250 each, 142 and a remainder of 300."""
    services = (Service.SPEECH, NURSING, Service.PHYSICAL, Service.OCCUPATIONAL)
    needs = tuple(
        ServiceNeed(service=one, importance=importance)
        for one, importance in zip(services, [*[Importance.REQUIRED] * 3, Importance.PREFERRED], strict=True)
    )
    given = a_program(services={Service.OCCUPATIONAL: ServiceOffer()})
    option = option_of(a_student(services=needs), given)

    assert next((c.low, c.high) for c in option.criteria if c.criterion == "services") == (143, 1000)


def test_one_catalogue_remembers_the_limits_of_each_policy():
    seats = Seats(licensed=8, enrolled=6, confirmed_on=TODAY, youngest_months=120, oldest_months=150)
    catalogue = Catalogue.compile([a_program(rooms=(a_room(seats=seats),))])
    narrow = POLICY.revised(
        version="narrow",
        choice=Choice("For tests.", "tests", TODAY),
        state_limits=tuple(replace(limit, limit=24) for limit in POLICY.state_limits),
    )

    def fits(policy):
        option = rank_programs(STUDENT, catalogue, policy, seed="s", today=TODAY).options[0]
        return next(str(gate.answer) for gate in option.gates if gate.code == "age_span")

    assert (fits(POLICY), fits(narrow), fits(POLICY)) == ("yes", "no", "yes")


def test_one_catalogue_remembers_the_ages_in_rooms_as_they_count_each_day():
    seats = Seats(licensed=8, enrolled=6, confirmed_on=TODAY, youngest_months=120, oldest_months=150)
    catalogue = Catalogue.compile([a_program(rooms=(a_room(seats=seats),))])
    student = a_student(start_on=TODAY + timedelta(days=200))

    def asked(days):
        day = TODAY + timedelta(days=days)
        option = rank_programs(student, catalogue, POLICY, seed="s", today=day).options[0]
        return any(gate.code == "age_span" for gate in option.gates)

    assert [asked(days) for days in (0, 90, 91, 0)] == [True, True, False, True]


@pytest.mark.parametrize(("days_ago", "value"), [(90, (0, 500)), (91, (0, 1000))])
def test_an_opening_told_90_days_ago_still_bounds_the_start_and_one_day_later_no_more(days_ago, value):
    """An opening 45 days after the needed date is worth 1000 x (90 - 45) / 90."""
    opening = Opening(on=STUDENT.start_on + timedelta(days=45), seats=1)
    seats = Seats(licensed=8, enrolled=8, confirmed_on=TODAY - timedelta(days=days_ago), openings=(opening,))

    assert value_of("start", STUDENT, a_program(rooms=(a_room(seats=seats),))) == value


def test_one_catalogue_remembers_the_ratio_of_each_need():
    catalogue = Catalogue.compile([a_program(students_per_adult=Fraction(6))])

    def ratio(need):
        student = a_student(students_per_adult=Fraction(need))
        option = rank_programs(student, catalogue, POLICY, seed="s", today=TODAY).options[0]
        return next(one.middle for one in option.criteria if one.criterion == "ratio")

    assert [ratio(need) for need in (3, 6, 2, 3)] == [500, 1000, 0, 500]
