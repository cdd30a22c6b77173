"""Versions of a policy: states, approval, first days, and weights out of words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import POLICY_2026_1
from matching.policy_checks import MEASURES, RANGES
from matching.vocabulary import Criterion
from referral.errors import InvalidInput, NotPermitted, StaleUpdate
from referral.rules import policies
from referral.rules.policies import Decision, Emphasis, PolicyState

TODAY = date(2026, 11, 22)
WEIGHTS = POLICY_2026_1.weights
APPROVED, WITHDRAWN = Decision.APPROVED, Decision.WITHDRAWN


def test_every_number_stands_in_exactly_one_group():
    grouped = [name for group in policies.number_groups().values() for name in group]

    assert sorted(grouped) == sorted([*RANGES, *MEASURES])


@given(st.dictionaries(st.sampled_from(list(Criterion)), st.sampled_from(list(Emphasis))))
def test_weights_out_of_words_always_add_up(emphases):
    weights = policies.emphasized(WEIGHTS, emphases)

    assert sum(weights.values()) == 4096
    assert set(weights) == set(Criterion)


def test_words_that_change_nothing_give_the_weights_of_the_policy():
    assert policies.emphasized(WEIGHTS, dict.fromkeys(Criterion, Emphasis.AS_NOW)) == WEIGHTS
    assert policies.emphasized(WEIGHTS, dict.fromkeys(Criterion, Emphasis.MORE)) == WEIGHTS


def test_a_criterion_that_matters_more_gains_and_the_others_lose():
    weights = policies.emphasized(WEIGHTS, {Criterion.RIDE: Emphasis.MORE})

    # 307 doubled is 614 of 4403; 614 x 4096 / 4403 = 571.2.
    assert weights[Criterion.RIDE] == 571
    assert all(weights[c] < WEIGHTS[c] for c in Criterion if c is not Criterion.RIDE)


def test_scaled_weights_keep_their_proportions_and_give_the_rest_to_the_largest_remainders():
    weights = policies.scaled(dict.fromkeys(Criterion, 1))

    # 4096 / 12 = 341 and a third: four of the twelve get one more.
    assert sorted(weights.values()) == [341] * 8 + [342] * 4


def test_weights_of_nothing_are_refused():
    with pytest.raises(InvalidInput):
        policies.scaled(dict.fromkeys(Criterion, 0))


@pytest.mark.parametrize(
    ("text", "step"), [("more", Emphasis.MORE), ("", Emphasis.AS_NOW), (None, Emphasis.AS_NOW)]
)
def test_a_step_that_makes_no_sense_changes_nothing(text, step):
    assert policies.read_emphasis(text) is step


@pytest.mark.parametrize(
    ("decision", "first_day", "current_from", "state"),
    [
        (None, None, TODAY, PolicyState.PROPOSED),
        (WITHDRAWN, None, TODAY, PolicyState.WITHDRAWN),
        (APPROVED, TODAY, TODAY, PolicyState.APPROVED),
        (APPROVED, TODAY + timedelta(1), TODAY, PolicyState.APPROVED),
        (APPROVED, TODAY - timedelta(1), TODAY, PolicyState.SUPERSEDED),
        (APPROVED, TODAY + timedelta(1), None, PolicyState.APPROVED),
    ],
)
def test_the_state_of_a_version_follows_from_what_was_decided_and_when(
    decision, first_day, current_from, state
):
    assert policies.state_of(decision, first_day, current_from=current_from) is state


@pytest.mark.parametrize(
    ("wished", "base_from", "first_day"),
    [
        (TODAY - timedelta(9), None, TODAY),
        (TODAY + timedelta(9), None, TODAY + timedelta(9)),
        (TODAY, TODAY + timedelta(5), TODAY + timedelta(5)),
    ],
)
def test_a_version_is_in_force_neither_before_its_approval_nor_before_its_base(wished, base_from, first_day):
    assert policies.in_force_from(wished, TODAY, base_from) == first_day


def test_a_day_more_than_two_years_ahead_is_refused():
    assert policies.check_wished_day(TODAY + policies.FARTHEST, TODAY)
    with pytest.raises(InvalidInput):
        policies.check_wished_day(TODAY + policies.FARTHEST + timedelta(1), TODAY)


@pytest.mark.parametrize(
    ("text", "code"), [(" \x00 ", "policy_reason_missing"), ("x" * 501, "policy_reason_long")]
)
def test_a_reason_is_asked_for_and_kept_short(text, code):
    with pytest.raises(InvalidInput) as refused:
        policies.check_reason(text, "reason")

    assert [one.code for one in refused.value.errors] == [code]
    assert policies.check_reason(" Rides matter. ") == "Rides matter."


def test_what_was_decided_is_not_decided_again():
    policies.check_open(None)
    with pytest.raises(StaleUpdate):
        policies.check_open(WITHDRAWN)


def test_a_proposal_that_another_version_overtook_is_not_approved():
    policies.check_base_is_latest("2026.1", "2026.1")
    with pytest.raises(StaleUpdate):
        policies.check_base_is_latest("2026.1", "lexington-ma-1")


@pytest.mark.parametrize(("actor", "proposer", "directors"), [(1, 1, {1}), (2, 1, {1, 2}), (1, None, {1, 2})])
def test_a_second_director_approves_or_the_only_one(actor, proposer, directors):
    policies.check_may_approve(actor, proposer, directors)


def test_the_proposer_does_not_approve_where_there_is_another_director():
    with pytest.raises(NotPermitted):
        policies.check_may_approve(1, 1, {1, 2})


def test_a_version_is_called_after_its_district():
    assert policies.version_name("lexington-ma", 3) == "lexington-ma-3"
    assert len(policies.version_name("a" * 59 + "-" + "b" * 20, 12)) == 62
