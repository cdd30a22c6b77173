"""Rank acceptability: published and geometric results first, then properties."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from threadpoolctl import threadpool_limits

from matching.confidence import (
    central_weights,
    confidence_factors,
    pairwise_indices,
    rank_acceptability,
)
from matching.draws import dirichlet_weights, ordinal_weights
from matching.exceptions import MatchingError

WEIGHTS = dirichlet_weights([1, 1], 2, n_draws=20_000, seed=1)


def whole_values(options: st.SearchStrategy[int], criteria: int = 3) -> st.SearchStrategy[np.ndarray]:
    return options.flatmap(
        lambda n: hnp.arrays(np.int64, (n, criteria), elements=st.integers(0, 1000)),
    )


def test_two_options_that_trade_a_for_b_lead_in_the_share_a_over_a_plus_b() -> None:
    shares = rank_acceptability([[600, 300], [300, 500]], WEIGHTS)

    assert shares[0, 0] == pytest.approx(0.6, abs=0.01)
    assert shares[1, 0] == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize(("gain", "loss"), [(100, 100), (300, 100), (50, 350)])
def test_the_published_share_holds_for_other_trades(gain: int, loss: int) -> None:
    shares = rank_acceptability([[500 + gain, 500], [500, 500 + loss]], WEIGHTS)

    assert shares[0, 0] == pytest.approx(gain / (gain + loss), abs=0.01)


def test_three_options_in_two_criteria_share_the_simplex_as_geometry_says() -> None:
    # Scores over w = weight of the first criterion: 900 w, 600 and 900 (1 - w).
    # The first leads for w > 2/3, the third for w < 1/3, the middle one between.
    shares = rank_acceptability([[900, 0], [600, 600], [0, 900]], WEIGHTS)

    assert shares[:, 0] == pytest.approx([1 / 3, 1 / 3, 1 / 3], abs=0.01)
    assert shares[1, 2] == 0


def test_a_tie_goes_to_the_option_listed_first() -> None:
    shares = rank_acceptability([[500, 500], [500, 500]], WEIGHTS)

    assert shares.tolist() == [[1, 0], [0, 1]]


def test_only_the_ranks_asked_for_are_counted() -> None:
    everything = rank_acceptability([[900, 0], [600, 600], [0, 900]], WEIGHTS)

    assert np.array_equal(
        rank_acceptability([[900, 0], [600, 600], [0, 900]], WEIGHTS, top=2), everything[:, :2]
    )


def test_no_options_give_no_shares() -> None:
    assert rank_acceptability(np.zeros((0, 2), int), WEIGHTS).shape == (0, 0)


def test_values_that_differ_by_draw_are_ranked_draw_by_draw() -> None:
    values = np.array([[[900, 0], [0, 900]], [[0, 900], [900, 0]]])

    shares = rank_acceptability(values, np.array([[4096, 0], [4096, 0]]))

    assert shares[:, 0].tolist() == [0.5, 0.5]


def test_central_weights_are_the_mean_of_the_weightings_under_which_an_option_leads() -> None:
    central = central_weights([[900, 0], [600, 600], [0, 900], [0, 0]], WEIGHTS) / 4096

    assert central[0, 0] == pytest.approx(5 / 6, abs=0.01)
    assert central[1, 0] == pytest.approx(1 / 2, abs=0.01)
    assert np.isnan(central[3]).all()


def test_under_certain_values_every_option_that_can_lead_leads_at_its_central_weights() -> None:
    factors = confidence_factors([[900, 0], [600, 600], [0, 900], [0, 0]], WEIGHTS)

    assert factors[:3].tolist() == [1, 1, 1]
    assert np.isnan(factors[3])


def test_pairwise_indices_of_two_options_are_their_first_ranks_where_none_tie() -> None:
    values = [[600, 301], [300, 500]]

    indices, shares = pairwise_indices(values, WEIGHTS), rank_acceptability(values, WEIGHTS)

    assert indices[0, 1] == shares[0, 0]
    assert indices[0, 1] + indices[1, 0] == 1


@given(whole_values(st.integers(1, 12)))
def test_shares_sum_to_one_by_rank_and_by_option(values: np.ndarray) -> None:
    weights = dirichlet_weights([1, 1, 1], 3, n_draws=200, seed=5)

    shares = rank_acceptability(values, weights)

    assert shares.sum(axis=0) == pytest.approx(1)
    assert shares.sum(axis=1) == pytest.approx(1)


@given(whole_values(st.integers(1, 40)), st.integers(1, 40))
def test_exact_float32_scores_give_the_same_counts_as_whole_numbers(values: np.ndarray, top: int) -> None:
    weights = ordinal_weights([0, 1, 1], n_draws=300, seed=7)
    scores = weights.astype(np.int64) @ values.T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    expected = [np.bincount(order[:, rank], minlength=len(values)) for rank in range(order.shape[1])]

    shares = rank_acceptability(values, weights, top=top)

    assert np.array_equal(np.rint(shares * len(weights)).astype(int), np.transpose(expected))


@pytest.mark.parametrize("threads", [1, 2])
def test_many_draws_give_the_counts_of_whole_numbers_with_any_number_of_threads(threads: int) -> None:
    """Large enough for the matrix product to be shared among threads."""
    values = np.random.default_rng(3).integers(0, 1001, (200, 12))
    weights = dirichlet_weights([1] * 12, 12, n_draws=3000, seed=11)
    order = np.argsort(-(weights.astype(np.int64) @ values.T), axis=1, kind="stable")
    expected = [np.bincount(order[:, rank], minlength=len(values)) for rank in range(10)]

    with threadpool_limits(threads):
        shares = rank_acceptability(values, weights, top=10)

    assert np.array_equal(shares, np.transpose(expected) / len(weights))


@given(whole_values(st.integers(1, 8)))
def test_whole_and_broken_numbers_give_the_same_shares(values: np.ndarray) -> None:
    weights = dirichlet_weights([1, 2, 3], 6, n_draws=100, seed=9)

    assert np.array_equal(
        rank_acceptability(values, weights), rank_acceptability(values.astype(float), weights.astype(float))
    )


def test_a_small_case_agrees_with_enumeration_of_every_weighting() -> None:
    weights = np.array([w for w in itertools.product(range(9), repeat=3) if sum(w) == 8])
    values = np.array([[7, 1, 3], [2, 9, 1], [4, 4, 4]])
    leaders = [max(range(3), key=lambda i: (int(values[i] @ w), -i)) for w in weights]

    shares = rank_acceptability(values, weights)

    assert shares[:, 0].tolist() == [leaders.count(i) / len(weights) for i in range(3)]


@pytest.mark.parametrize(
    ("values", "weights", "field"),
    [
        ([[1, np.nan]], [[1, 1]], "values"),
        ([[1, 2]], [[1, np.inf]], "weights"),
        ([[1, 2]], [[1, -1]], "weights"),
        ([[1, 2]], [[1, 1, 1]], "weights"),
        ([[1, 2]], np.zeros((0, 2)), "weights"),
        ([1, 2], [[1, 1]], "values"),
        ([["a", "b"]], [[1, 1]], "values"),
        (np.zeros((3, 2, 2)), [[1, 1]], "values"),
    ],
)
def test_bad_input_names_the_field(values: object, weights: object, field: str) -> None:
    with pytest.raises(MatchingError) as refused:
        rank_acceptability(values, weights)

    assert refused.value.field == field


def test_counting_no_rank_is_refused() -> None:
    with pytest.raises(MatchingError, match="top"):
        rank_acceptability([[1, 2]], [[1, 1]], top=0)


def test_more_options_than_a_packed_key_can_name_are_sorted_instead() -> None:
    values = np.arange(2000, dtype=np.int64)[:, None] % 1001

    shares = rank_acceptability(values, np.array([[4096]]), top=2)

    assert shares[1000, 0] == 1
    assert shares[999, 1] == 1
