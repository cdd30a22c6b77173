"""Forgiving readers of single values, as people type them: "45 min", "$58,400", "2:1", "3-5", "Jan 2027"."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeGuard

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from matching import Interval
from matching.vocabulary import Grade

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
GRADES = [str(grade.value) for grade in Grade]
CONTROLS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ufffe\\uffff\\u2028\\u2029]")
LONGEST_VALUE = 80
OTHER_SCALES = frozenset(["h", "hr", "hrs", "hour", "hours", "k", "thousand", "million", "dozen"])
UNKNOWN_WORDS = frozenset({"", "unknown", "not known", "not known yet", "n/a", "?"})


def _readable(text: object) -> TypeGuard[str]:
    """Whether this is a text short enough for a single value: no pattern has to search a book."""
    return isinstance(text, str) and len(text) <= LONGEST_VALUE


def whole_number(text: object) -> object:
    """A whole number out of "45 min", "1,200" or "60 minutes"; anything else is left to be refused."""
    if not _readable(text):
        return text
    found = re.fullmatch(
        r"\s*(\d{1,3}(?:,\d{3})+|\d+)\s*(?:([a-z]+)\.?(?:\s+(?:a|per)\s+[a-z]+)?)?\s*", text, re.I
    )
    if not found or (found[2] or "").lower() in OTHER_SCALES:
        return text  # "1 hour" is not 1
    return int(found[1].replace(",", ""))


def minutes(text: object) -> object:
    """Minutes out of "45", "45 min", "1 hour", "1.5 hours" or "1 h 30 min"."""
    if not _readable(text):
        return text
    found = re.fullmatch(
        r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*(?:h|hrs?|hours?)\b\.?"
        r"(?:\s*(?:and\s+)?(\d{1,2})\s*(?:m|min|minutes?)\.?)?(?:\s+(?:a|per)\s+[a-z]+)?\s*",
        text,
        re.I,
    )
    if not found:
        return whole_number(text)
    total = Decimal(found[1]) * 60 + int(found[2] or 0)
    return int(total) if total == int(total) else text


def dollars(text: object) -> object:
    """Whole dollars out of "$58,400", "58400.00" or "58.4k"."""
    if not _readable(text):
        return text
    found = re.fullmatch(r"\s*\$?\s*(\d[\d,]*(?:\.\d+)?)\s*(k?)\s*(?:usd|dollars)?\s*", text, re.I)
    if not found:
        return text
    amount = Decimal(found[1].replace(",", "")) * (1000 if found[2] else 1)
    return int(amount) if amount == int(amount) else text


def ratio(text: object) -> object:
    """Students per adult out of "3:1", "10:2", "8 to 3" or "2.5"; students come first."""
    if isinstance(text, int | float):
        return Fraction(str(text))
    if not _readable(text):
        return text
    found = re.fullmatch(r"\s*(\d{1,3}(?:\.\d{1,2})?)(?:\s*(?::|to|/)\s*(\d{1,3}))?\s*", text)
    if not found or not float(found[1]) or not int(found[2] or 1):
        return text
    return Fraction(found[1]) / int(found[2] or 1)


def span(text: object) -> object:
    """An interval out of "3-5", "3 to 5" or "4"."""
    if isinstance(text, Interval):
        return text
    if isinstance(text, list | tuple) and len(text) == 2 and all(isinstance(end, int) for end in text):
        return _rising(*text) or text
    found = re.fullmatch(r"\s*(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*", str(text)[: LONGEST_VALUE + 1])
    return _rising(int(found[1]), int(found[2] or found[1])) or text if found else text


def _rising(low: int, high: int) -> Interval | None:
    return Interval(low, high) if low <= high else None


def grade_list(text: object) -> object:
    """Grades out of "K-5", "PK, 6-8" or a list of such; what is no grade is left to be refused."""
    parts = text.split(",") if isinstance(text, str) else text
    if not isinstance(parts, list | tuple):
        return text
    return [grade for part in parts for grade in (_grades(part) if isinstance(part, str) else [part])]


def _grades(text: str) -> list[str]:
    first, _, last = text.strip().partition("-")
    first, last = first.strip(), last.strip() or first.strip()
    if first in GRADES and last in GRADES and GRADES.index(first) <= GRADES.index(last):
        return GRADES[GRADES.index(first) : GRADES.index(last) + 1]
    return [text.strip()]


def day(text: object) -> object:
    """A date out of "2027-01-05", "2027-01", "Jan 2027" or "1/2027"; a month gives its first day."""
    if not _readable(text):
        return text
    cleaned = text.strip().lower()
    named = re.fullmatch(r"([a-z]{3})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})", cleaned)
    if named and named[1] in MONTHS:
        return _date(named[3], MONTHS.index(named[1]) + 1, named[2] or 1) or text
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", cleaned)
    if iso:
        return _date(iso[1], iso[2], iso[3] or 1) or text
    american = re.fullmatch(r"(\d{1,2})/(?:(\d{1,2})/)?(\d{4})", cleaned)
    if american:
        return _date(american[3], american[1], american[2] or 1) or text
    return text


def _date(year: str, month: str | int, day_of_month: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


def clean_text(text: str) -> str:
    """The text, refused where it holds a control character other than a tab or a new line."""
    if CONTROLS.search(text):
        raise ValueError("holds a control character; delete it")
    return text


def one_line(text: str) -> str:
    """The text, refused where it has a control character or more than one line."""
    if "\n" in text or "\t" in text:
        raise ValueError("must be on one line")
    return clean_text(text)


def known(text: object) -> object:
    """None for the ways people write that something is not known."""
    return None if isinstance(text, str) and text.strip().lower() in UNKNOWN_WORDS else text


def _refuse_unless(kind: type, sentence: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, kind):
            raise ValueError(sentence)
        return value

    return check


def _refuse_outside(least: int, most: int) -> Callable[[Interval], Interval]:
    def check(ends: Interval) -> Interval:
        if not least <= ends.low <= ends.high <= most:
            raise ValueError(f"must lie within {least} to {most}")
        return ends

    return check


def _ratio_text(value: Fraction) -> str:
    return f"{value.numerator}:{value.denominator}"


def _span_text(value: Interval) -> str:
    return str(value.low) if value.known else f"{value.low}-{value.high}"


Whole = Annotated[int, BeforeValidator(whole_number)]
Minutes = Annotated[int, BeforeValidator(minutes)]
Dollars = Annotated[int, BeforeValidator(dollars)]
Day = Annotated[date, BeforeValidator(day)]
Ratio = Annotated[
    Fraction,
    BeforeValidator(_refuse_unless(Fraction, "must be students to adults, such as 3:1")),
    BeforeValidator(ratio),
    PlainSerializer(_ratio_text, return_type=str),
    WithJsonSchema(
        {"type": "string", "description": "Students to adults, students first", "examples": ["3:1"]}
    ),
]
Span = Annotated[
    Interval,
    BeforeValidator(_refuse_unless(Interval, "must be a number or a range such as 3-5, the lower first")),
    BeforeValidator(span),
    PlainSerializer(_span_text, return_type=str),
    WithJsonSchema({"type": "string", "description": "A whole number or a range", "examples": ["4", "3-18"]}),
]
Years = Annotated[Span, AfterValidator(_refuse_outside(0, 30))]
Level = Annotated[Span, AfterValidator(_refuse_outside(0, 4))]
Grades = Annotated[
    tuple[Grade, ...],
    BeforeValidator(grade_list),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "description": f"Grades or ranges of them, out of {', '.join(GRADES)}",
            "examples": ["K-5", "PK, 6-8"],
        },
        mode="validation",
    ),
]
