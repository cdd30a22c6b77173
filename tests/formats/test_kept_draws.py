"""Drawn weights as they are kept."""

import numpy as np

from matching import POLICY_2026_1, draws_of
from matching.vocabulary import Criterion
from referral.formats.kept_draws import pack_draws, policy_digest, unpack_draws
from referral.formats.kept_rankings import pack_policy


def test_kept_draws_come_back_bit_for_bit():
    draws = draws_of(POLICY_2026_1)

    again = unpack_draws(pack_draws(draws), str(draws.seed))

    assert np.array_equal(again.weights, draws.weights)
    assert again.weights.dtype == draws.weights.dtype
    assert np.array_equal(again.cell("a/1", Criterion.RIDE), draws.cell("a/1", Criterion.RIDE))


def test_kept_draws_are_small():
    assert len(pack_draws(draws_of(POLICY_2026_1))) < 200_000


def test_a_policy_of_other_numbers_has_another_digest():
    other = POLICY_2026_1.revised(
        version=POLICY_2026_1.version, choice=POLICY_2026_1.choices["cost_delta"], cost_delta=10
    )

    assert policy_digest(pack_policy(other)) != policy_digest(pack_policy(POLICY_2026_1))
