"""Labels, dates, money and ranges as people read them in a ranking."""

from collections.abc import Iterable, Mapping
from datetime import date

from matching import Interval
from matching.vocabulary import (
    CommunicationMode,
    Criterion,
    Dimension,
    Feature,
    Limit,
    Service,
    Term,
)
from referral.wording.programs import day_words as day
from referral.wording.programs import days_ago, month, usd

# What the part of a code behind the colon names.
SUBJECTS: Mapping[str, type[Term]] = {
    "service": Service,
    "mode": CommunicationMode,
    "must_have": Feature,
    "must_not": Feature,
    "limit": Limit,
    "value": Criterion,
    "need": Dimension,
}


def label(kind: type[Term] | None, value: str) -> str:
    """The words of a term, or the value itself where the list does not hold it."""
    if kind is None or value not in {term.value for term in kind}:
        return value.replace("_", " ")
    return kind(value).label


def inside(words: str) -> str:
    """The words with a small first letter for the middle of a sentence; names and short forms stay."""
    first = words.partition(" ")[0]
    stays = first in NAMES or (len(first) > 1 and not first[1:].islower())
    return words if not words or stays else words[0].lower() + words[1:]


NAMES = frozenset({"American", "Signed", "High"})


def subject(code: str) -> str:
    """The label of what a code is about: "Nursing" of ``service:nursing``; "" where it has no subject."""
    family, _, value = code.partition(":")
    return label(SUBJECTS.get(family), value) if value else ""


def day_of(text: str) -> str:
    """A date from its ISO form, as written."""
    return day(date.fromisoformat(text))


def span(value: Interval, joint: str = " to ") -> str:
    """A number, or a range: "24" or "24 to 48"."""
    return str(value.low) if value.low == value.high else f"{value.low}{joint}{value.high}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: "a, b and c"."""
    parts = list(words)
    return " ".join([", ".join(parts[:-1]), last, parts[-1]]) if len(parts) > 1 else "".join(parts)


def plural(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 program", "3 programs"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


__all__ = [
    "day",
    "day_of",
    "days_ago",
    "inside",
    "label",
    "listed",
    "month",
    "plural",
    "span",
    "subject",
    "usd",
]
