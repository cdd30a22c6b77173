"""The library gives the same numbers and the same order as the slow reference written from the text."""

import math

from hypothesis import given, settings

from matching import RankedProgram
from matching.catalogue import Catalogue
from matching.ranking import evaluate
from tests.matching.examples import POLICY, rank
from tests.matching.reference import Judged, best_rooms, gross_usd, judged, order
from tests.strategies import TODAY, lists_of_programs, need_profiles

SEED = "S-SYNTHETIC"
MANY = settings(max_examples=8 * settings().max_examples)


def _check_option(option: RankedProgram, one: Judged) -> None:
    assert {gate.code: str(gate.answer) for gate in option.gates} == one.gates
    assert {value.criterion: (value.low, value.high) for value in option.criteria} == one.values
    sums = (one.weighed("low"), one.weighed("middle"), one.weighed("high"))
    assert (option.value_low, option.value, option.value_high) == sums
    assert (option.block, option.tier, option.adequacy) == (one.block, one.tier, one.adequacy)
    assert option.need_fit == tuple(math.floor(bound) for bound in one.fit)
    assert option.cost.gross_usd == gross_usd(one.pair)


@MANY
@given(need_profiles(), lists_of_programs())
def test_order_and_all_numbers_are_those_of_the_reference(student, programs):
    options = rank(student, *programs, seed=SEED).options
    reference = best_rooms(order(list(judged(student, programs, POLICY, TODAY)), SEED))

    expected = [(one.pair.program.key, one.pair.room.key if one.pair.room else None) for one in reference]
    assert [(option.program_key, option.room_key) for option in options] == expected
    for option, one in zip(options, reference, strict=True):
        _check_option(option, one)


@given(need_profiles(), lists_of_programs())
def test_every_room_has_the_block_tier_and_value_of_the_reference(student, programs):
    evaluation = evaluate(student, Catalogue.compile(programs), POLICY, seed=SEED, today=TODAY)
    keys = evaluation.keys
    rows = zip(keys.block.tolist(), keys.tier.tolist(), keys.value.tolist(), strict=True)

    reference = judged(student, programs, POLICY, TODAY)
    assert list(rows) == [(one.block, one.tier, one.weighed("middle")) for one in reference]
