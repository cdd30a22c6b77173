"""The chain of the audit log as arithmetic: what is walked, and where it breaks."""

from hypothesis import given
from hypothesis import strategies as st

from referral.rules.audit_chain import (
    BEGINNING,
    Break,
    ChainFault,
    Head,
    beside_head,
    hash_after,
    seal_of,
    walk,
)

KEY = b"k" * 32


def chain(*events):
    places, before = [], BEGINNING
    for position, event in enumerate(events, 1):
        seal = seal_of(KEY, event)
        before = hash_after(KEY, before, position, seal)
        places.append((position, position, seal, before, event))
    return places


def test_the_seal_is_an_hmac_of_a_known_vector():
    # RFC 4231, test case 2
    assert seal_of(b"Jefe", "what do ya want for nothing?").startswith("5bdcc146bf60754e6a042426089575c7")


def test_an_empty_chain_is_whole_and_has_the_head_of_nothing():
    assert walk(KEY, []).head == Head(0, BEGINNING)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8), st.data())
def test_a_chain_is_whole_until_any_one_part_of_a_place_is_another(events, data):
    places = chain(*events)
    at = data.draw(st.integers(0, len(places) - 1))
    part = data.draw(st.sampled_from([0, 2, 3, 4]))
    changed = list(places[at])
    changed[part] = changed[part] + 1 if part == 0 else changed[part] + "0"

    assert walk(KEY, places).broken is None
    assert walk(KEY, [*places[:at], tuple(changed), *places[at + 1 :]]).broken.position == at + 1


def test_another_key_finds_every_line_forged():
    assert walk(b"j" * 32, chain("a")).broken == Break(1, 1, ChainFault.EVENT_CHANGED)


def test_from_the_middle_the_place_before_is_believed():
    places = chain("a", "b", "c")

    walked = walk(KEY, places[1:], after=Head(1, places[0][3]))
    assert (walked.rows, walked.broken) == (2, None)


def test_a_head_that_was_kept_shows_a_tail_cut_off_and_a_chain_made_anew():
    places = chain("a", "b", "c")
    kept = Head(3, places[2][3])

    assert beside_head(walk(KEY, places, keep=3), kept).broken is None
    assert beside_head(walk(KEY, places[:2], keep=3), kept).broken == Break(3, None, ChainFault.CUT_OFF)
    assert beside_head(walk(KEY, chain("a", "b", "d"), keep=3), kept).broken == Break(
        3, None, ChainFault.ANOTHER_CHAIN
    )


def test_a_break_before_the_kept_head_is_told_first():
    places = chain("a", "b", "c")
    walked = walk(KEY, [places[1], places[2]], keep=3)

    assert beside_head(walked, Head(3, places[2][3])).broken == Break(1, None, ChainFault.PLACE_MISSING)
