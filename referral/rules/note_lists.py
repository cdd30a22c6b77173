"""The packaged word lists of the note checker, read when the first note is checked."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# A word of two letters passes only if it is one of these or clinical: others may be initials.
_TWO_LETTERS = (
    "ah am an as at be by do eh go ha he hi ho if in is it ma me mr ms my no of oh ok on or ow ox pa so to "
    "uh um up us we ye yo"
)
TWO_LETTERS = frozenset(_TWO_LETTERS.split())
_PLAIN = re.compile(r"[^\W\d_]+\Z")


@dataclass(frozen=True)
class WordLists:
    """``places`` of common words by frequency, clinical words, names that are words, and odd terms."""

    places: Mapping[str, int]
    clinical: frozenset[str]
    capitalised: frozenset[str]
    everyday_names: frozenset[str]
    short_forms: Mapping[str, frozenset[str]]
    odd_terms: re.Pattern[str]


def _text(name: str) -> str:
    content = files("referral").joinpath("data", "words", name).read_bytes()
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


@cache
def word_lists() -> WordLists:
    """Every list, read once."""
    terms = {term.strip() for line in _lines("clinical.txt") for term in line.split(",") if term.strip()}
    plain = {term for term in terms if _PLAIN.match(term)}
    rows = (line.split() for line in _lines("short_forms.txt.gz"))
    return WordLists(
        places={word: place for place, word in enumerate(_lines("common.txt.gz"))},
        clinical=frozenset(term.lower() for term in plain),
        capitalised=frozenset(term for term in plain if not term.islower()),
        everyday_names=frozenset(word for line in _lines("everyday_names.txt") for word in line.split()),
        short_forms={name: frozenset(forms) for name, *forms in rows},
        odd_terms=_odd(terms - plain),
    )


def _odd(terms: set[str]) -> re.Pattern[str]:
    """Terms with a space, a digit or a sign in them, longest first."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})(?:e?s)?(?![^\W_])", re.IGNORECASE
    )
