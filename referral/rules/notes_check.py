"""Checks a note before it leaves the district: what must be taken out, confirmed, or attested."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from referral.rules.note_forms import forms, telling
from referral.rules.note_identity import UNKNOWN, KnownIdentity, matches
from referral.rules.note_lists import word_lists
from referral.rules.note_spans import Kind, Span, merge
from referral.rules.note_titles import widened
from referral.rules.note_words import WORD, unknown_words

# Words of grammar and the most frequent ones: a sentence of these and clinical words tells no story.
TELLS_NOTHING = 1000
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*[.!?]*")


@dataclass(frozen=True)
class Checked:
    """What was found in a note, and the sentences a person must attest to."""

    text: str
    spans: tuple[Span, ...]
    stories: tuple[Span, ...]

    def words_of(self, span: Span) -> str:
        """What the note says there."""
        return self.text[span.start : span.end]


def check_text(text: str, known: KnownIdentity = UNKNOWN, learned: Collection[str] = ()) -> Checked:
    """Everything in a note that must not leave unseen; ``learned`` are words the district found fine."""
    found = [*matches(text, known), *forms(text), *telling(text), *unknown_words(text, learned)]
    wide = (widened(span, text) for span in merge(found, text))
    return Checked(text, merge(wide, text), _stories(text, learned))


def _stories(text: str, learned: Collection[str]) -> tuple[Span, ...]:
    """The sentences with a word that is neither clinical nor among the most frequent."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        if any(not _tells_nothing(word[0].lower(), learned) for word in WORD.finditer(sentence[0])):
            found.append(Span(sentence.start(), sentence.end(), Kind.TELLING))
    return tuple(found)


def _tells_nothing(word: str, learned: Collection[str]) -> bool:
    lists = word_lists()
    is_frequent = lists.places.get(word, TELLS_NOTHING) < TELLS_NOTHING
    return len(word) == 1 or is_frequent or word in lists.clinical or word in learned
