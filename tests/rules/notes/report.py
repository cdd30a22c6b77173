"""How well the note checker does on these notes: ``python -m tests.rules.notes.report [--holdout] [--all]``.

A mark is found if every letter of it was flagged that begins with a capital or a digit; one without either is
found if all of it was. Of a telling story one flag inside is enough: the rest is what attestation is for.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from referral.rules.note_identity import UNKNOWN, KnownIdentity
from referral.rules.notes_check import check_text

MARK = re.compile(r"\[([a-z_]+)\|([^\]]*)\]")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
STUDENT = ("student", "nickname", "initials")


@dataclass(frozen=True)
class Note:
    """A note without its marks, the marks as (type, start, end), and what the vault knows."""

    number: int
    voice: str
    text: str
    marks: tuple[tuple[str, int, int], ...]
    known: KnownIdentity


@dataclass
class Figures:
    """What was found of the marks by type, and what was flagged of the words outside them."""

    marked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    clean_words: int = 0
    clean_flagged: int = 0
    missed: list[str] = field(default_factory=list)
    wrongly: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of all marks that was found."""
        return sum(self.found.values()) / sum(self.marked.values())

    @property
    def flagged_share(self) -> float:
        """The share of clean words that was flagged."""
        return self.clean_flagged / self.clean_words


@cache
def notes() -> tuple[Note, ...]:
    """Every note of the file."""
    content = yaml.safe_load(Path(__file__).with_name("notes.yaml").read_text(encoding="utf-8"))
    known = {name: _identity(facts) for name, facts in content["known"].items()} | {"none": UNKNOWN}
    return tuple(_note(number, entry, known) for number, entry in enumerate(content["notes"], start=1))


def is_held_out(note: Note) -> bool:
    """Whether a note was kept from whoever wrote the checker."""
    return note.number % 3 == 0


def _identity(facts: dict[str, Any]) -> KnownIdentity:
    lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
    return KnownIdentity(**lists, born_on=facts["born_on"])


def _note(number: int, entry: dict[str, str], known: dict[str, KnownIdentity]) -> Note:
    text, marks, last = "", [], 0
    for mark in MARK.finditer(entry["text"]):
        text += entry["text"][last : mark.start()]
        marks.append((mark[1], len(text), len(text) + len(mark[2])))
        text, last = text + mark[2], mark.end()
    return Note(number, entry["voice"], text + entry["text"][last:], tuple(marks), known[entry["about"]])


def figures(chosen: Iterable[Note], *, with_vault: bool = True) -> Figures:
    """The figures of some notes."""
    total = Figures()
    for note in chosen:
        checked = check_text(note.text, note.known if with_vault else UNKNOWN)
        flagged = {place for span in checked.spans for place in range(span.start, span.end)}
        _count_marks(total, note, flagged)
        _count_clean(total, note, flagged)
    return total


def _count_marks(total: Figures, note: Note, flagged: set[int]) -> None:
    for kind, start, end in note.marks:
        total.marked[kind] += 1
        if _is_found(kind, note.text, start, end, flagged):
            total.found[kind] += 1
        else:
            total.missed.append(f"{note.number} {kind}: {note.text[start:end]}")


def _is_found(kind: str, text: str, start: int, end: int, flagged: set[int]) -> bool:
    words = list(WORD.finditer(text, start, end))
    if kind == "event":
        return any(place in flagged for place in range(start, end))
    telling = [word for word in words if word[0][0].isupper() or word[0][0].isdigit()] or words
    return all(place in flagged for word in telling for place in range(*word.span()))


def _count_clean(total: Figures, note: Note, flagged: set[int]) -> None:
    for word in _clean_words(note):
        total.clean_words += 1
        if any(place in flagged for place in range(*word.span())):
            total.clean_flagged += 1
            total.wrongly.append(f"{note.number} {word[0]}")


def _clean_words(note: Note) -> Iterator[re.Match[str]]:
    marked = {place for _, start, end in note.marks for place in range(start, end)}
    return (word for word in WORD.finditer(note.text) if word.start() not in marked)


def lines(title: str, of: Figures) -> Iterator[str]:
    """The figures of some notes as a table."""
    yield f"{title}: {sum(of.found.values())} of {sum(of.marked.values())} marks, {of.recall:.1%}"
    for kind, number in sorted(of.marked.items()):
        yield f"  {kind:<11}{of.found[kind]:>4} of {number:<4}"
    yield f"  clean words flagged: {of.clean_flagged} of {of.clean_words}, {of.flagged_share:.1%}"


def main(arguments: list[str]) -> None:
    """Print the figures; ``--holdout`` adds the notes held out, ``--all`` what was missed."""
    seen = [note for note in notes() if not is_held_out(note)]
    held = [note for note in notes() if is_held_out(note)]
    groups = {"Seen": figures(seen), "Seen, without a vault": figures(seen, with_vault=False)}
    if "--holdout" in arguments:
        groups |= {"Held out": figures(held), "Held out, without a vault": figures(held, with_vault=False)}
        groups["All"] = figures(notes())
    for title, of in groups.items():
        print("\n".join(lines(title, of)))
        if "--all" in arguments:
            print("  missed:", *of.missed, sep="\n    ")
            print("  wrongly:", "; ".join(of.wrongly))


if __name__ == "__main__":
    main(sys.argv[1:])
