"""A policy's numbers hold together, each with its reason; the first policy is the method's table."""

from dataclasses import fields, replace

import pytest

from matching import POLICY_2026_1, Choice, InvalidPolicy, Policy, Reimbursement, TransportRate
from matching.policy_checks import MEASURES, RANGES
from matching.vocabulary import Criterion, PeerTime, Setting
from tests.matching.examples import POLICY, TODAY

TESTS = Choice("To see what happens.", "tests", TODAY)


def _refused(**changes) -> str:
    with pytest.raises(InvalidPolicy) as refusal:
        POLICY.revised(version="test", choice=TESTS, **changes)
    return refusal.value.field


def test_the_first_policy_has_the_weights_of_the_method():
    assert POLICY_2026_1.weight_row() == (820, 410, 410, 410, 205, 410, 205, 410, 205, 307, 204, 100)
    assert sum(POLICY_2026_1.weight_row()) == 4096


def test_the_first_policy_has_the_thresholds_of_the_method():
    policy = POLICY_2026_1

    assert (policy.need_fit_threshold, policy.cost_delta, policy.cost_rounding_usd) == (600, 20, 1000)
    assert (policy.under_support_loss, policy.over_support_loss) == (250, 100)
    assert (policy.seats_current_days, policy.seats_ask_days, policy.seats_stale_days) == (14, 30, 90)
    assert (policy.ride_full_minutes, policy.ride_default_limit_minutes) == (20, 60)
    assert policy.unknown_public_setting is Setting.PUBLIC_DAY


def test_every_number_has_an_author_a_date_and_a_reason():
    for name in {field.name for field in fields(Policy)} - {
        "version",
        "author",
        "adopted_on",
        "reason",
        "choices",
    }:
        choice = POLICY_2026_1.choices[name]
        assert choice.reason
        assert choice.author
        assert choice.on


def test_a_number_without_a_reason_is_refused():
    with pytest.raises(InvalidPolicy, match="cost_delta") as refusal:
        replace(POLICY, choices={n: c for n, c in POLICY.choices.items() if n != "cost_delta"})
    assert refusal.value.field == "choices"


@pytest.mark.parametrize(
    "weights",
    [
        dict.fromkeys(Criterion, 300),
        {Criterion.SERVICES: 4096},
        dict(POLICY.weights) | {Criterion.SERVICES: -1, Criterion.RIDE: 307 + 821},
        dict(POLICY.weights) | {Criterion.SERVICES: 819.5, Criterion.RIDE: 307.5},
    ],
)
def test_weights_are_whole_of_each_criterion_and_sum_to_4096(weights):
    assert _refused(weights=weights) == "weights"


@pytest.mark.parametrize("name", sorted(RANGES))
def test_whole_numbers_stay_in_their_range(name):
    least, most = RANGES[name]

    for value in (least - 1, most + 1, float(least) + 0.5, None, "1"):
        assert _refused(**{name: value}) == name


@pytest.mark.parametrize("name", sorted(MEASURES))
@pytest.mark.parametrize("value", [-0.1, 1e9, float("nan"), float("inf"), None])
def test_measures_stay_in_their_range(name, value):
    assert _refused(**{name: value}) == name


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seats_ask_days": 14}, "seats_ask_days"),
        ({"seats_stale_days": 30}, "seats_ask_days"),
        ({"ride_full_minutes": 30}, "ride_full_minutes"),
        ({"peer_points": {PeerTime.NONE: 0}}, "peer_points"),
        ({"peer_points": dict(zip(PeerTime, (0, 500, 400, 600), strict=True))}, "peer_points"),
        ({"peer_points": dict(zip(PeerTime, (0, 1, 2, 3.5), strict=True))}, "peer_points"),
        ({"return_support_points": 401}, "return_support_points"),
        ({"preference_points": ()}, "preference_points"),
        ({"preference_points": (600, 800)}, "preference_points"),
        ({"preference_points": (1001,)}, "preference_points"),
        ({"reimbursements": (*POLICY.reimbursements, POLICY.reimbursements[0])}, "reimbursements"),
        ({"weight_concentration": 0.0}, "weight_concentration"),
        ({"importance_classes": ((Criterion.RIDE,),)}, "importance_classes"),
        ({"colour": 1}, "colour"),
        ({"author": "nobody"}, "author"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(changes, field):
    assert _refused(**changes) == field


@pytest.mark.parametrize(
    ("threshold", "rate", "transport", "field"),
    [(-1, 75, 0, "threshold_usd"), (1, 101, 0, "rate_percent"), (1, 75, -1, "transport_percent")],
)
def test_a_reimbursement_is_of_possible_amounts(threshold, rate, transport, field):
    with pytest.raises(InvalidPolicy) as refusal:
        Reimbursement("MA", 2014, threshold, rate, transport, "test")
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("base", "mile", "days", "field"),
    [(-1, 3, 180, "transport"), (60, 1.5, 180, "transport"), (60, 3, 367, "days")],
)
def test_a_price_of_rides_is_of_possible_amounts(base, mile, days, field):
    with pytest.raises(InvalidPolicy) as refusal:
        TransportRate(base_usd_per_day=base, usd_per_mile=mile, days=days, example=False)
    assert refusal.value.field == field


def test_a_revision_names_what_it_changed_and_leaves_the_old_policy_alone():
    revised = POLICY.revised(version="2026.2", choice=TESTS, cost_delta=10)

    assert (revised.version, revised.cost_delta, revised.author) == ("2026.2", 10, "tests")
    assert revised.choices["cost_delta"] is TESTS
    assert revised.choices["weights"] is POLICY.choices["weights"]
    assert (POLICY.version, POLICY.cost_delta) == ("2026.1", 20)


def test_a_states_rule_is_found_by_its_year():
    rule = POLICY.reimbursement("MA", 2014)

    assert rule is not None
    assert (rule.threshold_usd, rule.rate_percent) == (41_404, 75)
    assert POLICY.reimbursement("MA", 1999) is None
    assert POLICY.reimbursement("MN", 2014) is None
