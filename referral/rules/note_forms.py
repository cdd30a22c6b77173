"""Forms in a note that name someone without a name: contacts, numbers, dates, addresses, telling stories."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from referral.rules.note_lists import word_lists
from referral.rules.note_spans import Kind, Span

MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
NEAR = r"(?:\b(?:today|tomorrow|yesterday|last|this|next|since)\s+)?"
HOLIDAY = r"(?:Thanksgiving|Christmas|Easter|Halloween|Labor Day|Memorial Day|Columbus Day|Fourth of July)"
STREET = (
    r"(?:St|Street|Rd|Road|Ave|Avenue|Ln|Lane|Dr|Drive|Ct|Court|Ter|Terrace|Blvd|Boulevard|Way|Pl|Place|Cir|"
    r"Circle|Hwy|Highway|Pkwy|Parkway|Sq|Square|Turnpike|Tpke|Extension)\b\.?"
)
# Without a number before it: not Dr, Ct, Way or Place, which are other words.
STREET_ALONE = r"(?:St|Street|Rd|Road|Ave|Avenue|Ln|Lane|Terrace|Blvd|Boulevard|Hwy|Highway|Turnpike)\b\.?"
UNIT = r"(?:,? ?(?:Apt|Unit|Suite|#)\.? ?\w+)?"
CHILD = r"(?:one|student|boy|girl|child|kid|person|family|teen|pupil)"
# After a fraction that is a count, not a day.
COUNTED = r"(?!\s*(?:trials?|opportunities|times|sessions?|tries|attempts|days|periods|of\b|points?|correct))"
OUTSIDE = r"(?:news|newspapers?|paper|front page|TV|television|Facebook|YouTube|TikTok|Instagram|web ?site)"

FORMS: tuple[tuple[Kind, str], ...] = (
    (Kind.CONTACT, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"),
    (Kind.CONTACT, r"(?i)(?:https?://|www\.)\S+|@\w{3,}"),
    (
        Kind.CONTACT,
        (
            r"(?<![\d.])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}(?!\d)"
            r"(?: ?(?:x|ext\.?) ?\d{1,5})?|(?<![\d-])\d{3}[-.]\d{4}(?!\d)|\b(?:x|ext\.? ?)\d{3,5}\b"
        ),
    ),
    (Kind.ID, r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|(?<![\d.,])(?:# ?)?\d(?:[ -]?\d){5,}(?!\d)"),
    (Kind.ID, r"\b(?=\w*\d{3})(?=\w*[A-Za-z])[A-Za-z0-9]{6,}\b"),
    (
        Kind.DATE,
        rf"{NEAR}\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    ),
    (
        Kind.DATE,
        rf"(?i){NEAR}\b(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])\b{COUNTED}(?!/)",
    ),
    (
        Kind.DATE,
        (
            rf"\b{MONTH} {DAY}(?:,? \d{{4}})?|\b{MONTH},? (?:of )?\d{{4}}\b"
            rf"|\b{DAY} (?:of )?{MONTH}(?: \d{{4}})?"
        ),
    ),
    (Kind.DATE, rf"(?i){NEAR}\b{HOLIDAY}\b"),
    (
        Kind.DATE,
        r"\bthe \d{1,2}(?:st|nd|rd|th)\b(?! (?:grade|percentile|period|time|graders?|try|day))",
    ),
    (Kind.DATE, r"\b(?:19|20)\d{2}\b(?!\s*(?:mg|ml|steps|calories|words))"),
    (Kind.ADDRESS, rf"\b\d{{1,5}}[A-Za-z]? (?:[A-Z][\w'.]*[ ,]+){{1,4}}{STREET}{UNIT}"),
    (
        Kind.ADDRESS,
        rf"\b\d{{1,5}} (?:\w+ ){{1,2}}(?:st|street|rd|road|ave|avenue|ln|lane|terrace){UNIT}\b",
    ),
    (Kind.ADDRESS, rf"\b(?:[A-Z][\w'.]+ ){{1,3}}{STREET_ALONE}|\b(?:[A-Z][\w'.]+ ){{1,2}}st\b"),
    (Kind.ADDRESS, r"\b(?:Apt|Unit|Suite|P\.?O\.? Box)\.? ?#?\d\w*|\b\d{5}(?:-\d{4})?\b"),
)
# Stories that a person of the town would know. Only some can be seen: a person attests to the rest.
TELLING: tuple[str, ...] = (
    rf"\b(?:the |an? )?only (?:\w+ ){{0,2}}{CHILD}\b",
    rf"\b(?:first|youngest|oldest|tallest) (?:\w+ )?{CHILD}\b",
    rf"\b(?:in|on|by|from) (?:the |a )?(?:\w+ )?{OUTSIDE}\b",
    r"\bwent viral\b|\bgofundme\b|\bfund ?raisers?\b|\breporters?\b|\bjournalists?\b|\bChannel \d+\b",
    r"\blaw ?suits?\b|\b(?:is|was|were|are) su(?:ed|ing)\b|\bsettlement\b",
    r"\b(?:court|custody|criminal) case\b|\bin (?:jail|prison)\b|\bhomicide\b",
    r"\b(?:arrest|murder|kidnap|drown|stabb)\w*\b",
    r"\b(?:was|got|were|been) (?:shot|killed|jailed|deported)\b",
    r"\bgun ?shot\b|\bland ?mines?\b|\bbomb\w*\b|\bexplosion\b",
    r"\b(?:car|bus|train|plane|pool|boat|school) (?:accident|crash|shooting|fire)\b",
    r"\b(?:house|apartment) fire\b|\btornado\b|\bhurricane\b",
    r"\b(?:fire|crash|crashed|flood) (?:on|at|in) \w+",
    r"\bhelicopters?\b|\bamber alert\b|\bsearch party\b|\bwent missing\b",
    r"\b(?:selectman|selectmen|selectwoman|mayor|superintendent|councilor|senator)\b",
    r"\b(?:police|fire) chief\b",
    r"\b(?:famous|celebrity|championship|champion|record holder)\b|\bwell[- ]known\b",
    r"\b(?:triplets?|quadruplets?)\b|\badopted from\b|\bdied (?:in|of|when)\b|\bsuicide of\b",
)
_DOTTED = re.compile(r"\b[A-Z]\.(?:[ -]?[A-Z]\.)+(?!\w)|\b[A-Z]\.[A-Z]\b")
_SHOWN_NUMBER = re.compile(r"(?<![^\W_])\d[\d,.]*\d|\d")
_UNIT_AFTER = re.compile(
    r"\s?(?:mg|mcg|ml|cc|kg|g|lbs?|oz|mm|cm|m|feet|ft|steps|words|calories|kcal|hz|minutes|min|"
    r"hours|days|weeks|times|trials|points|percent|students|units|db)(?![a-z])|\s?[%/]",
    re.IGNORECASE,
)
_SCORE_BEFORE = re.compile(
    r"(?:score|scores|index|composite|iq|lexile|standard|range|range is|over|under|above|below|to|of|was|is|"
    r"fever|sugar|pressure|weight|weighs|bp|20/|\d/)\s?(?:of |was |is |over )?\Z",
    re.IGNORECASE,
)
PASSING_NUMBERS = frozenset({"911", "504", "100"})


def forms(text: str) -> Iterator[Span]:
    """Contacts, ids, dates, addresses and long numbers."""
    yield from _found(text, _patterns())
    yield from _long_numbers(text)
    yield from _dotted_initials(text)


def telling(text: str) -> Iterator[Span]:
    """Words that often begin a story by which a child is known in its town."""
    yield from _found(text, _telling_patterns())


Patterns = Iterable[tuple[Kind, re.Pattern[str]]]


@cache
def _patterns() -> Patterns:
    """The forms, made ready with the first note: a site starts faster without them."""
    return tuple((kind, re.compile(pattern)) for kind, pattern in FORMS)


@cache
def _telling_patterns() -> Patterns:
    return tuple((Kind.TELLING, re.compile(pattern, re.IGNORECASE)) for pattern in TELLING)


def _found(text: str, patterns: Patterns) -> Iterator[Span]:
    for kind, pattern in patterns:
        yield from (Span(found.start(), found.end(), kind) for found in pattern.finditer(text))


def _long_numbers(text: str) -> Iterator[Span]:
    """Numbers of three digits and more, unless a unit or a score says what they count."""
    for found in _SHOWN_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found[0].split(".")[0])
        is_counted = _UNIT_AFTER.match(text, found.end()) or _SCORE_BEFORE.search(text[: found.start()][-24:])
        if len(digits) > 2 and found[0] not in PASSING_NUMBERS and not is_counted:
            yield Span(found.start(), found.end(), Kind.NUMBER)


def _dotted_initials(text: str) -> Iterator[Span]:
    """Capitals with points, unless together they are a clinical word (P.T., I.E.P.)."""
    for found in _DOTTED.finditer(text):
        if re.sub(r"\W", "", found[0]).lower() not in word_lists().clinical:
            yield Span(found.start(), found.end(), Kind.INITIALS)
