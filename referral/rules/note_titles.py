"""What belongs to a name in a note: title and initial before it; degree, number or kind of place behind."""

import re
from dataclasses import replace

from referral.rules.note_spans import Kind, Span

TITLE = r"(?:mr|mrs|ms|mx|miss|dr|prof|coach|officer|detective|judge|principal|rev|np|pa)"
_KIN = r"(?:aunt|auntie|uncle|nana|grandma|grandpa|gramma|cousin|sister|brother)"
_PLACE = (
    r"(?:elementary|middle|high|school|academy|hospital|medical|center|street|st|road|rd|ave|avenue|lane|ln|park|"
    r"library|church|diner|river|pond|lake|house|club|league|county|town|city|family|district|clinic|college)"
)
_OF_A_PLACE = r"\b(?:St|Mt|New|North|South|East|West|Lake|Fort|Port|Old|Upper|Lower|Great)\.?\s+"
_DEGREE = r"(?:Ph\.?D|Psy\.?D|M\.?D|Ed\.?D|M\.?Ed|LICSW|LCSW|LMHC|BCBA|RN|SLP)"
_WIDENED = frozenset({Kind.KNOWN, Kind.NAME, Kind.INITIALS, Kind.ADDRESS})
_TITLED = re.compile(rf"\b{TITLE}\.?\s+\Z", re.IGNORECASE)
_SURELY_TITLED = re.compile(r"\b(?:mr|mrs|ms|dr)\.?\s+\Z", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:\b(?:{TITLE}|{_KIN})\.?\s+|(?-i:\b(?:[A-Z]\.\s?){{1,2}})|(?-i:{_OF_A_PLACE})|\b\d{{1,5}} )\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"['’]s\b|(?-i: [A-Z]\.)|(?-i: [A-Z]\b(?! [a-z]))|(?:,? {_DEGREE}\b\.?)|(?: (?:{_PLACE}\b\.?))+"
    r"|(?: \d{1,4}\b(?! ?[a-z]))",
    re.IGNORECASE,
)
_REACH = 16


def is_titled(before: str) -> bool:
    """Whether the text ends with a title, so that a name must follow."""
    return _TITLED.search(before) is not None


def is_surely_titled(before: str) -> bool:
    """Whether the title is one that is nothing else (a miss or a coach may be a word of the sentence)."""
    return _SURELY_TITLED.search(before) is not None


def widened(span: Span, text: str) -> Span:
    """A name with what belongs to it; any other span as it is."""
    if span.kind not in _WIDENED:
        return span
    before = _BEFORE.search(text[max(0, span.start - _REACH) : span.start])
    after = _AFTER.match(text, span.end)
    start = span.start - len(before[0]) if before else span.start
    return replace(span, start=start, end=after.end() if after else span.end)
