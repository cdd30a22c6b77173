"""Only gates whose need was sent are shown, and levels only from which on support matters."""

import pytest

from matching import Interval, NeedProfile
from matching.results import GateResult
from matching.vocabulary import Answer, Dimension
from referral.rules.answers import Answers
from referral.rules.released import packet_facts
from referral.rules.released_gates import levels_beside, shown_gates
from tests.matching.examples import a_program

ENQUIRY = {
    "area": "Massachusetts",
    "age_band": "9-11",
    "placement_type": None,
    "support": {"medical": "MUCH", "behavior": "OPEN"},
}


def gates(*codes: str, answer: Answer = Answer.YES) -> list[GateResult]:
    return [GateResult(code=code, answer=answer, facts={}) for code in codes]


def codes(shown) -> list[str]:
    return [gate.code for gate in shown]


def test_an_enquiry_shows_what_its_bands_tell():
    every = gates("age_served", "placement_type", "health_level", "behavior_level", "service:nursing", "ride")

    assert codes(shown_gates(ENQUIRY, every)) == ["age_served", "health_level"]


def test_a_packet_shows_the_needs_that_were_answered():
    facts = packet_facts(ENQUIRY, Answers.model_validate({"grade": "3", "intervener": False}))

    every = gates("grade_served", "intervener", "age_served", "lift", "ride", "age_limit")
    assert codes(shown_gates(facts, every)) == ["grade_served", "intervener"]


@pytest.mark.parametrize(("answer", "count"), [(Answer.YES, 1), (Answer.NO, 1), (Answer.UNKNOWN, 0)])
def test_a_condition_of_admission_is_shown_once_it_is_known(answer, count):
    facts = packet_facts(ENQUIRY, Answers())

    assert len(shown_gates(facts, gates("limit:diploma_track", answer=answer))) == count


@pytest.mark.parametrize(
    ("asked", "stated", "inferred", "answer"),
    [
        (Interval(3, 4), Interval(4, 4), False, Answer.YES),
        (Interval(3, 4), Interval(3, 3), False, Answer.UNKNOWN),
        (Interval(3, 4), Interval(0, 2), False, Answer.NO),
        (Interval(3, 4), Interval(4, 4), True, Answer.UNKNOWN),
        (Interval(3, 4), None, False, Answer.UNKNOWN),
    ],
)
def test_a_level_is_compared_at_its_edges(a_profile, asked, stated, inferred, answer):
    sent = NeedProfile(code="F", levels={Dimension.MEDICAL: asked})

    beside = levels_beside(sent, a_profile(stated, inferred=inferred))

    assert [one.answer for one in beside] == [answer]


@pytest.mark.parametrize("asked", [Interval(0, 1), Interval(0, 4)])
def test_little_support_and_a_need_not_known_are_not_compared(a_profile, asked):
    sent = NeedProfile(code="F", levels={Dimension.MEDICAL: asked})

    assert levels_beside(sent, a_profile(Interval(2, 2))) == ()


@pytest.fixture
def a_profile():
    """A program that states a level of health care, or none."""

    def make(stated: Interval | None, *, inferred: bool = False):
        levels = {} if stated is None else {Dimension.MEDICAL: stated}
        return a_program(levels=levels, inferred=frozenset({"levels.medical"} if inferred else ()))

    return make
