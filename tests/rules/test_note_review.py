"""What a person may decide on the words of a note, and when the note may leave."""

import pytest

from referral.rules.note_identity import KnownIdentity
from referral.rules.note_review import Decision, NoteHeld, Reviewing, review

KNOWN = KnownIdentity(names=("Marisol", "Peña"), numbers=("1028843571",))
TEXT = "Marisol zorbs at Fade Masters. She needs help."


def decided(attested=True, **decisions):
    choices = {words.replace("_", " "): Decision(said) for words, said in decisions.items()}
    return Reviewing(choices, attested=attested, known=KNOWN)


def held(text, reviewing, learned=()):
    with pytest.raises(NoteHeld) as caught:
        review(text, reviewing, learned)
    return caught.value


def test_a_note_waits_until_every_word_is_decided_on():
    error = held(TEXT, decided())

    assert [problem.code for problem in error.errors] == ["note_held"]
    assert {one.words: [choice.value for choice in one.choices] for one in error.outcome.questions} == {
        "Marisol": ["remove"],
        "zorbs": ["remove", "keep", "fine"],
        "Fade Masters": ["remove", "keep"],
    }


def test_what_is_taken_out_is_gone_and_what_is_learned_is_small():
    outcome = review(TEXT, decided(Marisol="remove", zorbs="fine", Fade_Masters="keep"), ())

    assert outcome.text == "[...] zorbs at Fade Masters. She needs help."
    assert (outcome.learned, outcome.removed, outcome.kept) == ({"zorbs"}, 1, 1)


def test_the_student_s_name_and_numbers_cannot_stay():
    error = held("Marisol, 1028843571, runs.", decided(**{"Marisol": "keep", "1028843571": "fine"}))

    assert [one.decided for one in error.outcome.questions] == [None, None]


def test_a_sentence_beyond_the_glossary_waits_for_a_person_to_attest():
    error = held("The pond behind the firehouse calms her.", decided(attested=False))

    assert [problem.code for problem in error.errors] == ["note_unattested"]
    assert review("The pond behind the firehouse calms her.", decided(), ()).may_leave
    assert review("She has seizures and needs help.", decided(attested=False), ()).may_leave


def test_a_word_learned_before_is_not_asked_about():
    assert review("She zorbs.", decided(), {"zorbs"}).questions == ()


def test_decisions_print_as_nothing():
    assert "Marisol" not in repr(decided())
