"""Parts of a note that must be looked at before it leaves the district, and what they look like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Why a part of a note must not leave unseen; the first one holds where several apply."""

    KNOWN = "known"
    CONTACT = "contact"
    ID = "id"
    DATE = "date"
    ADDRESS = "address"
    NAME = "name"
    INITIALS = "initials"
    TELLING = "telling"
    NUMBER = "number"
    WORD = "word"


# Who the student is, or how to reach the family: no one may let these pass.
MUST_GO = frozenset({Kind.KNOWN, Kind.CONTACT, Kind.ID})
# What a district may teach its own list.
MAY_BE_LEARNED = frozenset({Kind.WORD, Kind.NAME, Kind.INITIALS})
_ORDER = {kind: place for place, kind in enumerate(Kind)}
_JOINED = re.compile(r"[ '’-]?\Z")
_JOIN = frozenset({Kind.KNOWN, Kind.NAME, Kind.INITIALS, Kind.ADDRESS, Kind.DATE})


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a note from ``start`` up to ``end``."""

    start: int
    end: int
    kind: Kind


def merge(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans without overlaps, in the order of the text; names side by side become one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if merged and _belongs(merged[-1], span, text):
            last = merged.pop()
            kind = min(last.kind, span.kind, key=_ORDER.__getitem__)
            span = Span(last.start, max(last.end, span.end), kind)
        merged.append(span)
    return tuple(merged)


def _belongs(last: Span, span: Span, text: str) -> bool:
    if span.start < last.end:
        return True
    is_near = _JOINED.match(text[last.end : span.start]) is not None
    return is_near and last.kind in _JOIN and span.kind in _JOIN
