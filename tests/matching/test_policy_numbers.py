"""Every number of a policy counts, also on a catalogue that another policy has used before."""

from dataclasses import fields, replace
from datetime import timedelta
from fractions import Fraction

import pytest

from matching import (
    Catalogue,
    Choice,
    Interval,
    Opening,
    Place,
    Policy,
    Price,
    Reimbursement,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Site,
    TransportRate,
    rank_programs,
)
from matching.vocabulary import (
    Criterion,
    Feature,
    Importance,
    OneToOne,
    PeerTime,
    PriceItem,
    Service,
    Setting,
)
from tests.matching.examples import HOME, POLICY, TODAY, a_program, a_room, a_student, levels, open_seats

NOT_IN_A_RANKING = {  # who made the version, and what is only drawn from
    *("version", "author", "adopted_on", "reason", "choices", "weight_concentration", "importance_classes")
}
OTHERS = {
    "weights": dict(zip(Criterion, reversed(POLICY.weights.values()), strict=True)),
    "under_support_loss": 200,
    "over_support_loss": 50,
    "preferred_service_percent": 30,
    "ratio_zero_multiple": 4,
    "peer_points": {time: place for place, time in enumerate(PeerTime)},
    "return_support_points": 150,
    "ride_full_minutes": 10,
    "ride_default_limit_minutes": 50,
    "ride_least_limit_minutes": 40,
    "ride_base_minutes": 9.0,
    "ride_minutes_per_mile": 2.0,
    "ride_low_share": 0.5,
    "ride_high_share": 2.0,
    "start_zero_days": 30,
    "preference_points": (900, 700, 500),
    "preference_not_named": 200,
    "preference_none_stated": 400,
    "need_fit_threshold": 900,
    "critical_need": 3,
    "critical_gap": 3,
    "cost_delta": 200,
    "cost_rounding_usd": 100,
    "seats_current_days": 3,
    "seats_ask_days": 20,
    "seats_stale_days": 40,
    "medical_gate_from": 3,
    "behavior_gate_from": 3,
    "age_limit_months": 160,
    "unknown_public_setting": Setting.RESIDENTIAL,
    "part_day_aide_percent": 80,
    "reimbursements": (Reimbursement("MA", 2027, 40_000, 75, 75, "tests"),),
    "transport": TransportRate(base_usd_per_day=100, usd_per_mile=5, days=180, example=False),
    "state_limits": tuple(replace(limit, limit=1) for limit in POLICY.state_limits),
}
NEEDY = a_student(
    levels=levels(sensory=3, medical=2, behavior=2, mobility=(2, 3), academic=1),
    services=(
        ServiceNeed(service=Service.SPEECH),
        ServiceNeed(service=Service.NURSING, importance=Importance.PREFERRED),
    ),
    students_per_adult=Fraction(3),
    peer_time=PeerTime.SOME,
    origin=HOME,
    preferred_programs=("far", "near"),
    one_to_one=OneToOne.PART,
    age_months=Interval(165, 165),
)
STUDENTS = (NEEDY, replace(NEEDY, ride_limit_minutes=35, preferred_programs=(), start_on=None))
HOPED_FOR = Opening(on=TODAY + timedelta(days=60), seats=1)
AGES = {"youngest_months": 150, "oldest_months": 170}
FULL = Seats(licensed=8, enrolled=8, confirmed_on=TODAY, openings=(HOPED_FOR,), **AGES)


def _prices(usd):
    return (
        Price(item=PriceItem.TUITION, usd_per_year=usd),
        Price(item=PriceItem.AIDE, usd_per_year=20_000),
    )


def _at(latitude):
    return (Site(key="site-1", place=Place(latitude=latitude, longitude=-71.0)),)


FAR = a_program(
    "far",
    setting=None,
    levels=levels(sensory=2, medical=2, behavior=1, mobility=2, academic=4),
    services={Service.SPEECH: ServiceOffer()},
    students_per_adult=Fraction(5),
    sites=_at(42.15),
    prices=_prices(50_400),
    rooms=(
        a_room(seats=open_seats(confirmed_days_ago=5, **AGES)),
        a_room("room-2", seats=open_seats(confirmed_days_ago=25)),
    ),
)
PROGRAMS = (
    FAR,
    replace(FAR, key="cheaper", prices=_prices(50_000)),
    a_program(
        "near",
        levels=levels(sensory=2, medical=1, mobility=2),
        services={Service.NURSING: ServiceOffer()},
        students_per_adult=Fraction(4),
        peer_time=PeerTime.HALF,
        features={Feature.STEP_DOWN: True},
        sites=_at(42.01),
        prices=_prices(49_900),
        rooms=(a_room(seats=replace(FULL, confirmed_on=TODAY - timedelta(days=50))),),
    ),
    a_program("silent", levels={}, closes_on=TODAY + timedelta(days=5), rooms=(a_room(seats=FULL),)),
)


def _told(catalogue, policy, today=TODAY):
    rankings = [rank_programs(each, catalogue, policy, seed="s", today=today) for each in STUDENTS]
    return [[*ranking.options] for ranking in rankings]


@pytest.mark.parametrize("name", sorted({field.name for field in fields(Policy)} - NOT_IN_A_RANKING))
def test_each_number_counts_though_the_catalogue_knew_another(name):
    other = POLICY.revised(
        version=POLICY.version, choice=Choice("One number.", "tests", TODAY), **{name: OTHERS[name]}
    )
    catalogue = Catalogue.compile(PROGRAMS)

    before, after = _told(catalogue, POLICY), _told(catalogue, other)
    assert after == _told(Catalogue.compile(PROGRAMS), other)
    assert after != before


def test_each_day_counts_though_the_catalogue_knew_another():
    """Ten days on a seat is told longer ago, an opening is nearer, and a program has closed."""
    catalogue, later = Catalogue.compile(PROGRAMS), TODAY + timedelta(days=10)

    before, after = _told(catalogue, POLICY), _told(catalogue, POLICY, later)
    assert after == _told(Catalogue.compile(PROGRAMS), POLICY, later)
    assert after != before
