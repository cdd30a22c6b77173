"""Deny by default: a word of a note passes only if it is common and no name, or clinical, or learned."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from referral.rules.note_lists import TWO_LETTERS, WordLists, word_lists
from referral.rules.note_spans import Kind, Span
from referral.rules.note_titles import TITLE, is_surely_titled, is_titled

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
FREQUENT_IN_CAPITALS = 1500
GOES_ON = 300
SHOUTED = 0.6
ORDINALS = frozenset({"st", "nd", "rd", "th"})
_ENDING = re.compile(r"(?:(?<!ca)(?<!wo)n['’]t|['’](?:s|t|re|ve|ll|d|m|em))\Z", re.IGNORECASE)
_START = re.compile(r"(?:\A|[.!?:;…]['\")\]”’]*\s+|\n\s*|[-–—*•>|/]\s*|[\"“(\[]\s*)\Z")
_AFTER_ABBREVIATION = re.compile(rf"(?:\b(?i:{TITLE}|st|mt)|\b[A-Z])\.\s+\Z")


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.lower().replace("’", "'")


def unknown_words(text: str, learned: Collection[str] = ()) -> Iterator[Span]:
    """Every word that does not pass."""
    lists, shouted = word_lists(), is_shouted(text)
    passed = {place for odd in lists.odd_terms.finditer(text) for place in range(*odd.span())}
    for found in WORD.finditer(text):
        if _passes_by_form(found, text, passed):
            continue
        token = _token(found)
        kind = _kind(token, text, lists, learned, shouted=shouted)
        if kind is not None:
            yield Span(token.start, token.end, kind)


def _passes_by_form(found: re.Match[str], text: str, passed: Collection[int]) -> bool:
    """Whether a word is inside a clinical term, or the ending of a number (1st, 3rd)."""
    is_inside = found.start() in passed and found.end() - 1 in passed
    return is_inside or (found[0].lower() in ORDINALS and text[: found.start()][-1:].isdigit())


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals, so that a capital says nothing."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > SHOUTED * len(letters)


def _token(found: re.Match[str]) -> _Token:
    plain = _ENDING.sub("", found[0])
    return _Token(plain, found.start(), found.start() + len(plain))


def _kind(
    token: _Token, text: str, lists: WordLists, learned: Collection[str], *, shouted: bool
) -> Kind | None:
    """Why a word does not pass; None where it does."""
    before = text[max(0, token.start - 16) : token.start]
    titled = is_titled(before)
    if len(token.text) == 1:
        return Kind.NAME if titled else None
    if titled and not _goes_on(token, before, lists):
        return Kind.NAME
    if token.word in learned:
        return None
    if token.text.islower():
        return None if _is_common(token.word, lists) else Kind.WORD
    if token.text.isupper():
        return _kind_in_capitals(token, lists, shouted=shouted)
    return _kind_with_capital(token, before, lists)


def _goes_on(token: _Token, before: str, lists: WordLists) -> bool:
    """Whether the word after a title goes on with the sentence: the coach said, we miss her, dr is out."""
    most = GOES_ON if is_surely_titled(before) else len(lists.places)
    return token.text.islower() and lists.places.get(token.word, most) < most


def _is_common(word: str, lists: WordLists) -> bool:
    return word in lists.places or word in lists.clinical or word.rstrip("s") in lists.clinical


def _kind_in_capitals(token: _Token, lists: WordLists, *, shouted: bool) -> Kind | None:
    word = token.word
    if word in lists.clinical or word in TWO_LETTERS or word.rstrip("s") in lists.clinical:
        return None
    if len(word) == 2:
        return Kind.INITIALS
    place = lists.places.get(word)
    if place is None or word in lists.everyday_names:
        return Kind.INITIALS if len(word) <= 4 and not shouted else Kind.NAME
    return None if shouted or len(word) > 3 or place < FREQUENT_IN_CAPITALS else Kind.INITIALS


def _kind_with_capital(token: _Token, before: str, lists: WordLists) -> Kind | None:
    """A capital needs a reason: the start of a sentence, or a clinical word."""
    word, place = token.word, lists.places.get(token.word)
    if token.text in lists.capitalised or (word in lists.clinical and place is None):
        return None
    if not _starts_sentence(before):
        return Kind.NAME
    if place is None:
        return None if _is_common(word, lists) else Kind.NAME
    return Kind.NAME if word in lists.everyday_names else None


def _starts_sentence(before: str) -> bool:
    return _START.search(before) is not None and _AFTER_ABBREVIATION.search(before) is None
