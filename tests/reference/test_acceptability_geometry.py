"""Acceptability, central weights and pairwise indices against exact areas of the space of weights."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.confidence import central_weights, pairwise_indices, rank_acceptability
from matching.draws import dirichlet_weights
from tests.reference import simplex

N_DRAWS = 40_000
# Five standard errors of a share of one half, and the rounding of weights to 4096 parts.
NEAR = 5 * 0.5 / N_DRAWS**0.5 + 1 / 4096
WEIGHTS = dirichlet_weights([1, 1, 1], 3, n_draws=N_DRAWS, seed=5)
EXAMPLE = [[900, 100, 200], [300, 800, 400], [500, 500, 500], [100, 200, 900]]

options_of_three = st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=2, max_size=4, unique=True)


def test_two_options_share_the_triangle_where_the_line_cuts_it() -> None:
    """By hand: 600 against 300 and 300 against 500 on two of three criteria cut it at 300 : 200."""
    assert simplex.win_share([600, 300, 0], [300, 500, 0]) == Fraction(3, 5)
    assert simplex.win_share([300, 500, 0], [600, 300, 0]) == Fraction(2, 5)
    assert sum(map(sum, simplex.rank_shares(EXAMPLE))) == len(EXAMPLE)


@pytest.mark.parametrize("criteria", [2, 3, 12])
def test_a_trade_of_a_for_b_leads_in_the_share_a_over_a_plus_b_whatever_the_other_criteria(
    criteria: int,
) -> None:
    weights = dirichlet_weights([1] * criteria, criteria, n_draws=N_DRAWS, seed=7)
    alike = [400] * (criteria - 2)

    shares = rank_acceptability([[600, 300, *alike], [300, 500, *alike]], weights)

    assert shares[0, 0] == pytest.approx(300 / (300 + 200), abs=NEAR)


@given(options_of_three)
def test_ranks_are_taken_in_the_share_of_the_area(options: list[tuple[int, int, int]]) -> None:
    exact = np.array(simplex.rank_shares(options), float)

    shares = rank_acceptability(np.array(options), WEIGHTS)

    assert shares == pytest.approx(exact, abs=NEAR)


@given(options_of_three)
def test_one_option_is_above_another_in_the_share_of_the_area(options: list[tuple[int, int, int]]) -> None:
    exact = [[float(simplex.win_share(one, other)) for other in options] for one in options]

    indices = pairwise_indices(np.array(options), WEIGHTS)

    for one in range(len(options)):
        for other in range(len(options)):
            if one != other:
                assert indices[one, other] == pytest.approx(exact[one][other], abs=NEAR)


def test_central_weights_are_the_middle_of_the_region_of_each_option() -> None:
    central = central_weights(EXAMPLE, WEIGHTS) / 4096

    for option, found in enumerate(central):
        middle = simplex.central_weights(EXAMPLE, option)
        assert middle is not None
        assert found == pytest.approx(np.array(middle, float), abs=0.01)


def test_an_option_between_two_others_everywhere_has_no_central_weights() -> None:
    dominated = [*EXAMPLE, [100, 100, 100]]

    assert simplex.central_weights(dominated, 4) is None
    assert np.isnan(central_weights(dominated, WEIGHTS)[4]).all()
