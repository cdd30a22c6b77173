"""What holds for every student and every list of programs: the properties of the method, P1 to P11."""

from dataclasses import replace
from itertools import zip_longest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching import POLICY_2026_1, Choice, Interval, rank_programs
from matching.catalogue import Catalogue
from matching.criteria import SCALES
from matching.order import ordered
from matching.scoring import evaluate
from matching.vocabulary import Adequacy, Answer, Criterion, Delivery, Dimension, ProgramStatus, Verdict
from tests.matching.examples import POLICY, TODAY, rank
from tests.strategies import BLANK_STUDENT, lists_of_programs, need_profiles, prices

NO_BANDS = POLICY_2026_1.revised(
    version="test-no-bands", choice=Choice("The order before cost bands.", "tests", TODAY), cost_delta=0
)


def _keys(ranking):
    return [option.program_key for option in ranking.options]


@given(need_profiles(), lists_of_programs())
def test_every_program_is_listed_exactly_once(student, programs):
    assert sorted(_keys(rank(student, *programs))) == sorted(program.key for program in programs)


@given(need_profiles(), lists_of_programs())
def test_no_option_that_fails_a_gate_has_a_rank(student, programs):
    ranking = rank(student, *programs)

    assert [option for option in ranking.ranked if option.failed] == []
    assert [option for option in ranking.ruled_out if not option.failed] == []
    assert [option.rank for option in ranking.ranked] == list(range(1, len(ranking.ranked) + 1))


@given(need_profiles(), lists_of_programs(least=1), st.data())
def test_changing_any_cost_moves_nothing_across_gates_tiers_or_bands(student, programs, data):
    changed = [replace(program, prices=data.draw(prices())) for program in programs]
    before, after = (
        evaluate(student, Catalogue.compile(listed), POLICY, seed="s", today=TODAY)
        for listed in (programs, changed)
    )

    for name in ("block", "tier", "value"):
        assert getattr(before.keys, name).tolist() == getattr(after.keys, name).tolist()
    assert before.verdict.tolist() == after.verdict.tolist()
    assert before.adequacy.tolist() == after.adequacy.tolist()
    assert before.bands.tolist() == after.bands.tolist()


@given(need_profiles(), lists_of_programs(least=1), st.data())
def test_raising_a_value_never_lowers_an_option(student, programs, data):
    evaluation = evaluate(student, Catalogue.compile(programs), POLICY, seed="s", today=TODAY)
    row = data.draw(st.integers(0, len(evaluation.asked.catalogue) - 1))
    raised = evaluation.keys.value.copy()
    raised[row] += data.draw(st.integers(1, 200_000))
    keys = replace(evaluation.keys, value=raised)

    before, after = (
        ordered(each, evaluation.asked.catalogue, POLICY, "s")[0].tolist().index(row)
        for each in (evaluation.keys, keys)
    )
    assert after <= before


@given(need_profiles(), lists_of_programs(least=1), st.data())
def test_a_program_that_adds_a_service_asked_for_is_never_lowered(student, programs, data):
    place = data.draw(st.integers(0, len(programs) - 1))
    offers = {
        service: replace(offer, delivery=Delivery.DIRECT, minutes_per_week_max=None)
        for service, offer in programs[place].services.items()
    }
    better = [*programs]
    better[place] = replace(programs[place], services=offers)

    key = programs[place].key
    assert _keys(rank(student, *better)).index(key) <= _keys(rank(student, *programs)).index(key)


@given(need_profiles(), lists_of_programs(least=1), st.data())
def test_removing_or_adding_a_program_never_reorders_the_others(student, programs, data):
    left_out = data.draw(st.sampled_from(programs))
    rest = [program for program in programs if program is not left_out]

    with_all, without = (rank(student, *listed, policy=NO_BANDS) for listed in (programs, rest))
    assert [key for key in _keys(with_all) if key != left_out.key] == _keys(without)


@given(need_profiles(), lists_of_programs(), st.randoms(use_true_random=False))
def test_the_order_in_which_programs_are_given_does_not_matter(student, programs, random):
    shuffled = [*programs]
    random.shuffle(shuffled)

    assert list(rank(student, *shuffled).options) == list(rank(student, *programs).options)


@given(need_profiles(), lists_of_programs())
def test_contributions_add_up_exactly_to_the_difference_from_the_next_option(student, programs):
    options = [*rank(student, *programs).options]

    for option, below in zip_longest(options, options[1:]):
        assert sum(option.contributions.values()) == option.value - (below.value if below else 0)
        assert sum(value.points for value in option.criteria) == option.value


@given(need_profiles(), lists_of_programs(least=2))
def test_the_least_rise_named_moves_an_option_above_the_one_before_and_one_point_less_does_not(
    student, programs
):
    ranking = rank(student, *programs)

    for option in ranking.options:
        for rise in option.improvements:
            above, weight = ranking.option(rise.above_key), POLICY.weights[rise.criterion]
            assert (above.block, above.tier) == (option.block, option.tier)
            assert (
                option.value + (rise.points - 1) * weight <= above.value < option.value + rise.points * weight
            )


@given(need_profiles(), lists_of_programs(least=1), st.data())
def test_filling_a_seat_changes_only_the_seats_and_the_start(student, programs, data):
    open_rooms = [
        (program, room) for program in programs for room in program.rooms if room.seats and room.seats.open
    ]
    if not open_rooms:
        return
    program, room = data.draw(st.sampled_from(open_rooms))
    taken = replace(room, seats=replace(room.seats, enrolled=room.seats.enrolled + 1))
    rooms = tuple(taken if one is room else one for one in program.rooms)
    filled = [replace(one, rooms=rooms) if one is program else one for one in programs]

    before, after = (
        evaluate(student, Catalogue.compile(each), POLICY, seed="s", today=TODAY)
        for each in (programs, filled)
    )
    others = [row for row, criterion in enumerate(Criterion) if criterion is not Criterion.START]
    assert (before.low[others] == after.low[others]).all()
    assert (before.high[others] == after.high[others]).all()
    for name in ("block", "tier", "cost_usd", "ride"):
        assert getattr(before.keys, name).tolist() == getattr(after.keys, name).tolist()
    assert [gate.answers.tolist() for gate in before.gates] == [gate.answers.tolist() for gate in after.gates]


@given(lists_of_programs())
def test_a_profile_of_unknowns_rules_out_no_operating_program(programs):
    for option in rank(BLANK_STUDENT, *programs).ruled_out:
        assert [gate.code for gate in option.failed] == ["operating"]


@given(need_profiles(), lists_of_programs())
def test_no_program_with_a_certain_critical_gap_is_adequate(student, programs):
    for option in rank(student, *programs).options:
        if any(gap.certain for gap in option.critical_gaps):
            assert option.adequacy is Adequacy.NOT_ADEQUATE
        if option.critical_gaps:
            assert option.adequacy is not Adequacy.ADEQUATE


@given(need_profiles(), lists_of_programs(least=1, most=1), st.sampled_from(Dimension))
def test_nothing_outweighs_a_gap_of_two_levels(student, programs, dimension):
    needing = replace(student, levels={**student.levels, dimension: Interval(3, 3)})
    short = replace(programs[0], levels={**programs[0].levels, dimension: Interval(0, 1)})

    for option in rank(needing, short).options:
        assert option.adequacy is Adequacy.NOT_ADEQUATE


@given(need_profiles(), lists_of_programs())
def test_a_closed_program_is_never_ranked(student, programs):
    closed = [replace(program, status=ProgramStatus.CLOSED) for program in programs]

    assert rank(student, *closed).ranked == []


@given(need_profiles(), lists_of_programs())
def test_verdicts_are_counted_and_values_lie_within_their_bounds(student, programs):
    ranking = rank(student, *programs)

    assert sum(ranking.verdicts.values()) == len(programs)
    for option in ranking.options:
        answers = {gate.answer for gate in option.gates}
        assert (option.verdict is Verdict.ELIGIBLE) == (answers <= {Answer.YES})
        assert 0 <= option.value_low <= option.value <= option.value_high <= 4_096_000


@given(need_profiles(), lists_of_programs(least=1))
def test_every_value_is_a_small_whole_number_within_a_range_that_rises(student, programs):
    asked = evaluate(student, Catalogue.compile(programs), POLICY, seed="s", today=TODAY).asked

    for scale in SCALES:
        low, high = scale.values(asked)
        assert (low.dtype, high.dtype) == (np.int32, np.int32)
        assert ((low >= 0) & (low <= high) & (high <= 1000)).all()


@given(need_profiles(), lists_of_programs(least=1))
def test_a_compiled_catalogue_gives_the_same_ranking_again_and_again(student, programs):
    catalogue = Catalogue.compile(programs)
    first, second = (rank_programs(student, catalogue, POLICY, seed="s", today=TODAY) for _again in range(2))

    assert list(first.options) == list(second.options) == list(rank(student, *programs).options)
