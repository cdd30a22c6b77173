"""Questions, what would change a ruling, and what would move an option up, by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matching import Interval, Price, ServiceNeed, ServiceOffer
from matching.vocabulary import (
    Criterion,
    Delivery,
    Feature,
    Grade,
    Population,
    PriceItem,
    Service,
    Setting,
    StateCategory,
)
from tests.matching.examples import (
    HOME,
    RIVER,
    STUDENT,
    a_program,
    a_room,
    a_student,
    levels,
    open_seats,
    option_of,
    rank,
)

AGES = {"youngest_months": 110, "oldest_months": 130}
SETTLED = {
    "rooms": (a_room(seats=open_seats(**AGES)),),
    "prices": (Price(item=PriceItem.TUITION, usd_per_year=50_000),),
    "features": {Feature.STEP_DOWN: True},
}


def _codes(student=STUDENT, **facts):
    return [question.code for question in option_of(student, a_program(**SETTLED | facts)).questions]


def test_a_program_of_which_all_is_known_is_asked_nothing():
    assert _codes() == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"ages": None}, "age_served"),
        ({"rooms": ()}, "seats"),
        ({"rooms": (a_room(seats=open_seats(confirmed_days_ago=15)),)}, "seats"),
        ({"rooms": (a_room(seats=open_seats()),)}, "group_ages"),
        ({"features": {}}, "value:inclusion"),
        ({"setting": None}, "setting_inferred"),
        ({"inferred": frozenset({"setting"})}, "setting_inferred"),
        ({"operator": replace(RIVER, state="MN")}, "approval"),
        ({"features": {Feature.STEP_DOWN: True, Feature.SINGLE_SEX: True}}, "single_sex"),
        ({"prices": ()}, "cost"),
    ],
)
def test_what_is_open_is_asked(facts, code):
    assert code in _codes(**facts)


def test_an_unknown_membership_is_asked():
    assert "membership" in _codes(operator=replace(RIVER, members=()))


def test_seats_confirmed_up_to_fourteen_days_ago_are_not_asked():
    assert _codes(rooms=(a_room(seats=open_seats(confirmed_days_ago=14, **AGES)),)) == []


def test_a_label_the_program_does_not_mention_is_a_question_and_no_gate():
    student = a_student(categories=frozenset({StateCategory.AUTISM}))
    others = {"populations": frozenset({Population.HEARING})}

    assert _codes(student, **others) == ["label"]
    assert option_of(student, a_program(**others)).verdict == "eligible"
    assert _codes(student, populations=frozenset({Population.AUTISM})) == []
    assert _codes(student, populations=None) == []


def test_the_weightiest_question_comes_first():
    """A gate first; then seats; then values by weight times range: services are asked by their gate."""
    student = a_student(
        services=(ServiceNeed(service=Service.NURSING),),
        levels=levels(sensory=1),
        students_per_adult=Fraction(3),
    )
    codes = _codes(student, rooms=(), features={}, prices=(), levels=levels(sensory=(1, 2)))

    assert codes == [
        "service:nursing",
        "seats",
        "value:ratio",
        "group_ages",
        "value:inclusion",
        "value:sensory",
        "cost",
    ]


def test_a_value_left_open_by_the_profile_is_no_question_for_the_program():
    unsure = a_student(levels=levels(sensory=(0, 2)), students_per_adult=None)

    assert _codes(unsure) == []


def test_what_the_team_can_answer_is_asked_once_for_the_ranking():
    student = a_student(levels=levels(sensory=(0, 2)), students_per_adult=None, lift=None)
    questions = rank(student, a_program("a"), a_program("b")).team_questions

    assert [question.code for question in questions] == [
        "lift",
        "permitted_settings",
        "need:sensory",
        "need:ratio",
        "need:origin",
    ]
    assert {question.asks for question in questions} == {"team"}


def test_a_team_that_has_answered_is_asked_nothing():
    student = a_student(permitted_settings=frozenset({Setting.PUBLIC_DAY}), origin=HOME)

    assert rank(student, a_program()).team_questions == ()
    assert rank(replace(student, origin=None, ride_minutes={"bridge": 9}), a_program()).team_questions == ()


def test_an_age_across_a_limit_is_the_teams_to_tell_and_ages_not_stated_are_the_programs():
    """From 13 years and 9 months to 15 and 5: a program may serve the student until the 15th birthday."""
    permitted = frozenset({Setting.PUBLIC_DAY})
    student = a_student(age_months=Interval(165, 185), permitted_settings=permitted, origin=HOME)

    told, silent = (rank(student, a_program(ages=ages)).team_questions for ages in (Interval(6, 14), None))
    assert ([question.code for question in told], silent) == (["age_served"], ())


def test_a_need_that_decides_nothing_more_is_not_asked():
    closed_to_all = a_program(ages=Interval(15, 18))

    codes = [question.code for question in rank(a_student(lift=None), closed_to_all).team_questions]
    assert "lift" not in codes


def test_failed_gates_are_listed_with_who_can_change_them():
    student = a_student(services=(ServiceNeed(service=Service.NURSING),), age_months=Interval(60, 60))
    refused = {Service.NURSING: ServiceOffer(delivery=Delivery.NOT_OFFERED)}
    option = option_of(student, a_program(services=refused))

    assert {gate.code: str(gate.change_by) for gate in option.changes} == {
        "age_served": "date",
        "service:nursing": "program",
    }
    age = next(gate for gate in option.changes if gate.code == "age_served")
    assert (age.facts["age_months"], age.facts["low_years"]) == (60, 6)


def test_nothing_is_promised_where_one_reason_cannot_change():
    student = a_student(age_months=Interval(200, 200), grade=Grade.G4)
    option = option_of(student, a_program(grades=frozenset({Grade.G8})))

    assert [gate.code for gate in option.failed] == ["age_served", "grade_served"]
    assert option.changes == ()


def test_an_option_that_passes_has_nothing_to_change():
    assert option_of(STUDENT, a_program()).changes == ()


def _improvements(student, above, below):
    ranking = rank(student, a_program("above", **above), a_program("below", **below))
    second = ranking.options[1]
    assert second.program_key == "below"
    return {improvement.criterion: improvement for improvement in second.improvements}


def test_the_least_rise_of_a_ride_is_given_in_minutes():
    """30 minutes is 750, 45 is 375: 375 x 307 = 115,125 short, so 376 points, 751, which is 29 minutes."""
    student = a_student(ride_minutes={"above": 30, "below": 45})
    ride = _improvements(student, {}, {})[Criterion.RIDE]

    assert (ride.above_key, ride.points, ride.needed) == ("above", 376, 751)
    assert ride.natural == {"ride_minutes": 29}


def test_the_least_rise_of_a_level_names_the_nearest_level_that_reaches_it():
    """Level 3 for a need of 4 is 750 x 410: one level more outweighs the 307 of a ride 1000 points better."""
    student = a_student(levels=levels(sensory=4), ride_minutes={"above": 20, "below": 60})
    both = {"levels": levels(sensory=3)}
    sensory = _improvements(student, both, both)

    assert Criterion.SENSORY not in sensory  # 307,000 / 410 is 749 points, and 250 are to be had
    closer = a_student(levels=levels(sensory=4), ride_minutes={"above": 20, "below": 28})
    found = _improvements(closer, both, both)[Criterion.SENSORY]
    assert (found.points, found.needed, found.natural) == (150, 900, {"level": 4})


def test_the_least_rise_of_a_ratio_is_rounded_towards_what_suffices():
    """4 for 3 is 833; a ride 25 points better is 7,675, so 19 more: 852, which is 3 x (3 - 1.704) = 3.888."""
    student = a_student(students_per_adult=Fraction(3), ride_minutes={"above": 20, "below": 21})
    both = {"students_per_adult": Fraction(4)}
    found = _improvements(student, both, both)[Criterion.RATIO]

    assert (found.points, found.needed) == (19, 852)
    assert found.natural == {"students_per_adult": 3.88}


def test_the_least_rise_of_a_start_is_given_in_days():
    student = a_student(ride_minutes={"above": 20, "below": 21})
    found = _improvements(student, {}, {})[Criterion.START]

    assert (found.points, found.needed) == (38, 538)
    assert found.natural == {"days_late": 41}


def test_services_and_inclusion_have_no_unit_but_their_points():
    student = a_student(
        ride_minutes={"above": 20, "below": 21}, services=(ServiceNeed(service=Service.NURSING),)
    )
    found = _improvements(student, {}, {})

    assert found[Criterion.SERVICES].natural == found[Criterion.INCLUSION].natural == {}


def test_an_open_need_has_no_level_to_name_and_a_preference_is_not_to_be_moved():
    student = a_student(
        levels=levels(sensory=(0, 1)), students_per_adult=None, ride_minutes={"above": 20, "below": 21}
    )
    found = _improvements(student, {"levels": levels(sensory=2)}, {"levels": levels(sensory=2)})

    assert found[Criterion.SENSORY].natural == found[Criterion.RATIO].natural == {}
    assert Criterion.PREFERENCE not in found


@pytest.mark.parametrize("facts", [{"setting": Setting.PRIVATE_DAY}, {"ages": None}])
def test_nothing_moves_an_option_across_a_tier_or_a_block(facts):
    student = a_student(ride_minutes={"above": 30, "below": 20})

    assert _improvements(student, {}, facts) == {}


def test_an_option_below_a_cheaper_one_of_less_value_needs_no_rise():
    price = Price(item=PriceItem.TUITION, usd_per_year=50_000)
    student = a_student(ride_minutes={"above": 22, "below": 20})
    dear = {"prices": (replace(price, usd_per_year=60_000),)}

    assert _improvements(student, {"prices": (price,)}, dear) == {}


@pytest.mark.parametrize("minutes", [26, 33, 47, 60])
def test_the_ride_that_is_named_really_moves_the_option_above(minutes):
    student = a_student(ride_minutes={"above": 25, "below": minutes})
    named = _improvements(student, {}, {})[Criterion.RIDE].natural["ride_minutes"]

    for ride, moves in ((named, True), (named + 1, False)):
        moved = replace(student, ride_minutes={"above": 25, "below": ride})
        ranking = rank(moved, a_program("above"), a_program("below"))
        assert (ranking.option("below").value > ranking.option("above").value) is moves


def test_nothing_moves_up_what_is_ruled_out():
    """Only what would make it eligible helps a program that fails a gate; a higher value does not."""
    student = a_student(levels=levels(sensory=4))
    better, worse = (
        a_program(key, ages=Interval(15, 18), levels=levels(sensory=offer))
        for key, offer in (("better", 4), ("worse", 3))
    )
    options = rank(student, better, worse).options

    assert [(option.program_key, option.rank, option.improvements) for option in options] == [
        ("better", None, ()),
        ("worse", None, ()),
    ]
