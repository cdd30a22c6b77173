"""The size of a group with the student in it, against what a state allows with its staff: never a gate."""

from dataclasses import fields
from datetime import timedelta

import pytest

from matching import Choice, InvalidPolicy, InvalidProfile, Policy, Seats
from matching.policy import StateLimit
from matching.vocabulary import Answer
from tests.matching.examples import POLICY, TODAY, a_program, a_room, a_student, answers, option_of

LONG_AGO = TODAY - timedelta(days=1000)
SIZES = tuple(  # made-up sizes: none of a state could be read in its own text
    StateLimit("MA", f"group_size:1:{aides}", limit, LONG_AGO, "A rule for tests")
    for aides, limit in enumerate((8, 12, 16))
)
SIZED = POLICY.revised(version="sized", choice=Choice("For tests.", "tests", TODAY), state_limits=SIZES)


def a_class(*, licensed=12, enrolled=7, staff=(1, 0), days_ago=0, **facts):
    """A program of one room with this staff and these seats."""
    seats = Seats(licensed=licensed, enrolled=enrolled, confirmed_on=TODAY - timedelta(days=days_ago))
    room = a_room(special_educators=staff[0], aides=staff[1], seats=seats, **facts)
    return a_program(rooms=(room,))


def finding(program, policy=SIZED):
    """What is found of the room's group."""
    return option_of(a_student(), program, policy).group


def asked(program, policy=SIZED):
    """The questions about the group."""
    codes = [question.code for question in option_of(a_student(), program, policy).questions]
    return [code for code in codes if code.startswith("group_")]


@pytest.mark.parametrize(
    ("staff", "enrolled", "over"),
    [
        ((1, 0), 7, Answer.NO),  # eight with this one
        ((1, 0), 8, Answer.YES),
        ((1, 1), 11, Answer.NO),
        ((1, 1), 12, Answer.YES),
        ((1, 2), 15, Answer.NO),
        ((1, 2), 16, Answer.YES),
        ((2, 5), 15, Answer.NO),  # more staff than the largest size names
    ],
)
def test_the_size_is_exact_at_its_edge(staff, enrolled, over):
    found = finding(a_class(licensed=20, enrolled=enrolled, staff=staff))

    assert (found.students, found.over_limit) == (enrolled + 1, over)


def test_in_a_full_room_the_student_takes_a_seat_that_is_freed():
    found = finding(a_class(licensed=8, enrolled=8))

    assert (found.students, found.limit, found.over_limit) == (8, 8, Answer.NO)


def test_the_group_counts_where_it_is_not_the_whole_room():
    found = finding(a_class(licensed=20, enrolled=14, group_students=7))

    assert (found.students, found.over_limit) == (8, Answer.NO)


def test_beyond_the_size_the_program_is_asked_and_nothing_is_ruled_out():
    program = a_class(enrolled=8)

    assert asked(program) == ["group_size"]
    assert option_of(a_student(), program, SIZED).verdict == "eligible"
    assert not any(code.startswith("group") for code in answers(a_student(), program, SIZED))


@pytest.mark.parametrize("staff", [(None, None), (1, None), (None, 1), (0, 3)])
def test_where_the_staff_is_not_known_the_program_is_asked(staff):
    program = a_class(staff=staff)

    assert (finding(program).limit, finding(program).over_limit) == (None, Answer.UNKNOWN)
    assert asked(program) == ["group_staff"]


@pytest.mark.parametrize(
    "program", [a_class(days_ago=91), a_program(rooms=(a_room(special_educators=1, aides=0),))]
)
def test_seats_too_old_or_not_known_leave_the_size_open(program):
    found = finding(program)

    assert (found.students, found.limit, found.over_limit) == (None, 8, Answer.UNKNOWN)


def test_without_recorded_sizes_nothing_is_said():
    assert finding(a_class(enrolled=11), POLICY) is None
    assert finding(a_program()) is None
    assert asked(a_class(staff=(None, None)), POLICY) == ["group_ages"]


def test_every_room_has_its_own_finding():
    option = option_of(a_student(), a_class(enrolled=8), SIZED)

    assert option.rooms[0].group == option.group


@pytest.mark.parametrize(
    "facts",
    [
        {"code": "group_size"},
        {"code": "group_size:1:10"},
        {"limit": -1},
        {"limit": 48.5},
        {"least_age_months": -1},
        {"state": ""},
        {"source": ""},
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(facts):
    good = {"state": "MA", "code": "age_span", "limit": 48, "valid_from": LONG_AGO, "source": "A rule"}

    with pytest.raises(InvalidPolicy, match="state_limits"):
        StateLimit(**good | facts)


def test_two_limits_of_one_day_are_refused():
    with pytest.raises(InvalidPolicy, match="state_limits"):
        POLICY.revised(
            version="twice", choice=Choice("Twice.", "tests", TODAY), state_limits=(*SIZES, SIZES[0])
        )


def without_a_reason(**numbers):
    """The policy with no reason for its limits."""
    facts = {one.name: getattr(POLICY, one.name) for one in fields(POLICY)} | numbers
    choices = {name: choice for name, choice in POLICY.choices.items() if name != "state_limits"}
    return Policy(**facts | {"choices": choices})


def test_a_policy_with_limits_says_why():
    with pytest.raises(InvalidPolicy, match="state_limits"):
        without_a_reason()


def test_a_policy_from_before_there_were_limits_needs_no_reason_for_them():
    assert without_a_reason(state_limits=()).state_limits == ()


@pytest.mark.parametrize("field", ["group_students", "special_educators", "aides"])
def test_a_number_of_people_is_a_whole_number(field):
    with pytest.raises(InvalidProfile, match=field):
        a_room(**{field: -1})
