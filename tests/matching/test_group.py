"""The ages of a group with the student in it: 48 months pass in Massachusetts, 49 do not."""

from datetime import date, timedelta

import pytest

from matching import Choice, Interval, Operator, Seats
from matching.policy import StateLimit
from matching.vocabulary import Asks, ChangeBy
from tests.matching.examples import POLICY, TODAY, a_program, a_room, a_student, answers, option_of

START = date(2026, 12, 22)  # a month after the room was confirmed: all in it are a month older
CHOICE = Choice("For tests.", "tests", TODAY)


def a_class(youngest, oldest, *, days_ago=0, enrolled=6, **facts):
    """A program of one room with six students of these ages in months, as confirmed some days ago."""
    seats = Seats(
        licensed=8,
        enrolled=enrolled,
        confirmed_on=TODAY - timedelta(days=days_ago),
        youngest_months=youngest,
        oldest_months=oldest,
    )
    return a_program(ages=Interval(3, 21), rooms=(a_room(seats=seats),), **facts)


def aged(low, high=None, **facts):
    """A student of this age in months at the start."""
    return a_student(age_months=Interval(low, high or low), start_on=START, **facts)


def span_answer(student, program, policy=POLICY):
    """The gate's answer; None where it is not asked."""
    return answers(student, program, policy).get("age_span")


def asks_for_ages(student, program, policy=POLICY):
    """Whether the program is asked how old the students in its room are."""
    return "group_ages" in [question.code for question in option_of(student, program, policy).questions]


@pytest.mark.parametrize(
    ("youngest", "oldest", "answer"),
    [
        (130, 167, "yes"),  # 168 at the start, the student 120: 48 apart
        (130, 168, "no"),
        (71, 100, "yes"),  # 72 at the start: 48 apart
        (70, 100, "no"),
        (119, 119, "yes"),
        (71, 119, "yes"),  # 48 without the student, who is of the oldest's age
        (95, 143, "yes"),  # 96 to 144 at the start, the student in between
        (95, 144, "no"),  # beyond without the student
    ],
)
def test_the_limit_is_exact_at_its_edge(youngest, oldest, answer):
    assert span_answer(aged(120), a_class(youngest, oldest)) == answer


def test_the_ages_in_a_room_grow_with_the_time_until_the_start():
    """Confirmed on 24 August at 164 months: 168 in December, so 48 from 120, and 49 from 119."""
    program = a_class(150, 164, days_ago=90)

    assert span_answer(aged(120), program) == "yes"
    assert span_answer(aged(119), program) == "no"


def test_an_age_that_may_pass_or_not_is_the_teams_to_tell():
    option = option_of(aged(119, 121), a_class(130, 167))

    gate = next(gate for gate in option.gates if gate.code == "age_span")
    assert (gate.answer, gate.asks) == ("unknown", Asks.TEAM)
    assert span_answer(aged(120, 121), a_class(130, 167)) == "yes"
    assert span_answer(aged(117, 119), a_class(130, 167)) == "no"


def test_an_age_not_known_is_the_teams_to_tell():
    student = a_student(age_months=None, start_on=START)

    assert span_answer(student, a_class(100, 110)) == "unknown"
    assert span_answer(student, a_class(100, 190)) == "unknown"


@pytest.mark.parametrize(
    ("youngest", "oldest", "answer"),
    [
        (108, 156, "yes"),  # 48 without the student, who is never beyond
        (108, 157, "no"),  # 49 without the student
        (110, 157, "unknown"),  # 47 today, 49 in a year
        (73, 120, "yes"),
        (72, 110, "yes"),  # 48 today, 36 in a year
        (71, 110, "unknown"),  # 49 today
        (60, 71, "unknown"),  # 60 today, 48 in a year
        (59, 71, "no"),
    ],
)
def test_a_start_not_known_lies_within_a_year(youngest, oldest, answer):
    student = a_student(age_months=Interval(120, 120), start_on=None)

    assert span_answer(student, a_class(youngest, oldest)) == answer


@pytest.mark.parametrize(("youngest", "oldest"), [(None, None), (100, None), (None, 120)])
def test_of_a_room_whose_ages_are_not_known_the_program_is_asked_and_nothing_is_ruled_out(youngest, oldest):
    program = a_class(youngest, oldest)

    assert span_answer(aged(120), program) is None
    assert asks_for_ages(aged(120), program)
    assert option_of(aged(120), program).verdict == "eligible"


@pytest.mark.parametrize(("days_ago", "counts"), [(90, True), (91, False)])
def test_ages_older_than_90_days_are_asked_for_again(days_ago, counts):
    program = a_class(100, 190, days_ago=days_ago)

    assert span_answer(aged(120), program) == ("no" if counts else None)
    assert asks_for_ages(aged(120), program) is not counts


def test_ages_never_confirmed_are_not_known():
    seats = Seats(licensed=8, enrolled=6, youngest_months=100, oldest_months=190)
    program = a_program(rooms=(a_room(seats=seats),))

    assert span_answer(aged(120), program) is None
    assert asks_for_ages(aged(120), program)


@pytest.mark.parametrize("program", [a_program(), a_program(rooms=(a_room(),))])
def test_a_program_without_rooms_or_seats_is_asked(program):
    assert span_answer(aged(120), program) is None
    assert asks_for_ages(aged(120), program)


def test_an_empty_room_passes_and_is_asked_nothing():
    for program in (a_class(None, None, enrolled=0), a_class(100, 190, enrolled=0)):
        assert span_answer(aged(120), program) is None
        assert not asks_for_ages(aged(120), program)
        assert option_of(aged(120), program).verdict == "eligible"


def test_a_room_said_to_be_empty_long_ago_is_asked():
    assert asks_for_ages(aged(120), a_class(None, None, enrolled=0, days_ago=91))


@pytest.mark.parametrize(("age", "answer"), [((60, 60), "no"), ((59, 59), None), ((59, 60), "unknown")])
def test_the_rule_binds_groups_of_students_of_five_and_older(age, answer):
    assert span_answer(aged(*age), a_class(100, 110)) == answer


def test_a_student_under_five_makes_no_question_of_ages():
    assert asks_for_ages(aged(60), a_class(None, None))
    assert not asks_for_ages(aged(59), a_class(None, None))


def test_the_rule_is_that_of_the_programs_state():
    elsewhere = Operator(key="lake", name="Lake Cooperative", state="MN")

    assert span_answer(aged(120, state="MA"), a_class(100, 190, operator=elsewhere)) is None
    assert not asks_for_ages(aged(120), a_class(None, None, operator=elsewhere))
    assert span_answer(aged(120, state="MN"), a_class(100, 190)) == "no"


def test_of_two_limits_the_one_in_force_on_the_start_date_counts():
    narrower = StateLimit("MA", "age_span", 36, START, "A later rule")
    policy = POLICY.revised(version="two", choice=CHOICE, state_limits=(narrower, *POLICY.state_limits))
    program = a_class(130, 160)  # 161 at the start: 41 from 120

    assert span_answer(aged(120), program, policy) == "no"
    before = a_student(age_months=Interval(120, 120), start_on=START - timedelta(days=1))
    assert span_answer(before, program, policy) == "yes"


def test_before_any_limit_is_in_force_nothing_is_asked():
    later = StateLimit("MA", "age_span", 36, START + timedelta(days=1), "A later rule")
    policy = POLICY.revised(version="later", choice=CHOICE, state_limits=(later,))

    assert span_answer(aged(120), a_class(100, 190), policy) is None
    assert not asks_for_ages(aged(120), a_class(None, None), policy)


def test_a_start_in_the_past_is_the_day_of_the_students_age():
    student = a_student(age_months=Interval(120, 120), start_on=TODAY - timedelta(days=60))

    assert span_answer(student, a_class(130, 170)) == "yes"  # 168 in September
    assert span_answer(student, a_class(130, 171)) == "no"


def test_only_the_states_approval_or_another_group_could_change_it():
    option = option_of(aged(120), a_class(130, 168))

    assert [(gate.code, gate.change_by) for gate in option.changes] == [("age_span", ChangeBy.STATE)]
    facts = option.changes[0].facts
    assert (facts["limit_months"], facts["span_months"]) == (48, 49)
    assert (facts["youngest_months"], facts["oldest_months"]) == (131, 169)


def test_the_best_room_is_one_whose_group_fits():
    rooms = (*a_class(100, 190).rooms, *a_class(100, 130).rooms)
    program = a_program(rooms=tuple(a_room(f"room-{n}", seats=room.seats) for n, room in enumerate(rooms)))

    option = option_of(aged(120), program)

    assert (option.room_key, option.verdict) == ("room-1", "eligible")
    assert [room.verdict for room in option.rooms] == ["eligible", "not_eligible"]
