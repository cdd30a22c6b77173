"""Answers in words."""

import pytest

from matching import Interval
from matching.vocabulary import Dimension
from referral.rules.answer_words import answer_rows, day_words, level_words, lowered, words
from referral.rules.answers import Answers
from referral.rules.questions import PAGES, STEPS
from tests.students import everything


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("age_years", "15 years"),
        ("grade", "Grade 9"),
        ("team_status_on", "Nov 5, 2026"),
        ("start_on", "January 2027"),
        ("intervener", "Yes"),
        ("english_learner", "No"),
        ("students_per_adult", "5:2"),
        ("ride_supports", "None of these"),
        ("strengths", "Works well with a steady routine; Music or art"),
        (
            "services",
            "Speech-language therapy: preferred, 60 minutes a week, consultation, group; Nursing: required",
        ),
        ("behaviors", "Aggression towards others: weekly, low; Damage to property: not in the last 90 days"),
        ("wishes", "Must have: lift for transfers (the IEP Team, access)"),
        ("preferred_programs", "Bridge Program, River Collaborative"),
        ("home_zip", "02421"),
        ("level_corrections", "Behavior support: 3, daily with an adult, or injury every week"),
    ],
)
def test_an_answer_reads_as_a_sentence_would_say_it(name, said):
    names = {"bridge": "Bridge Program, River Collaborative"}

    assert (words(name, everything(), program_names=names) or "").startswith(said)


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_has_words_and_every_unknown_has_none(page):
    assert all(said for _, _, said in answer_rows(page, everything()))
    assert not any(said for _, _, said in answer_rows(page, Answers()))


def test_a_question_that_does_not_arise_has_no_row():
    assert "age_extra_months" not in [name for name, _, _ in answer_rows(STEPS[0], Answers())]


def test_a_wish_without_a_reason_is_said_without_brackets():
    assert words("wishes", Answers(wishes=[{"feature": "aba", "insistence": "nice"}])) == (
        "Nice to have: applied behavior analysis (ABA)"
    )


def test_a_level_is_said_with_the_words_of_its_scale():
    assert level_words(Dimension.COMMUNICATION, Interval(2, 2)) == "2, AAC as support"
    assert level_words(Dimension.MEDICAL, Interval(0, 4)) == "Not known yet"
    assert (
        level_words(Dimension.SENSORY, Interval(3, 4)) == "3 to 4, from deaf or blind to loss in both senses"
    )


def test_proper_names_keep_their_capital_inside_a_sentence():
    assert [lowered(label) for label in ("English learner", "ZIP code", "A nurse", "")] == [
        "English learner",
        "ZIP code",
        "a nurse",
        "",
    ]


def test_a_day_is_written_without_a_leading_zero():
    answers = Answers(team_status_on="2027-01-05")

    assert answers.team_status_on is not None
    assert day_words(answers.team_status_on) == "Jan 5, 2027"
