"""Makes the packaged word lists of the note checker again; run by hand, needs packages the product does not.

    pip install symspellpy==6.10.1 spylls==0.1.7 names==0.3.0 nicknames==1.0.1
    python -m tests.rules.notes.make_words

A word passes if it stands in small letters in the US English spelling dictionary (SCOWL) and is neither a
first name of the census nor a language, country, people or faith, unless ``everyday_names.txt`` says that the
name is an ordinary word too. The words are in the order of symspellpy's frequencies.
"""

import gzip
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import names
import nicknames
from spylls.hunspell import Dictionary

from referral.rules.note_lists import TWO_LETTERS

RARE_NAME = 2_000  # a first name rarer than this is left alone where the word itself is frequent
FREQUENT_WORD = 6_000
MOST_FREQUENT = 400  # these pass whatever they name
WORDS = Path(__file__).parents[3] / "referral" / "data" / "words"


def frequent() -> list[str]:
    """Some 82,000 English words, the most frequent first."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return [line.split()[0] for line in text.splitlines()]


def first_names() -> dict[str, int]:
    """First names of the US census of 1990, each with its place among its sex's."""
    found: dict[str, int] = {}
    for sex in ("male", "female"):
        lines = Path(names.FILES[f"first:{sex}"]).read_text().splitlines()
        for place, line in enumerate(lines):
            name = line.split()[0].lower()
            found[name] = min(place, found.get(name, place))
    return found


def listed(name: str) -> set[str]:
    """The words of one of our own lists."""
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def spelled(spelling: Dictionary) -> set[str]:
    """The words of the spelling dictionary in small letters with their endings."""
    stems = {word.stem for word in spelling.dic.words if word.stem.isalpha() and word.stem.islower()}
    return {form for stem in stems for form in endings(stem) if spelling.lookup(form)}


def endings(stem: str) -> Iterable[str]:
    """A word with every ending that may be right; the dictionary decides."""
    yield stem
    yield from (stem + ending for ending in ("s", "es", "d", "ed", "ing", "er", "ers", "ly"))
    yield from (stem[:-1] + ending for ending in ("ies", "ied", "ier", "ily", "ing"))
    yield from (stem + stem[-1] + ending for ending in ("ed", "ing", "er"))


def passing() -> Iterable[str]:
    """The words that pass in small letters, and ``name`` marks of those that are names too."""
    folder = files("spylls").joinpath("hunspell", "data", "en", "en_US")
    spelling, first = Dictionary.from_files(str(folder)), first_names()
    everyday, origins = listed("everyday_names.txt"), listed("origins.txt")
    by_frequency = frequent()
    for place, word in enumerate([*by_frequency, *sorted(spelled(spelling) - set(by_frequency))]):
        place_as_name = first.get(word)
        is_name = place_as_name is not None and word not in everyday
        if is_name and (place >= FREQUENT_WORD or place_as_name < RARE_NAME) and place > MOST_FREQUENT:
            continue
        if (
            word.isalpha()
            and (len(word) > 2 or word in TWO_LETTERS)
            and word not in origins
            and spelling.lookup(word)
        ):
            yield word


def short_forms() -> Iterable[str]:
    """Each first name with the short forms it goes by."""
    rows = Path(nicknames.__file__).with_name("names.csv").read_text().splitlines()
    found: dict[str, set[str]] = {}
    for row in rows[1:]:
        name, relation, other = row.lower().split(",")
        if relation == "has_nickname":
            found.setdefault(name, set()).add(other)
    return (" ".join([name, *sorted(found[name])]) for name in sorted(found))


def write(name: str, lines: Iterable[str]) -> None:
    """A list as a compressed text, the same bytes each time."""
    text = "\n".join(lines) + "\n"
    (WORDS / name).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    write("common.txt.gz", passing())
    write("short_forms.txt.gz", short_forms())
