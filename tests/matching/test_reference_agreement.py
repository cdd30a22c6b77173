"""The library gives the same numbers and the same order as the slow reference written from the text."""

import math

from hypothesis import given

from matching import POLICY_2026_1, rank_programs
from matching.catalogue import Catalogue
from matching.scoring import evaluate
from tests.matching.reference import best_rooms, gross_usd, judged, order
from tests.strategies import TODAY, lists_of_programs, need_profiles

SEED = "S-SYNTHETIC"


def _ranked_and_reference(student, programs):
    ranking = rank_programs(student, programs, POLICY_2026_1, seed=SEED, today=TODAY)
    reference = best_rooms(order(list(judged(student, programs, POLICY_2026_1, TODAY)), SEED))
    return ranking.options, reference


@given(need_profiles(), lists_of_programs())
def test_programs_and_their_best_rooms_come_in_the_order_of_the_reference(student, programs):
    options, reference = _ranked_and_reference(student, programs)

    expected = [(one.pair.program.key, one.pair.room.key if one.pair.room else None) for one in reference]
    assert [(option.program_key, option.room_key) for option in options] == expected


@given(need_profiles(), lists_of_programs())
def test_gates_are_those_of_the_reference(student, programs):
    for option, one in zip(*_ranked_and_reference(student, programs), strict=True):
        assert {gate.code: str(gate.answer) for gate in option.gates} == one.gates


@given(need_profiles(), lists_of_programs())
def test_values_and_their_weighted_sums_are_those_of_the_reference(student, programs):
    for option, one in zip(*_ranked_and_reference(student, programs), strict=True):
        assert {value.criterion: (value.low, value.high) for value in option.criteria} == one.values
        sums = (one.weighed("low"), one.weighed("middle"), one.weighed("high"))
        assert (option.value_low, option.value, option.value_high) == sums


@given(need_profiles(), lists_of_programs())
def test_blocks_tiers_adequacy_and_need_fit_are_those_of_the_reference(student, programs):
    for option, one in zip(*_ranked_and_reference(student, programs), strict=True):
        assert (option.block, option.tier, option.adequacy) == (one.block, one.tier, one.adequacy)
        assert option.need_fit == tuple(math.floor(bound) for bound in one.fit)
        assert option.cost.gross_usd == gross_usd(one.pair)


@given(need_profiles(), lists_of_programs())
def test_every_room_has_the_block_tier_and_value_of_the_reference(student, programs):
    evaluation = evaluate(student, Catalogue.compile(programs), POLICY_2026_1, seed=SEED, today=TODAY)
    keys = evaluation.keys
    rows = zip(keys.block.tolist(), keys.tier.tolist(), keys.value.tolist(), strict=True)

    reference = judged(student, programs, POLICY_2026_1, TODAY)
    assert list(rows) == [(one.block, one.tier, one.weighed("middle")) for one in reference]
