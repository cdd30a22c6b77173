"""Plausible weightings: whole numbers over 4096 around a point or in an order of importance."""

from dataclasses import replace

import numpy as np
import pytest

from matching import POLICY_2026_1
from matching.draws import THIRD, Draws, dirichlet_weights, draws_of, ordinal_weights, packed, whole_shares
from matching.exceptions import MatchingError
from matching.vocabulary import Criterion


def test_every_weighting_sums_to_4096() -> None:
    assert (draws_of(POLICY_2026_1, n_draws=500).weights.sum(axis=1) == 4096).all()


def test_weights_vary_around_the_policys_weights() -> None:
    weights = draws_of(POLICY_2026_1, n_draws=20_000).weights / 4096

    assert weights.mean(axis=0) * 4096 == pytest.approx(POLICY_2026_1.weight_row(), rel=0.02)
    assert weights[:, 0].std() == pytest.approx(0.056, abs=0.002)


def test_a_policys_draws_are_the_same_each_time() -> None:
    assert np.array_equal(
        draws_of(POLICY_2026_1, n_draws=50).weights, draws_of(POLICY_2026_1, n_draws=50).weights
    )


def test_a_weight_of_zero_stays_zero() -> None:
    assert not dirichlet_weights([2, 0, 1], 5, n_draws=100, seed=1)[:, 1].any()


def test_ordinal_weights_never_put_a_lower_class_above_a_higher_one() -> None:
    weights = ordinal_weights([1, 0, 2], n_draws=1000, seed=2)

    assert (weights[:, 1] >= weights[:, 0]).all()
    assert (weights[:, 0] >= weights[:, 2]).all()


def test_ordinal_weights_have_the_means_of_the_ordered_simplex() -> None:
    # Rank-order centroid of three criteria: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3.
    weights = ordinal_weights([0, 1, 2], n_draws=40_000, seed=3) / 4096

    assert weights.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.005)


def test_criteria_of_one_class_are_exchangeable() -> None:
    weights = ordinal_weights([0, 0, 1], n_draws=40_000, seed=4) / 4096

    assert weights[:, 0].mean() == pytest.approx(weights[:, 1].mean(), abs=0.005)


def test_importance_classes_of_a_policy_order_its_weights() -> None:
    first, *others = Criterion
    policy = replace(POLICY_2026_1, importance_classes=((first,), tuple(others)))

    weights = draws_of(policy, n_draws=200).weights

    assert (weights[:, :1] >= weights[:, 1:]).all()


def test_largest_remainders_get_the_last_parts() -> None:
    assert whole_shares(np.array([[1.0, 1.0, 1.0]])).tolist() == [[1366, 1365, 1365]]


def test_a_cells_draws_belong_to_its_option_and_criterion() -> None:
    draws = Draws(np.zeros((9, 12), np.uint16), seed=5)

    assert np.array_equal(draws.cell("a/1", Criterion.RIDE), draws.cell("a/1", Criterion.RIDE))
    assert not np.array_equal(draws.cell("a/1", Criterion.RIDE), draws.cell("a/1", Criterion.START))
    assert draws.n_draws == len(draws.cell("b/2", Criterion.RIDE)) == 9


def test_the_thirds_of_a_cell_are_a_bit_for_each_draw() -> None:
    draws = Draws(np.zeros((1000, 12), np.uint16), seed=5)

    lowest, highest = draws.thirds("a/1", Criterion.RIDE)

    row = draws.cell("a/1", Criterion.RIDE)
    assert np.bitwise_count(lowest).sum() == (row < THIRD).sum()
    assert np.bitwise_count(highest).sum() == (row >= 65536 - THIRD).sum()
    assert not (lowest & highest).any()


def test_bits_fill_their_last_word_with_no() -> None:
    assert packed(np.ones((2, 65), bool)).shape == (2, 2)
    assert np.bitwise_count(packed(np.ones(65, bool))).sum() == 65


def test_rows_of_the_pool_are_uniform() -> None:
    row = Draws(np.zeros((40_000, 1), np.uint16), seed=6).row(3)

    assert np.mean(row) == pytest.approx(32767.5, rel=0.01)
    assert np.std(row) == pytest.approx(65536 / 12**0.5, rel=0.01)


@pytest.mark.parametrize(
    ("point", "concentration", "field"),
    [([], 1, "point"), ([-1, 2], 1, "point"), ([0, 0], 1, "point"), ([1, 1], 0, "concentration")],
)
def test_a_point_that_is_no_weighting_is_refused(
    point: list[float], concentration: float, field: str
) -> None:
    with pytest.raises(MatchingError) as refused:
        dirichlet_weights(point, concentration, n_draws=1, seed=0)

    assert refused.value.field == field


def test_an_order_of_no_criteria_is_refused() -> None:
    with pytest.raises(MatchingError, match="places"):
        ordinal_weights([], n_draws=1, seed=0)
