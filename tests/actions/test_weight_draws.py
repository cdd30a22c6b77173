"""The weights of a policy are drawn once, kept, and used from what was kept."""

import numpy as np
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from matching import POLICY_2026_1, Draws, draws_of
from referral.actions.once import add_once
from referral.actions.weight_draws import keep_draws
from referral.formats.kept_draws import pack_draws, policy_digest
from referral.formats.kept_rankings import pack_policy
from referral.models.base import db
from referral.models.weight_draws import WeightDraws
from referral.queries import rankings as queries
from referral.queries import weight_draws
from referral.queries.recomputing import computed_again
from tests.rankings import a_ranking, staff_of

pytestmark = pytest.mark.usefixtures("database")
DIGEST = policy_digest(pack_policy(POLICY_2026_1))


def kept_rows():
    return db.session.scalar(select(func.count()).select_from(WeightDraws))


def test_a_policy_is_drawn_once():
    digest, first = keep_draws(POLICY_2026_1)
    again, second = keep_draws(POLICY_2026_1)

    assert digest == again == DIGEST
    assert np.array_equal(first.weights, second.weights)
    assert kept_rows() == 1


def test_nothing_is_kept_of_a_policy_nobody_ranked_with():
    assert weight_draws.kept("0" * 64) is None


def test_what_was_kept_counts_even_where_it_would_be_drawn_otherwise_today():
    older = Draws(draws_of(POLICY_2026_1).weights[::-1].copy(), seed=7)
    older_policy = POLICY_2026_1.revised(
        version="older", choice=POLICY_2026_1.choices["cost_delta"], cost_delta=POLICY_2026_1.cost_delta
    )
    digest = policy_digest(pack_policy(older_policy))
    add_once(WeightDraws, digest=digest, policy_version="older", seed="7", content=pack_draws(older))

    _, draws = keep_draws(older_policy)

    assert np.array_equal(draws.weights, older.weights)
    assert draws.seed == 7


def test_draws_taken_back_with_their_transaction_are_kept_again():
    keep_draws(POLICY_2026_1)
    db.session.rollback()

    keep_draws(POLICY_2026_1)

    assert kept_rows() == 1


def test_kept_draws_never_change():
    keep_draws(POLICY_2026_1)

    with pytest.raises(DBAPIError, match="never change"):
        db.session.execute(update(WeightDraws).values(seed="1"))


def test_a_kept_ranking_names_its_draws_and_is_computed_again_with_them():
    actor = staff_of()[0]

    row = a_ranking(actor)

    kept = queries.result_of(row)
    assert row.draws_digest is not None
    assert any(option.confidence for option in kept.ranking.ranked)
    assert computed_again(actor, row) == kept
