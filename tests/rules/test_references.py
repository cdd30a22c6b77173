"""Public references."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import RecordNotFound
from referral.rules.references import ALPHABET, ReferenceKind, make_reference, read_reference

bodies = st.text(ALPHABET, min_size=10, max_size=10)


def a_reference(body, kind=ReferenceKind.STUDENT):
    characters = iter(body)
    return make_reference(kind, lambda _alphabet: next(characters))


def test_a_reference_is_a_letter_ten_characters_and_a_check_character():
    reference = make_reference(ReferenceKind.RANKING)

    assert reference[:2] == "R-"
    assert len(reference) == 13
    assert set(reference[2:]) <= set(ALPHABET)


def test_references_differ():
    assert len({make_reference(ReferenceKind.STUDENT) for _ in range(1000)}) == 1000


@given(bodies)
def test_what_is_made_is_read(body):
    reference = a_reference(body)

    assert read_reference(reference, ReferenceKind.STUDENT) == reference


@given(bodies)
def test_a_person_may_type_small_letters_spaces_and_lookalikes(body):
    reference = a_reference(body)
    typed = f" {reference.lower().replace('0', 'o').replace('1', 'l')} "

    assert read_reference(typed, ReferenceKind.STUDENT) == reference


@given(bodies, st.integers(0, 10), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body, place, wrong):
    code = a_reference(body)[2:]
    changed = code[:place] + wrong + code[place + 1 :]

    if changed != code:
        with pytest.raises(RecordNotFound):
            read_reference(f"S-{changed}", ReferenceKind.STUDENT)


def test_nearly_every_swap_of_neighbors_is_noticed():
    rng, noticed, swaps = random.Random(1), 0, 2000  # noqa: S311 - an example, not a secret
    for _ in range(swaps):
        code = make_reference(ReferenceKind.STUDENT, rng.choice)[2:]
        place = rng.randrange(10)
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        try:
            read_reference(f"S-{swapped}", ReferenceKind.STUDENT)
        except RecordNotFound:
            noticed += 1
        else:
            noticed += swapped == code

    assert noticed / swaps > 0.99


@pytest.mark.parametrize(
    "text", ["", "S-", "S", "1", "S-123", "R-00000000000", "S-0000000000U", "S-" + "0" * 200, "ß-0"]
)
def test_anything_else_is_not_found(text):
    with pytest.raises(RecordNotFound):
        read_reference(text, ReferenceKind.STUDENT)
