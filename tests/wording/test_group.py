"""The room with the student in it, in words."""

import pytest

from matching.policy import StateLimit
from matching.results import GateResult, GroupFinding, Question
from matching.vocabulary import Answer, Asks, ChangeBy
from referral.wording.policy_values import value_words
from referral.wording.rankings import change_sentence, gate_sentence, question_sentence
from referral.wording.rankings.options import group_flag, group_words
from tests.matching.examples import POLICY, TODAY

FACTS = {"limit_months": 48, "span_months": 49, "source": "A rule"}


@pytest.mark.parametrize(
    ("answer", "facts", "sentence"),
    [
        (
            Answer.NO,
            FACTS,
            "With this student the group would span 49 months in age; the state allows 48.",
        ),
        (
            Answer.NO,
            {"limit_months": 48},
            "With this student the group would span more in age than the 48 months the state allows.",
        ),
        (
            Answer.YES,
            FACTS | {"span_months": 40},
            "With this student the group spans 40 months in age, within the 48 the state allows.",
        ),
        (
            Answer.YES,
            {"limit_months": 48},
            "With this student the group stays within the 48 months of age the state allows.",
        ),
    ],
)
def test_the_span_is_said_with_the_limit(answer, facts, sentence):
    assert gate_sentence(GateResult("age_span", answer, facts=facts)) == sentence


def test_an_open_span_says_that_the_age_is_not_known_for_certain():
    gate = GateResult("age_span", Answer.UNKNOWN, asks=Asks.TEAM, facts={"limit_months": 48})

    assert gate_sentence(gate).startswith("The student's age at the start is not known for certain")
    assert question_sentence(Question("age_span", Asks.TEAM)).startswith("When does the placement start")


def test_the_state_or_another_group_could_change_it():
    gate = GateResult("age_span", Answer.NO, change_by=ChangeBy.STATE, facts=FACTS)

    assert change_sentence(gate) == (
        "The state's approval of a wider span, or another group, could change this"
    )


@pytest.mark.parametrize("code", ["group_ages", "group_staff", "group_size"])
def test_each_question_of_a_group_is_a_question(code):
    said = question_sentence(Question(code, Asks.PROGRAM))

    assert said.endswith("?")
    assert "Ask about" not in said


@pytest.mark.parametrize(
    ("finding", "words", "flag"),
    [
        (
            GroupFinding(9, 8, Answer.YES, 1, 0),
            "9 students with this one, 1 special educator and 0 aides",
            "Over 8 students: would need more staff",
        ),
        (GroupFinding(1, 8, Answer.NO, 1, 1), "1 student with this one, 1 special educator and 1 aide", ""),
        (GroupFinding(None, None, Answer.UNKNOWN, 1, None), "Size not known, staff not known", ""),
    ],
)
def test_the_size_of_a_group_is_said_with_its_staff(finding, words, flag):
    assert (group_words(finding), group_flag(finding)) == (words, flag)


def test_the_policy_says_each_limit_with_its_day_and_source():
    size = StateLimit("MN", "group_size:1:2", 6, TODAY, "A rule for tests")

    said = value_words("state_limits", (*POLICY.state_limits, size))

    assert said.startswith("MA: 48 months between the youngest and the oldest, from ")
    assert "603 CMR 28.06(6)(f)" in said
    assert said.endswith(
        "MN: 6 students with 1 special educator and 2 aides, from Nov 22, 2026 (A rule for tests)"
    )
    assert value_words("state_limits", ()) == "None"
