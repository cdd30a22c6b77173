"""A ranking in plain sentences: gates, questions, order, seats, rides, cost."""

from referral.wording.rankings.gates import change_sentence, gate_sentence
from referral.wording.rankings.questions import asked_sentences, question_sentence

REFUSALS = {
    "override_place": "Enter a place from 1 to {most}.",
    "override_reason": "Choose a reason.",
    "override_program": "Choose a program of this ranking that is not ruled out.",
    "override_note_long": "Shorten the note to {most} characters.",
    "override_again": "This program already has a place set by the director. Take that back first.",
    "note_missing": "Enter a note.",
    "note_long": "Shorten the note to {most} characters.",
    "compare_count": "Choose two to four programs to compare.",
}

__all__ = ["REFUSALS", "asked_sentences", "change_sentence", "gate_sentence", "question_sentence"]
