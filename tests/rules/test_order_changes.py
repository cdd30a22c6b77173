"""Who moves between two orders, and who stays."""

from dataclasses import replace

from matching.placing import Placed
from matching.vocabulary import Verdict
from referral.rules.order_changes import FirstPlace, Move, order_change


def placed(*keys, block=1, tier=2, out=()):
    """Programs in this order in one group, then those ruled out."""
    ranked = [Placed(key, place, Verdict.ELIGIBLE, block, tier, 0) for place, key in enumerate(keys, 1)]
    ruled_out = [
        Placed(key, place, Verdict.NOT_ELIGIBLE, 5, tier, 0) for place, key in enumerate(out, len(keys) + 1)
    ]
    return [*ranked, *ruled_out]


def test_an_equal_order_moves_nobody():
    change = order_change(placed("a", "b", "c"), placed("a", "b", "c"))

    assert (change.moves, change.kept, change.new_first) == ((), 3, False)
    assert change.firsts == (FirstPlace(1, 2, "a", "a"),)
    assert change.firsts[0].stays


def test_two_that_swap_move_and_the_third_keeps_its_place():
    change = order_change(placed("a", "b", "c"), placed("b", "a", "c"))

    assert change.moves == (Move("b", 2, 1, 2), Move("a", 1, 2, 2))
    assert [move.rise for move in change.moves] == [1, -1]
    assert (change.kept, change.new_first, change.firsts[0].stays) == (1, True, False)


def test_a_program_newly_ruled_out_and_one_let_in_are_told():
    change = order_change(placed("a", "b", out=("c",)), placed("a", "c", out=("b",)))

    assert change.moves == (Move("c", None, 2, 2), Move("b", 2, None, 2))
    assert change.moves[0].rise > 0 > change.moves[1].rise
    assert (change.verdicts_changed, change.blocks_changed, change.tiers_changed) == (2, 2, 0)
    assert change.verdicts_after[Verdict.ELIGIBLE] == 2
    assert change.kept == 1


def test_a_change_beyond_the_first_ten_is_no_top_move():
    keys = [f"p{number}" for number in range(13)]

    change = order_change(placed(*keys), placed(*keys[:11], "p12", "p11"))

    assert len(change.moves) == 2
    assert (change.top_moves, change.new_first) == ((), False)


def test_a_move_into_another_group_gives_that_group_a_first_place():
    before = placed("a", "b")

    change = order_change(before, [before[0], replace(before[1], block=2)])

    assert change.firsts == (FirstPlace(1, 2, "a", "a"), FirstPlace(2, 2, None, "b"))
    assert (change.blocks_changed, change.moves) == (1, ())
