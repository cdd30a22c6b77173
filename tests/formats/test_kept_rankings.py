"""What is kept of a ranking comes back as it was."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings

from matching import POLICY_2026_1, Operator, ProgramProfile, rank_programs, with_example_transport
from referral.formats.kept_rankings import (
    kept_result,
    pack,
    pack_policy,
    pack_snapshot,
    unpack,
    unpack_policy,
    unpack_snapshot,
)
from tests.strategies import PLAIN_STUDENT, lists_of_programs, need_profiles

TODAY = date(2026, 11, 22)


@settings(max_examples=30, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_a_packed_result_unpacks_to_an_equal_one(student, several):
    ranking = rank_programs(student, several, POLICY_2026_1, seed="S-1", today=TODAY)
    kept = kept_result(student, ranking, several)

    assert unpack(pack(kept)) == kept


def test_what_was_kept_before_groups_were_looked_at_is_read_and_computed_as_then():
    policy = json.loads(pack_policy(POLICY_2026_1))
    del policy["state_limits"], policy["choices"]["state_limits"]
    earlier = unpack_policy(json.dumps(policy))
    program = ProgramProfile(key="a", name="A", operator=Operator(key="o", name="O", state="MA"))
    option = rank_programs(PLAIN_STUDENT, [program], earlier, seed="S-1", today=TODAY).options[0]

    assert earlier.state_limits == ()
    assert option.group is None
    assert "group_ages" not in [question.code for question in option.questions]


def test_a_policy_comes_back_whole_with_its_reasons():
    policy = replace(with_example_transport(POLICY_2026_1), ride_low_share=float(Fraction(7, 10)))

    assert unpack_policy(pack_policy(policy)) == policy


def test_a_snapshot_has_one_digest_whatever_the_order_of_its_keys():
    one, content = pack_snapshot({"programs": [], "agencies": [{"key": "a", "name": "Ä"}]})
    other, _ = pack_snapshot({"agencies": [{"name": "Ä", "key": "a"}], "programs": []})

    assert one == other
    assert unpack_snapshot(content) == {"programs": [], "agencies": [{"key": "a", "name": "Ä"}]}
