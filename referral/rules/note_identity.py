"""What a district knows of a student, and where a note says it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from referral.errors import FieldProblem, InvalidInput
from referral.rules.note_lists import word_lists
from referral.rules.note_spans import Kind, Span

# A sentence that begins with a small letter: the writer's names may do so too.
_SMALL_START = re.compile(r"(?:\A|[.!?]\s+|\n\s*)[a-z]")
_OWNS = re.compile(r"['’]s\b")
SHORTEST_TYPO = 4
SHORTEST_NUMBER = 4
_WORD = re.compile(r"[^\W\d_]+")
_OF_ANY_PLACE = (
    "school elementary middle high primary academy street st road rd avenue ave lane ln drive dr court ct "
    "apt the of and"
)
_GENERIC = frozenset(_OF_ANY_PLACE.split())
# What stands in a line about a parent and is no name.
_OF_ANY_PARENT = (
    "mother father mom dad parent parents guardian grandmother grandfather grandma grandpa aunt uncle "
    "stepmother stepfather sister brother foster cell home work phone tel telephone mobile "
    "email address ma mn or"
)
_NO_NAMES = _GENERIC | frozenset(_OF_ANY_PARENT.split())


@dataclass(frozen=True)
class KnownIdentity:
    """The identity of one student as a plain value: first name first, then the others.

    ``people`` are the family; ``places`` are schools, town and street; ``numbers`` are ids and phones.
    """

    names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    born_on: date | None = None


UNKNOWN = KnownIdentity()


def folded(text: str) -> str:
    """The text in small letters without accents, letter by letter as long as before."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def matches(text: str, known: KnownIdentity) -> Iterator[Span]:
    """Where a note says a name, a short form or a typo of it, initials, a number, a place, the birth date."""
    if known == UNKNOWN:
        return
    plain = folded(text)
    yield from _names(text, plain, known)
    yield from _initials(text, known)
    yield from _places(text, plain, known)
    yield from _numbers(text, known)


def check_names_nobody(text: str, known: KnownIdentity, *, field: str = "note") -> None:
    """Refuse a note for the district itself that says who the student is: that stays in the vault alone.

    Raises
    ------
    InvalidInput : with the words at fault.
    """
    found = sorted({text[span.start : span.end] for span in matches(text, known)})
    if found:
        raise InvalidInput([FieldProblem(field, "note_names_student", {"words": "; ".join(found)})])


def _parts(texts: Iterable[str]) -> set[str]:
    parts = {part for text in texts for part in _WORD.findall(folded(text))}
    return {part for part in parts if len(part) > 1}


def _names(text: str, plain: str, known: KnownIdentity) -> Iterator[Span]:
    lists = word_lists()
    given = _parts(known.names)
    forms = {form for name in given for form in lists.short_forms.get(name, ()) if len(form) > 2}
    names = given | forms | _parts(known.nicknames) | (_parts(known.people) - _NO_NAMES)
    uncommon = {name for name in names if name not in lists.places}
    is_careless = _SMALL_START.search(text) is not None
    for found in _WORD.finditer(plain):
        written = text[found.start() : found.end()]
        is_word = found[0] in lists.places or found[0] in lists.clinical
        owns = _OWNS.match(text, found.end()) is not None
        if is_word and written.islower() and not (is_careless or owns):
            continue  # a common word in small letters is the word, not the name
        if (
            found[0] in names
            or found[0].removesuffix("s") in names
            or _is_near(found[0], uncommon if is_word else names)
        ):
            yield Span(found.start(), found.end(), Kind.KNOWN)


def _is_near(word: str, names: set[str]) -> bool:
    """Whether a word is one typo away from a name."""
    if len(word) < SHORTEST_TYPO:
        return False
    from rapidfuzz.distance import OSA  # loaded with the first note about a student whom a vault knows

    close = (name for name in names if len(name) >= SHORTEST_TYPO and abs(len(name) - len(word)) <= 1)
    return any(OSA.distance(word, name, score_cutoff=1) <= 1 for name in close)


def _initials(text: str, known: KnownIdentity) -> Iterator[Span]:
    letters = [part[0].upper() for name in known.names for part in _WORD.findall(folded(name))]
    if len(letters) < 2:
        return
    ways = {"".join(letters), letters[0] + letters[-1], letters[0] + letters[1]}
    dotted = "|".join(r"\.? ?".join(way) for way in sorted(ways, key=len, reverse=True))
    for found in re.finditer(rf"\b(?:{dotted})\b\.?", text):
        if found[0].lower() not in word_lists().clinical:
            yield Span(found.start(), found.end(), Kind.KNOWN)


def _places(text: str, plain: str, known: KnownIdentity) -> Iterator[Span]:
    for place in known.places:
        words = [word for word in re.findall(r"\w+", folded(place)) if word not in _GENERIC]
        if not words:
            continue
        for found in re.finditer(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b", plain):
            is_word = len(words) == 1 and words[0] in word_lists().places
            if not (is_word and text[found.start() : found.end()].islower()):
                yield Span(found.start(), found.end(), Kind.KNOWN)


def _numbers(text: str, known: KnownIdentity) -> Iterator[Span]:
    for digits in {re.sub(r"\D", "", number) for number in known.numbers} | _birth_dates(known.born_on):
        if len(digits) >= SHORTEST_NUMBER:
            pattern = r"(?<!\d)" + r"\D{0,2}".join(digits) + r"(?!\d)"
            yield from (Span(one.start(), one.end(), Kind.KNOWN) for one in re.finditer(pattern, text))


def _birth_dates(day: date | None) -> set[str]:
    if day is None:
        return set()
    forms = ("%m%d%Y", "%Y%m%d", "%m%d%y", "%d%m%Y")
    plain = {f"{day.month}{day.day}{day.year}", f"{day.month}{day.day}{day:%y}"}
    return {day.strftime(form) for form in forms} | plain
