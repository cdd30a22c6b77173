"""What is kept of a ranking comes back as it was."""

import json
import zlib
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from pydantic import TypeAdapter

from matching import POLICY_2026_1, Catalogue, Operator, ProgramProfile, rank_programs, with_example_transport
from matching.results import GateResult
from matching.vocabulary import Answer
from referral.formats.kept_rankings import (
    KeptResult,
    kept_result,
    kept_student,
    pack,
    pack_policy,
    pack_snapshot,
    unpack,
    unpack_policy,
    unpack_snapshot,
)
from referral.formats.pooled import pooled
from tests.strategies import PLAIN_STUDENT, lists_of_programs, need_profiles

TODAY = date(2026, 11, 22)


@settings(max_examples=30, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_a_packed_result_unpacks_to_an_equal_one(student, several):
    ranking = rank_programs(student, several, POLICY_2026_1, seed="S-1", today=TODAY)
    kept = kept_result(student, ranking, Catalogue.compile(several))

    assert unpack(pack(kept)) == _without_rooms_met(kept)


def _without_rooms_met(kept):
    """The result with the gates alone that a room does not meet: the others stand at the option."""
    options = [
        replace(option, rooms=tuple(replace(room, gates=_unmet(room)) for room in option.rooms))
        for option in kept.ranking.options
    ]
    return replace(kept, ranking=replace(kept.ranking, options=tuple(options)))


def _unmet(room):
    return tuple(gate for gate in room.gates if gate.answer is not Answer.YES)


def _as_it_was_kept_at_first(kept):
    """Every answer written out in each option, as before there were pools."""
    return zlib.compress(TypeAdapter(KeptResult).dump_json(kept))


def test_a_result_kept_before_there_were_pools_is_read_the_same():
    program = ProgramProfile(key="a", name="A", operator=Operator(key="o", name="O", state="MA"))
    ranking = rank_programs(PLAIN_STUDENT, [program], POLICY_2026_1, seed="S-1", today=TODAY)
    kept = kept_result(PLAIN_STUDENT, ranking, Catalogue.compile([program]))

    assert unpack(_as_it_was_kept_at_first(kept)) == kept
    assert kept_student(_as_it_was_kept_at_first(kept)) == kept_student(pack(kept)) == PLAIN_STUDENT


def test_what_options_share_is_written_once_and_what_only_looks_equal_is_not():
    said_true, said_one = (GateResult("lift", Answer.YES, facts={"offer": offer}) for offer in (True, 1))
    program = ProgramProfile(key="a", name="A", operator=Operator(key="o", name="O", state="MA"))
    ranking = rank_programs(PLAIN_STUDENT, [program], POLICY_2026_1, seed="S-1", today=TODAY)
    option = replace(ranking.options[0], gates=(said_true, said_one, replace(said_true)), rooms=())

    pools, (row, _) = pooled([option, option])

    assert pools["gates"] == [said_true, said_one]
    assert row["gates"] == [0, 1, 0]
    assert len(pools["criteria"]) <= len(option.criteria)


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
