"""Confidence among equally restrictive options: examples by hand, then properties."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from matching import POLICY_2026_1, Interval, draws_of, rank_programs
from matching.ranking_confidence import group_confidence, label
from matching.sampling import best_places, filled, sampled_scores
from matching.vocabulary import Certainty, Criterion, Setting
from tests.matching.confidence_groups import CRITERIA, FEW_DRAWS, a_group, groups, joined, weightings
from tests.matching.examples import TODAY, a_program, a_student
from tests.strategies import lists_of_programs, need_profiles

ROOT = Path(__file__).parent.parent.parent
NEAR, EARLY = {"ride": 600, "start": 300}, {"ride": 300, "start": 500}


def ranked(student, *programs, draws=FEW_DRAWS):
    ranking = rank_programs(student, programs, POLICY_2026_1, seed="s", today=TODAY, draws=draws)
    return {option.program_key: option.confidence for option in ranking.options}


def test_two_options_lead_under_the_weightings_that_favor_each() -> None:
    near, early = group_confidence(a_group(NEAR, EARLY), weightings(ride=7, start=3))

    assert (near.first_share, early.first_share) == (0.7, 0.3)
    assert (near.top_share, early.top_share) == (1.0, 1.0)
    assert (near.above_next, early.above_next) == (0.7, None)
    assert near.group_size == early.group_size == 2


def test_each_ones_rival_leads_when_what_it_is_better_at_weighs_more() -> None:
    near, early = group_confidence(a_group(NEAR, EARLY), weightings(ride=7, start=3))

    assert (near.rival_key, near.rival_when) == ("program-1", Criterion.START)
    assert (early.rival_key, early.rival_when) == ("program-0", Criterion.RIDE)


def test_central_weights_are_those_under_which_an_option_leads() -> None:
    near, early = group_confidence(a_group(NEAR, EARLY), weightings(ride=7, start=3))

    assert near.central_weights == dict.fromkeys(CRITERIA, 0.0) | {Criterion.RIDE: 1.0}
    assert early.central_weights == dict.fromkeys(CRITERIA, 0.0) | {Criterion.START: 1.0}
    assert near.confidence_factor == early.confidence_factor == 1.0


def test_an_option_that_never_leads_has_a_rival_and_no_central_weights() -> None:
    best, worst = group_confidence(a_group({"ride": 2}, {"ride": 1}), weightings(ride=4))

    assert (worst.first_share, worst.rival_key, worst.rival_when) == (0.0, "program-0", None)
    assert (worst.central_weights, worst.confidence_factor) == (None, None)
    assert (best.first_share, best.rival_key, best.rival_when) == (1.0, None, None)


def test_a_tie_goes_to_the_earlier_option() -> None:
    first, second = group_confidence(a_group(NEAR, NEAR), weightings(ride=3, start=3))

    assert (first.first_share, second.first_share) == (1.0, 0.0)
    assert first.above_next == 0.0
    assert first.confidence_factor == 1.0


def test_an_option_alone_among_its_equals_is_first_without_a_rival() -> None:
    (alone,) = group_confidence(a_group(NEAR), FEW_DRAWS)

    assert (alone.label, alone.group_size, alone.first_share, alone.top_share) == (Certainty.CLEAR, 1, 1, 1)
    assert (alone.above_next, alone.rival_key, alone.rival_when) == (None, None, None)


def test_only_the_first_three_ranks_count_towards_the_top() -> None:
    values = [{"ride": value} for value in (900, 800, 700, 600)]

    shares = [one.top_share for one in group_confidence(a_group(*values), weightings(ride=5))]

    assert shares == [1, 1, 1, 0]


def test_an_open_cell_leads_as_often_as_its_filling_is_higher() -> None:
    draws = weightings(ride=4000)
    group = a_group({"ride": (0, 1000)}, {"ride": 500})
    reached = filled(draws.cell("program-0/room", Criterion.RIDE), 1000) >= 500

    unknown, known = group_confidence(group, draws)

    assert unknown.first_share == reached.mean() == pytest.approx(0.5, abs=0.03)
    assert unknown.confidence_factor == reached[:1000].mean()
    assert known.confidence_factor == 1 - reached[:1000].mean()


def test_the_question_is_the_cell_that_settles_most_and_a_known_option_has_none() -> None:
    group = a_group({"ride": (0, 1000), "start": (0, 10)}, {"ride": 500})

    unknown, known = group_confidence(group, weightings(ride=4000, start=400))

    assert (unknown.question.program_key, unknown.question.criterion) == ("program-0", Criterion.RIDE)
    assert unknown.question.settles == pytest.approx(10 / 11, abs=0.03)
    assert known.question is None
    assert unknown.group_question == known.group_question == unknown.question


def test_where_all_is_known_there_is_nothing_to_ask() -> None:
    (one, other) = group_confidence(a_group(NEAR, EARLY), FEW_DRAWS)

    assert one.question is one.group_question is other.question is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1.0, Certainty.CLEAR),
        (0.8, Certainty.CLEAR),
        (0.7999, Certainty.LIKELY),
        (0.5, Certainty.LIKELY),
        (0.4999, Certainty.CLOSE),
        (0.0, Certainty.CLOSE),
    ],
)
def test_each_label_begins_exactly_at_its_share(share, expected) -> None:
    assert label(share) is expected


def test_the_labels_of_a_group_follow_its_shares() -> None:
    near, early = group_confidence(a_group(NEAR, EARLY), weightings(ride=8, start=2))
    even = group_confidence(a_group(NEAR, EARLY), weightings(ride=5, start=5))

    assert (near.label, early.label) == (Certainty.CLEAR, Certainty.CLOSE)
    assert [one.label for one in even] == [Certainty.LIKELY, Certainty.LIKELY]


def test_a_ruled_out_option_has_no_confidence_and_without_draws_nobody_has() -> None:
    student, closed = a_student(), a_program("old", ages=Interval(18, 21))

    with_draws = ranked(student, a_program(), closed)
    without = ranked(student, a_program(), closed, draws=None)

    assert with_draws["old"] is None
    assert with_draws["bridge"].label is Certainty.CLEAR
    assert set(without.values()) == {None}


def test_only_options_as_restrictive_are_compared() -> None:
    programs = [a_program("a"), a_program("b"), a_program("class", setting=Setting.SEPARATE_CLASS)]

    found = ranked(a_student(), *programs)

    assert {key: one.group_size for key, one in found.items()} == {"a": 2, "b": 2, "class": 1}


@pytest.mark.parametrize(("top", "expected"), [(1, [1, None, None]), (2, [1, 2, 2])])
def test_with_a_top_only_the_groups_of_the_first_options_have_one(top, expected) -> None:
    programs = [a_program("a"), a_program("b"), a_program("class", setting=Setting.SEPARATE_CLASS)]
    facts = {"seed": "s", "today": TODAY, "draws": FEW_DRAWS, "confidence_top": top}

    ranking = rank_programs(a_student(), programs, POLICY_2026_1, **facts)

    assert [one.confidence and one.confidence.group_size for one in ranking.options] == expected


def test_more_options_than_a_packed_key_can_name_are_sorted_instead() -> None:
    scores = (np.arange(1500)[:, None] % 1200).astype(np.float32)

    assert best_places(scores, 3).tolist() == [[1199, 1198, 1197]]


@given(groups())
def test_first_ranks_of_a_group_sum_to_one(group) -> None:
    found = group_confidence(group, FEW_DRAWS)

    assert sum(one.first_share for one in found) == pytest.approx(1)
    assert sum(one.top_share for one in found) == pytest.approx(min(3, len(found)))


@given(groups(), groups(2))
def test_another_option_leaves_an_options_own_draws_unchanged(group, other) -> None:
    alone = sampled_scores(group, FEW_DRAWS).scores
    together = sampled_scores(joined(group, other), FEW_DRAWS).scores

    assert np.array_equal(together[len(other.low) :], alone)


@given(groups())
def test_sampled_scores_lie_within_the_bounds_of_the_value(group) -> None:
    weights = FEW_DRAWS.weights.T.astype(np.int64)

    scores = sampled_scores(group, FEW_DRAWS).scores

    assert (scores >= group.low @ weights).all()
    assert (scores <= group.high @ weights).all()


def whole_number_scores(group, draws):
    """The scores in 64-bit whole numbers, cell by cell."""
    values = np.repeat(group.low.astype(np.int64)[:, :, None], draws.n_draws, axis=2)
    for option, column in group.open_cells:
        row = draws.cell(group.option_keys[option], CRITERIA[column]).astype(np.int64)
        values[option, column] += row * (group.high[option, column] - group.low[option, column] + 1) >> 16
    return np.einsum("ocd,dc->od", values, draws.weights.astype(np.int64))


@given(groups())
def test_float32_scores_and_places_equal_whole_numbers_bit_for_bit(group) -> None:
    scores = sampled_scores(group, FEW_DRAWS).scores
    exact = whole_number_scores(group, FEW_DRAWS)
    order = np.argsort(-exact, axis=0, kind="stable").T

    assert np.array_equal(scores.astype(np.int64), exact)
    for ranks in range(1, len(exact) + 1):
        assert np.array_equal(best_places(scores, ranks), order[:, :ranks])


@settings(max_examples=30, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_draws_change_nothing_but_the_confidence(student, programs) -> None:
    plain = rank_programs(student, programs, POLICY_2026_1, seed="s", today=TODAY)
    drawn = rank_programs(student, programs, POLICY_2026_1, seed="s", today=TODAY, draws=FEW_DRAWS)

    assert [replace(option, confidence=None) for option in drawn.options] == list(plain.options)


def large_group_digest() -> str:
    """What a group of 200 options, a tenth of its cells open, gives: scores and every confidence."""
    rng = np.random.default_rng(7)
    low = rng.integers(0, 1001, (200, len(CRITERIA))).astype(np.int32)
    is_open = rng.random(low.shape) < 0.1
    group = replace(a_group(*[{}] * 200), low=np.where(is_open, 0, low), high=np.where(is_open, 1000, low))
    draws = draws_of(POLICY_2026_1, n_draws=4000)
    digest = hashlib.sha256(sampled_scores(group, draws).scores.tobytes())
    digest.update(repr(group_confidence(group, draws)).encode())
    return digest.hexdigest()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_one_thread_and_two_give_the_same_bytes(threads) -> None:
    script = "from tests.matching import test_ranking_confidence as t; print(t.large_group_digest())"
    environment = os.environ | {"OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(ROOT)}

    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == large_group_digest()
