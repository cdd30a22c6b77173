"""A policy file changes numbers of a published policy, each with a reason."""

from datetime import date

import pytest

from matching import POLICY_2026_1
from matching.vocabulary import Criterion
from referral.formats.policies_yaml import read_policy
from referral.formats.problems import BadFile

FILE = """\
based_on: "2026.1"
version: trial-1
author: The director
date: 2026-12-01
reason: A trial of one term.
changes:
  cost_delta: {value: 10, reason: Cost should count even less.}
  weights: {value: {services: 720, ride: 407}, reason: Rides matter here.}
"""


def problems_of(text):
    with pytest.raises(BadFile) as bad:
        read_policy(text.encode(), "policy.yaml")
    return [str(problem) for problem in bad.value.problems]


def test_a_change_keeps_the_rest_and_its_reason():
    policy = read_policy(FILE.encode(), "policy.yaml")

    assert (policy.version, policy.adopted_on, policy.cost_delta) == ("trial-1", date(2026, 12, 1), 10)
    assert policy.weights == POLICY_2026_1.weights | {Criterion.SERVICES: 720, Criterion.RIDE: 407}
    assert policy.choices["weights"].reason == "Rides matter here."
    assert policy.choices["ride_full_minutes"] == POLICY_2026_1.choices["ride_full_minutes"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("value: 10", "value: ten", "policy.yaml:7: changes.cost_delta: "),
        ("cost_delta", "cost_deltas", "is not a number of a policy"),
        ("ride: 407", "ride: 400", "changes.weights: must sum to 4096, not 4089"),
        ("2026.1", "1999.1", "policy.yaml:1: based_on: is not a policy known here; known is 2026.1"),
        ("reason: Rides matter here.", "why: Rides", "changes.weights.why: is not a field here"),
        ("version: trial-1\n", "", "version: is missing"),
        ("date: 2026-12-01", "date: soon", "date: must be a date"),
        ("{services: 720, ride: 407}", "{servces: 720, ride: 407}", "policy.yaml:8: changes.weights: "),
    ],
)
def test_a_mistake_is_named_with_its_line_and_field(before, after, said):
    assert before in FILE

    assert said in "\n".join(problems_of(FILE.replace(before, after)))


def test_a_file_can_record_a_states_limits_with_their_source():
    limit = "{state: MA, code: 'group_size:1:1', limit: 9, valid_from: 2026-01-01, source: A rule}"
    changes = f"  state_limits: {{value: [{limit}], reason: Read in the rule itself.}}\n"

    policy = read_policy((FILE + changes).encode(), "policy.yaml")

    (made,) = policy.state_limits
    assert (made.staff, made.limit, made.valid_from) == ((1, 1), 9, date(2026, 1, 1))
    wrong = problems_of(FILE + changes.replace("group_size:1:1", "group_size"))
    assert "changes.state_limits" in "\n".join(wrong)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "a: 1\n---\nb: 2\n"])
def test_a_file_that_is_not_one_group_is_refused(text):
    assert "must be one group" in problems_of(text)[0]
