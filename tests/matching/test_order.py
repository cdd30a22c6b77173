"""Blocks, tiers, cost bands, ties and why an option stands before the next, by hand."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from matching import Catalogue, Choice, Opening, Price, Seats, ServiceNeed, ServiceOffer
from matching.order import Keys, best_rooms, ordered, rank_keys_of
from matching.sorting import cost_bands
from matching.vocabulary import (
    Delivery,
    Feature,
    OrderReason,
    PeerTime,
    PriceItem,
    ProgramStatus,
    Service,
    Setting,
)
from tests.matching.examples import (
    POLICY,
    RIVER,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    levels,
    open_seats,
    option_of,
    rank,
)

DELTA = 81_920


def _order(ranking):
    return [option.program_key for option in ranking.options]


def _priced(key, usd, **facts):
    prices = () if usd is None else (Price(item=PriceItem.TUITION, usd_per_year=usd),)
    return a_program(key, prices=prices, **facts)


def test_blocks_come_in_the_order_of_the_method():
    """Need: sensory 3 and speech therapy; each program meets less of it than the one before."""
    student = a_student(levels=levels(sensory=3), services=(ServiceNeed(service=Service.SPEECH),))
    speech, fits = {Service.SPEECH: ServiceOffer()}, levels(sensory=3)
    programs = [
        a_program("out", services={Service.SPEECH: ServiceOffer(delivery=Delivery.NOT_OFFERED)}, levels=fits),
        a_program("short", services=speech, levels=levels(sensory=1)),
        a_program("confirm", levels=fits),
        a_program("open", services=speech, levels=levels(sensory=(1, 3))),
        a_program("sure", services=speech, levels=fits),
    ]
    ranking = rank(student, *programs)

    assert [(o.program_key, o.block, o.rank) for o in ranking.options] == [
        ("sure", 1, 1),
        ("open", 2, 2),
        ("confirm", 3, 3),
        ("short", 4, 4),
        ("out", 5, None),
    ]


@pytest.mark.parametrize(
    ("facts", "tier", "certain"),
    [
        ({"setting": Setting.IN_DISTRICT}, 0, True),
        ({"setting": Setting.SEPARATE_CLASS}, 1, True),
        ({"setting": Setting.COMMUNITY_TRANSITION}, 1, True),
        ({"setting": Setting.PUBLIC_DAY}, 2, True),
        ({"setting": Setting.PRIVATE_DAY}, 3, True),
        ({"setting": Setting.RESIDENTIAL}, 4, True),
        ({"setting": Setting.HOME_HOSPITAL}, 5, True),
        ({"setting": Setting.SEPARATE_CLASS, "approved": False}, 6, True),
        ({"setting": None}, 2, False),
        ({"setting": None, "operator": replace(RIVER, public=False)}, 6, False),
        ({"setting": Setting.SEPARATE_CLASS, "inferred": frozenset({"setting"})}, 1, False),
        ({"operator": replace(RIVER, state="MN")}, 6, False),
        ({"operator": replace(RIVER, state="MN"), "approved": True}, 2, True),
    ],
)
def test_the_tier_is_the_most_restrictive_possibility(facts, tier, certain):
    option = option_of(STUDENT, a_program(**facts))

    assert (option.tier, option.tier_is_certain) == (tier, certain)


def test_a_student_of_no_known_state_is_elsewhere_nowhere():
    student = a_student(state=None)

    assert option_of(student, a_program(operator=replace(RIVER, state="MN"))).tier == 2


def test_a_less_restrictive_program_comes_first_whatever_its_value():
    best = a_program("day", features={Feature.STEP_DOWN: True})
    plain = a_program("class", setting=Setting.SEPARATE_CLASS, features={Feature.STEP_DOWN: False})
    ranking = rank(STUDENT, best, plain)

    assert _order(ranking) == ["class", "day"]
    assert ranking.options[0].value < ranking.options[1].value
    assert ranking.options[0].order_reason is OrderReason.TIER


def _keys(values, costs, **columns):
    def column(name, default=0):
        return np.array(columns.get(name, [default] * len(values)), np.int64)

    return Keys(
        block=column("block", 1).astype(np.int8),
        tier=column("tier", 2).astype(np.int8),
        value=np.array(values, np.int64),
        cost_usd=np.array(costs, np.int64),
        start=column("start"),
        ride=column("ride"),
        unknown_cells=column("unknown_cells"),
    )


def _bands(values, **columns):
    keys = _keys(values, [-1] * len(values), **columns)
    return cost_bands(rank_keys_of(keys), DELTA).tolist()


def test_ties_of_one_value_stay_before_those_of_a_lower_one():
    catalogue = Catalogue.compile([a_program(key) for key in "abcd"])
    keys = _keys([900, 100, 900, 100], [-1] * 4, start=[4, 1, 3, 2])

    order, _ = ordered(keys, catalogue, POLICY, "s")

    assert order.tolist() == [2, 0, 1, 3]


def test_a_band_ends_where_the_value_is_delta_below_its_best():
    assert _bands([1_000_000, 1_000_000 - 81_919]) == [0, 0]
    assert _bands([1_000_000, 1_000_000 - 81_920]) == [0, 1]
    assert _bands([1_000_000, 950_000, 900_000, 870_000]) == [0, 0, 1, 1]


def test_a_band_never_crosses_a_block_or_a_tier():
    assert _bands([5, 5, 5], tier=[1, 2, 2]) == [0, 1, 1]
    assert _bands([5, 5, 5], block=[1, 1, 3]) == [0, 0, 1]
    assert _bands([]) == []


def _placed(values, costs, *, delta=20, **columns):
    programs = [a_program(f"p{number}") for number in range(len(values))]
    policy = POLICY.revised(version="t", choice=Choice("Bands.", "tests", TODAY), cost_delta=delta)
    catalogue = rank(STUDENT, *programs).options._evaluation.asked.catalogue
    return ordered(_keys(values, costs, **columns), catalogue, policy, "s")[0].tolist()


def test_costs_beyond_what_one_number_holds_are_sorted_all_the_same():
    huge = 1 << 61

    assert _placed([1_000_000, 990_000, 980_000], [huge + 2, huge, huge + 1]) == [1, 2, 0]
    assert _placed([1_000_000, 800_000, 790_000], [huge, huge + 1, 5]) == [0, 2, 1]


def test_inside_a_band_the_cheaper_comes_first():
    assert _placed([1_000_000, 990_000, 980_000], [60_000, 50_000, 55_000]) == [1, 2, 0]
    assert _placed([1_000_000, 900_000], [60_000, 50_000]) == [0, 1]


def test_an_unknown_cost_keeps_its_place_by_value():
    assert _placed([1_000_000, 990_000, 980_000], [60_000, -1, 50_000]) == [2, 1, 0]
    assert _placed([1_000_000, 990_000, 980_000], [-1, 60_000, 50_000]) == [0, 2, 1]
    assert _placed([1_000_000, 990_000], [-1, -1]) == [0, 1]


def test_a_delta_of_nothing_leaves_the_order_to_the_value():
    assert _placed([1_000_000, 999_999, 999_999], [3, 2, 1], delta=0, start=[0, 0, 1]) == [0, 1, 2]


@pytest.mark.parametrize("column", ["start", "ride", "unknown_cells"])
def test_equal_values_are_parted_by_start_then_ride_then_unknown_cells(column):
    assert _placed([7, 7], [-1, -1], **{column: [2, 1]}) == [1, 0]


def test_the_start_speaks_before_the_ride_and_the_ride_before_the_unknown():
    assert _placed([7, 7], [-1, -1], start=[1, 2], ride=[9, 1]) == [0, 1]
    assert _placed([7, 7], [-1, -1], ride=[1, 2], unknown_cells=[9, 1]) == [0, 1]


def test_the_seed_decides_between_equals_and_no_name_wins():
    programs = [a_program(key) for key in ("a", "b", "c", "d")]
    orders = {tuple(_order(rank(STUDENT, *programs, seed=f"S-{n}"))) for n in range(40)}

    assert len({order[0] for order in orders}) == 4
    assert _order(rank(STUDENT, *programs)) == _order(rank(STUDENT, *reversed(programs)))


def test_costs_are_compared_to_the_nearest_thousand():
    """$50,400 and $49,500 both round to $50,000, so the draw of the seed decides, as without prices."""
    near, other = _priced("a", 50_400), _priced("b", 49_500)
    drawn = _order(rank(STUDENT, _priced("a", None), _priced("b", None)))

    assert _order(rank(STUDENT, near, other)) == drawn
    assert _order(rank(STUDENT, near, _priced("b", 49_499))) == ["b", "a"]
    assert _order(rank(STUDENT, _priced("a", 50_500), other)) == ["b", "a"]


def _reasons(*programs, student=STUDENT):
    return [(o.program_key, str(o.order_reason)) for o in rank(student, *programs).options]


def test_the_last_option_and_a_new_block_are_named():
    closed = a_program("closed", status=ProgramStatus.CLOSED)

    assert _reasons(a_program("a"), closed) == [("a", "block"), ("closed", "last")]


def test_value_and_cost_are_named():
    back = {Feature.STEP_DOWN: True}
    without = {Feature.STEP_DOWN: False}

    assert _reasons(a_program("a", features=without), a_program("b", features=back))[0] == ("b", "value")
    assert _reasons(_priced("a", 60_000), _priced("b", 50_000))[0] == ("b", "cost")


def test_start_ride_and_open_questions_are_named():
    seats = (a_room(seats=open_seats()),)
    soon = Seats(licensed=1, enrolled=1, confirmed_on=TODAY, openings=(Opening(on=TODAY, seats=1),))
    near = a_student(ride_minutes={"a": 20, "b": 10})

    assert _reasons(a_program("a", rooms=(a_room(seats=soon),)), a_program("b", rooms=seats))[0] == (
        "b",
        "start",
    )
    assert _reasons(a_program("a"), a_program("b"), student=near)[0] == ("b", "ride")
    assert _reasons(a_program("a"), a_program("b"))[0][1] == "draw"


def test_fewer_open_questions_are_named():
    """Some peer time wanted: none and a way back give 400 + 400; most, and nothing said, 600 to 1000."""
    student = a_student(peer_time=PeerTime.SOME)
    known = a_program("known", peer_time=PeerTime.NONE, features={Feature.STEP_DOWN: True})
    silent = a_program("silent", peer_time=PeerTime.MOST)

    assert _reasons(silent, known, student=student)[0] == ("known", "known")


def test_a_level_not_quite_known_is_an_open_question_too():
    """No sensory need: level 1 offered is worth 900, and level 0 to 2 is worth 800 to 1000."""
    known = a_program("known", levels=levels(sensory=1))
    vague = a_program("vague", levels=levels(sensory=(0, 2)))

    assert _reasons(vague, known)[0] == ("known", "known")


def test_known_costs_sorted_around_an_unknown_one_are_named_as_what_they_are():
    """Values 1000 > 990 > 980 parts of the ride: the cheap last one takes the first place of known costs."""
    student = a_student(ride_minutes={"dear": 20, "unknown": 21, "cheap": 22})
    reasons = _reasons(
        _priced("dear", 60_000), _priced("unknown", None), _priced("cheap", 40_000), student=student
    )

    assert reasons == [("cheap", "cost_place"), ("unknown", "cost_place"), ("dear", "last")]


def test_a_tie_turned_round_by_cost_is_named_so_too():
    student = a_student(ride_minutes={"dear": 10, "unknown": 11, "cheap": 12})
    reasons = _reasons(
        _priced("dear", 60_000), _priced("unknown", None), _priced("cheap", 40_000), student=student
    )

    assert reasons == [("cheap", "cost_place"), ("unknown", "cost_place"), ("dear", "last")]


def test_seat_facts_too_old_to_count_win_no_tie():
    old = open_seats(confirmed_days_ago=91)
    hoped = Seats(
        licensed=8,
        enrolled=8,
        confirmed_on=TODAY,
        openings=(Opening(on=TODAY + timedelta(days=120), seats=1),),
    )
    ranking = rank(
        a_student(start_on=None),
        a_program("old", rooms=(a_room(seats=old),)),
        a_program("hoped", rooms=(a_room(seats=hoped),)),
    )

    assert _order(ranking) == ["hoped", "old"]
    assert ranking.options[0].value == ranking.options[1].value


def test_a_program_stands_at_the_place_of_its_best_room():
    evaluation = rank(
        STUDENT, a_program("a", rooms=(a_room("1"), a_room("2"))), a_program("b")
    ).options._evaluation

    assert best_rooms(np.array([1, 2, 0]), evaluation.asked.catalogue).tolist() == [1, 2]
