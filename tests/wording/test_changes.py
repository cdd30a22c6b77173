"""What would change an option's place, in words, with who could make it so."""

import pytest

from matching.results import Improvement
from matching.vocabulary import Criterion, Limit
from referral.wording.rankings.changes import improvement_sentence, would_change
from tests.matching.examples import a_program, a_student, levels, option_of, rank


@pytest.mark.parametrize(
    ("criterion", "natural", "expected"),
    [
        (Criterion.RIDE, {"ride_minutes": 24}, "A ride of at most 24 minutes would put it above B. A nearer"),
        (Criterion.START, {"days_late": 0}, "A seat on time would put it above B. An earlier seat"),
        (Criterion.START, {"days_late": 1}, "A seat at most 1 day late would put it above B."),
        (Criterion.RATIO, {"students_per_adult": 3.5}, "At most 3.5 students for each adult would put"),
        (Criterion.BEHAVIOR, {"level": 3}, "Behavior support at level 3 of 4 would put it above B. The prog"),
        (Criterion.SERVICES, {}, "130 more of 1000 in related services would put it above B."),
    ],
)
def test_the_least_rise_is_said_in_the_units_of_its_scale(criterion, natural, expected):
    one = Improvement(criterion, "b", 130, 900, natural)

    assert improvement_sentence(one, {"b": "B"}).startswith(expected)


def test_the_second_option_says_what_would_move_it_up_easiest_first():
    student = a_student(levels=levels(mobility=2, academic=2))
    programs = [
        a_program("first", levels=levels(mobility=2, academic=2)),
        a_program("second", levels=levels(mobility=1, academic=1)),
    ]

    second = rank(student, *programs).options[1]
    said = would_change(second, {"first": "First"})

    assert 1 <= len(said) <= 4
    assert all("would put it above First." in sentence for sentence in said)


def test_a_must_that_is_not_known_says_who_can_answer():
    program = a_program(limits=frozenset({Limit.DIPLOMA_TRACK}))

    (said,) = would_change(option_of(a_student(), program), {})

    assert said == (
        "It would meet every must if the one that is not known is met. Who can tell: the Team (1)."
    )


def test_support_that_falls_short_says_where_it_must_rise():
    student = a_student(levels=levels(communication=4))

    said = would_change(option_of(student, a_program()), {})

    assert said[0].startswith("It would fit once support reaches the need in communication.")
