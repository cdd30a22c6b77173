"""A decline that the program's own facts contradict."""

import pytest

from matching.results import GateResult
from matching.vocabulary import Answer, Asks, ChangeBy
from referral.rules.declines import DeclineReason, contradictions


def gate(code, answer):
    asks = Asks.PROGRAM if answer is Answer.UNKNOWN else None
    change = None if answer is Answer.YES else ChangeBy.PROGRAM
    return GateResult(code=code, answer=answer, asks=asks, change_by=change, facts={})


PASSED = [gate("age_served", Answer.YES), gate("health_level", Answer.YES)]


@pytest.mark.parametrize(
    ("reason", "gates", "seats_open", "found"),
    [
        (DeclineReason.AGE_BAND, PASSED, 0, ("age_served",)),
        (DeclineReason.AGE_BAND, [gate("age_served", Answer.UNKNOWN)], 0, ()),
        (DeclineReason.AGE_BAND, [*PASSED, gate("grade_served", Answer.NO)], 0, ()),
        (DeclineReason.MEDICAL_LEVEL, PASSED, 0, ("health_level",)),
        (DeclineReason.BEHAVIOR, PASSED, 0, ()),
        (DeclineReason.NO_SEAT, [], 2, ("seats_open",)),
        (DeclineReason.NO_SEAT, [], 0, ()),
        (DeclineReason.NO_SEAT, [], None, ()),
        (DeclineReason.DISTANCE, PASSED, 3, ()),
    ],
)
def test_a_reason_is_held_against_the_facts_it_speaks_of(reason, gates, seats_open, found):
    assert contradictions(reason, gates, seats_open=seats_open) == found
