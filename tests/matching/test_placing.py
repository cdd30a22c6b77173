"""Places without reasons are the places of the ranking, and tried weights move value alone."""

from dataclasses import replace

import pytest
from hypothesis import given

from matching import Choice, InvalidPolicy, rank_programs
from matching.placing import placed_programs
from matching.vocabulary import Criterion, Verdict
from tests.matching.examples import POLICY, PROGRAM, STUDENT, TODAY
from tests.strategies import lists_of_programs, need_profiles

RIDE_ONLY = dict.fromkeys(Criterion, 0) | {Criterion.RIDE: 4096}


@given(need_profiles(), lists_of_programs())
def test_the_places_are_those_of_the_ranking(student, programs):
    ranking = rank_programs(student, programs, POLICY, seed="s", today=TODAY)

    placed = placed_programs(student, programs, POLICY, seed="s", today=TODAY)

    assert [
        (one.program_key, None if one.ruled_out else one.place, one.verdict, one.block, one.tier, one.value)
        for one in placed
    ] == [(o.program_key, o.rank, o.verdict, o.block, o.tier, o.value) for o in ranking.options]


@given(need_profiles(), lists_of_programs())
def test_tried_weights_change_no_block_and_no_tier(student, programs):
    before = placed_programs(student, programs, POLICY, seed="s", today=TODAY)

    after = placed_programs(student, programs, POLICY, seed="s", today=TODAY, tried_weights=RIDE_ONLY)

    assert sorted((o.program_key, o.block, o.tier) for o in before) == sorted(
        (o.program_key, o.block, o.tier) for o in after
    )
    assert [o.block for o in after] == sorted(o.block for o in after)


def test_the_policys_own_weights_tried_change_nothing():
    programs = [replace(PROGRAM, key=f"p-{number}") for number in range(3)]

    before = placed_programs(STUDENT, programs, POLICY, seed="s", today=TODAY)

    assert (
        placed_programs(STUDENT, programs, POLICY, seed="s", today=TODAY, tried_weights=POLICY.weights)
        == before
    )


def test_tried_weights_must_add_up():
    with pytest.raises(InvalidPolicy, match="sum to 4096"):
        placed_programs(
            STUDENT, [PROGRAM], POLICY, seed="s", today=TODAY, tried_weights=dict.fromkeys(Criterion, 1)
        )


def test_a_program_that_fails_a_gate_is_ruled_out():
    policy = POLICY.revised(version="t", choice=Choice("Young.", "tests", TODAY), age_limit_months=12)

    placed = placed_programs(STUDENT, [PROGRAM], policy, seed="s", today=TODAY)

    assert (placed[0].verdict, placed[0].ruled_out) == (Verdict.NOT_ELIGIBLE, True)
