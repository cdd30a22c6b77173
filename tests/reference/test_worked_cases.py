"""Ten students whose answers were reasoned from the published text before any ranking had run."""

from collections import Counter

import pytest

from matching import RankedProgram
from tests.reference.worked import Case, Expected, ranking_of, worked_cases

DECIDING_ANSWER = {"eligible": "yes", "to_confirm": "unknown", "not_eligible": "no"}
PAIRS = [(case, expected) for case in worked_cases() for expected in case.expected]


def _option(case: Case, expected: Expected) -> RankedProgram:
    return ranking_of(case.name).option(expected.program)


def _agrees(case: Case, expected: Expected) -> bool:
    option = _option(case, expected)
    answers = {gate.code: str(gate.answer) for gate in option.gates}
    deciding = DECIDING_ANSWER[expected.verdict]
    return option.verdict == expected.verdict and all(answers.get(g) == deciding for g in expected.gates)


@pytest.mark.parametrize(("case", "expected"), PAIRS, ids=[f"{c.name}-{e.program}" for c, e in PAIRS])
def test_a_named_program_answers_as_its_published_text_says(case, expected):
    option = _option(case, expected)

    answers = {gate.code: str(gate.answer) for gate in option.gates}
    settled = {code: answer for code, answer in answers.items() if answer != "yes"}
    assert str(option.verdict) == expected.verdict, (expected.because, settled)
    assert {g: answers.get(g) for g in expected.gates} == dict.fromkeys(
        expected.gates, DECIDING_ANSWER[expected.verdict]
    ), (expected.because, settled)


def test_there_are_two_cases_for_each_of_five_groups_with_three_to_six_programs():
    groups = Counter(case.group for case in worked_cases())

    assert set(groups.values()) == {2}
    assert len(groups) == 5
    assert all(3 <= len(case.expected) <= 6 for case in worked_cases())


def test_the_agreement_is_printed(capsys):
    agreed = sum(_agrees(case, expected) for case, expected in PAIRS)

    with capsys.disabled():
        print(f"\nWorked cases: {agreed} of {len(PAIRS)} named programs answer as their text says")
        for case in worked_cases():
            of_case = [_agrees(case, expected) for expected in case.expected]
            print(f"  {sum(of_case)} of {len(of_case)}  {case.name}")
    assert agreed == len(PAIRS)
