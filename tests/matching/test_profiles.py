"""Bad input is refused with the field at fault, and never goes through silently."""

import math
from datetime import date, datetime
from fractions import Fraction

import pytest

from matching import (
    Interval,
    InvalidProfile,
    MatchingError,
    Membership,
    NeedProfile,
    Opening,
    Operator,
    Place,
    Price,
    ProgramProfile,
    Room,
    Seats,
    ServiceNeed,
    ServiceOffer,
    Site,
    Wish,
)
from matching.vocabulary import Delivery, Dimension, Feature, Insistence, PriceItem, Service
from tests.matching.examples import RIVER, TODAY

NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - a time is what must be refused
SPEECH = ServiceNeed(service=Service.SPEECH)
STEP_DOWN = Wish(feature=Feature.STEP_DOWN, insistence=Insistence.MUST_HAVE)
NOT_STEP_DOWN = Wish(feature=Feature.STEP_DOWN, insistence=Insistence.MUST_NOT)
NAN = math.nan


def _refused(make, facts) -> str:
    with pytest.raises(InvalidProfile) as refusal:
        make(**facts)
    assert isinstance(refusal.value, MatchingError)
    assert str(refusal.value) == f"{refusal.value.field}: {refusal.value.message}"
    return refusal.value.field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": ""}, "code"),
        ({"age_months": Interval(130, 120)}, "age_months"),
        ({"age_months": Interval(-1, 5)}, "age_months"),
        ({"age_months": Interval(0, 361)}, "age_months"),
        ({"age_months": Interval(NAN, NAN)}, "age_months"),
        ({"age_months": Interval(None, 5)}, "age_months"),
        ({"age_months": (1, 2)}, "age_months"),
        ({"start_on": "2027-01-05"}, "start_on"),
        ({"start_on": NOON}, "start_on"),
        ({"levels": {Dimension.SENSORY: Interval(3, 5)}}, "levels.sensory"),
        ({"levels": {Dimension.SENSORY: Interval(3, 2)}}, "levels.sensory"),
        ({"levels": {Dimension.SENSORY: Interval(1.5, 2)}}, "levels.sensory"),
        ({"levels": {"behaviour": Interval(3, 3)}}, "levels"),
        ({"services": (SPEECH, SPEECH)}, "services"),
        ({"students_per_adult": Fraction(0)}, "students_per_adult"),
        ({"students_per_adult": Fraction(-3)}, "students_per_adult"),
        ({"students_per_adult": Fraction(1001)}, "students_per_adult"),
        ({"students_per_adult": Fraction(1, 1001)}, "students_per_adult"),
        ({"students_per_adult": 3.0}, "students_per_adult"),
        ({"communication_modes": frozenset({"telepathy"})}, "communication_modes"),
        ({"meets": {"tall": True}}, "meets"),
        ({"permitted_settings": frozenset()}, "permitted_settings"),
        ({"permitted_settings": frozenset({"moon"})}, "permitted_settings"),
        ({"wishes": (STEP_DOWN, NOT_STEP_DOWN)}, "wishes"),
        ({"ride_minutes": {"bridge": -1}}, "ride_minutes"),
        ({"ride_minutes": {"bridge": NAN}}, "ride_minutes"),
        ({"ride_minutes": {"bridge": None}}, "ride_minutes"),
        ({"ride_minutes": {"bridge": 601}}, "ride_minutes"),
        ({"ride_limit_minutes": 0}, "ride_limit_minutes"),
        ({"ride_limit_minutes": True}, "ride_limit_minutes"),
        ({"preferred_programs": ("bridge", "bridge")}, "preferred_programs"),
    ],
)
def test_a_need_profile_names_the_field_at_fault(facts, field):
    assert _refused(NeedProfile, {"code": "S-1"} | facts) == field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"key": ""}, "key"),
        ({"key": "bridge/room"}, "key"),
        ({"closes_on": NOON}, "closes_on"),
        ({"ages": Interval(14, 6)}, "ages"),
        ({"ages_at_admission": Interval(3, 31)}, "ages_at_admission"),
        ({"students_per_adult": Fraction(0)}, "students_per_adult"),
        ({"levels": {Dimension.MEDICAL: Interval(-1, 2)}}, "levels.medical"),
        ({"placement_types": frozenset({"holiday"})}, "placement_types"),
        ({"grades": frozenset({"13"})}, "grades"),
        ({"services": {"massage": ServiceOffer()}}, "services"),
        ({"communication_modes": {"telepathy": True}}, "communication_modes"),
        ({"features": {"swimming_pool": True}}, "features"),
        ({"limits": frozenset({"blond"})}, "limits"),
        ({"rooms": (Room(key="a"), Room(key="a"))}, "rooms"),
        ({"sites": (Site(key="a"), Site(key="a"))}, "sites"),
        ({"rooms": (Room(key="a", site="elsewhere"),)}, "rooms"),
    ],
)
def test_a_program_profile_names_the_field_at_fault(facts, field):
    assert _refused(ProgramProfile, {"key": "bridge", "name": "", "operator": RIVER} | facts) == field


@pytest.mark.parametrize(
    ("make", "facts", "field"),
    [
        (Place, {"latitude": NAN, "longitude": 0.0}, "place"),
        (Place, {"latitude": 0.0, "longitude": 181.0}, "place"),
        (Place, {"latitude": -91.0, "longitude": 0.0}, "place"),
        (ServiceNeed, {"service": "massage"}, "service"),
        (ServiceNeed, {"service": Service.SPEECH, "minutes_per_week": -1}, "minutes_per_week"),
        (ServiceNeed, {"service": Service.SPEECH, "delivery": Delivery.NOT_OFFERED}, "delivery"),
        (ServiceOffer, {"minutes_per_week_max": -1}, "minutes_per_week_max"),
        (ServiceOffer, {"delivery": "by post"}, "delivery"),
        (Price, {"item": PriceItem.TUITION, "usd_per_year": -1}, "usd_per_year"),
        (Price, {"item": PriceItem.TUITION, "usd_per_year": 1.5}, "usd_per_year"),
        (Price, {"item": PriceItem.TUITION, "usd_per_year": None}, "usd_per_year"),
        (Membership, {"district": ""}, "district"),
        (Operator, {"key": "", "name": "", "state": "MA"}, "key"),
        (Site, {"key": "a/b"}, "key"),
        (Room, {"key": ""}, "key"),
        (Room, {"key": "a", "ages": Interval(9, 8)}, "ages"),
        (Room, {"key": "a", "grades": frozenset({"13"})}, "grades"),
        (Room, {"key": "a", "students_per_adult": Fraction(0)}, "students_per_adult"),
        (Opening, {"on": TODAY, "seats": 0}, "seats"),
        (Opening, {"on": TODAY, "seats": None}, "seats"),
        (Opening, {"on": None, "seats": 1}, "on"),
        (Opening, {"on": "May", "seats": 1}, "on"),
        (Seats, {"licensed": 8, "enrolled": 9}, "seats"),
        (Seats, {"licensed": 8, "enrolled": 7, "held": 2}, "seats"),
        (Seats, {"licensed": -1, "enrolled": 0}, "licensed"),
        (Seats, {"licensed": 8, "enrolled": None}, "enrolled"),
        (Seats, {"licensed": 8, "enrolled": 7.5}, "enrolled"),
        (Seats, {"licensed": 8, "enrolled": 0, "held": -1}, "held"),
        (Seats, {"licensed": 8, "enrolled": 0, "confirmed_on": NOON}, "confirmed_on"),
        (Seats, {"licensed": 8, "enrolled": 2, "youngest_months": -1}, "youngest_months"),
        (
            Seats,
            {"licensed": 8, "enrolled": 2, "youngest_months": 120, "oldest_months": 100},
            "oldest_months",
        ),
    ],
)
def test_a_part_of_a_profile_names_the_field_at_fault(make, facts, field):
    assert _refused(make, facts) == field


@pytest.mark.parametrize(
    ("make", "facts"),
    [
        (Price, {"item": PriceItem.TUITION, "usd_per_year": 1}),
        (Membership, {"district": "Lexington"}),
    ],
)
def test_a_period_does_not_end_before_it_begins(make, facts):
    dates = {"valid_from": date(2027, 7, 1), "valid_to": date(2027, 6, 30)}

    assert _refused(make, facts | dates) == "valid_to"
    assert _refused(make, facts | {"valid_from": "July"}) == "valid_from"


def test_the_edges_of_what_can_be_are_allowed():
    NeedProfile(code="S", age_months=Interval(0, 360), levels={Dimension.MEDICAL: Interval(0, 4)})
    Place(latitude=90, longitude=-180)
    Seats(licensed=8, enrolled=8, youngest_months=100, oldest_months=100)
    Price(item=PriceItem.TUITION, usd_per_year=0, valid_from=TODAY, valid_to=TODAY)


def test_a_membership_holds_on_both_its_ends():
    term = Membership(district="Lexington", valid_from=date(2026, 7, 1), valid_to=date(2027, 6, 30))

    assert term.holds_on(date(2026, 7, 1))
    assert term.holds_on(date(2027, 6, 30))
    assert not term.holds_on(date(2026, 6, 30))
    assert not term.holds_on(date(2027, 7, 1))


def test_a_membership_without_end_settles_every_later_day():
    operator = Operator(
        key="a", name="", state="MA", members=(Membership(district="Lexington", valid_to=date.max),)
    )

    assert operator.is_member_from("Lexington", TODAY) is True
    assert operator.is_member_from(None, TODAY) is None
    assert operator.is_member_from("Arlington", TODAY) is None
