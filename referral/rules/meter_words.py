"""A verdict of the meter in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from referral.rules.areas import AreaCounts
from referral.rules.meter import Area, Places, Reading, Step, Verdict
from referral.wording import privacy as words
from referral.wording.places import STATE_NAMES


@dataclass(frozen=True)
class MeterWords:
    """What a verdict says, what is told and why no more, how it was counted, and the ways on."""

    passes: bool
    title: str
    lead: str
    details: tuple[str, ...]
    counted: tuple[str, ...]
    ways: tuple[str, ...] = ()


def meter_words(
    verdict: Verdict,
    places: Places,
    counts: AreaCounts,
    *,
    times_before: int = 0,
    in_district: Reading | None = None,
    is_covered: bool = False,
) -> MeterWords:
    """The verdict in words; ``in_district`` is what is left for a program that guesses the district.

    ``is_covered`` says that a live disclosure record allows the sending all the same.
    """
    ways = () if verdict.passes or is_covered else (words.ASK_SEATS, words.TREAT_AS_IDENTIFIED)
    covered = (words.COVERED,) if is_covered and not verdict.passes else ()
    return MeterWords(
        passes=verdict.passes,
        title=words.ENOUGH if verdict.passes else words.TOO_FEW,
        lead=lead_words(verdict, places),
        details=(*_details(verdict, places, times_before), *covered),
        counted=tuple(_counted(verdict, counts, in_district)),
        ways=ways,
    )


def lead_words(verdict: Verdict, places: Places) -> str:
    """How many share it: "About 140 children in Massachusetts share what would be sent, at least 120." """
    reading = verdict.reading
    facts = {
        "area": area_words(reading.released.area, places),
        "what": words.WOULD_BE_SENT if verdict.passes else words.LEAST_SENT,
        "needed": needed_words(reading.k),
    }
    if not reading.school_years:
        return words.NEVER_COUNTED.format(**facts)
    return words.LEAD.format(
        **facts,
        about=about_words(reading.expected),
        share="shares" if reading.expected < 1.5 else "share",
        least=words.LEAST.format(children=_round_down(reading.at_least)) if reading.at_least else "",
    )


def about_words(expected: float) -> str:
    """A count in words: "About 140 children", "Fewer than one child"."""
    if expected < 0.5:
        return words.NOBODY
    number = _two_digits(expected)
    return words.ABOUT.format(number=f"{number:,}", children="child" if number == 1 else "children")


def needed_words(k: int) -> str:
    """How many must share it: "Ten are needed." """
    number = number_words(k).capitalize() if k < len(words.SMALL_NUMBERS) else words.AT_LEAST.format(k=k)
    return words.NEEDED.format(number=number)


def number_words(number: int) -> str:
    """A small number as a word."""
    return words.SMALL_NUMBERS[number] if number < len(words.SMALL_NUMBERS) else f"{number:,}"


def area_words(area: Area, places: Places) -> str:
    """The area by its name."""
    state = STATE_NAMES.get(places.state, words.STATE)
    region = places.region or words.REGION
    return {Area.STATE: state, Area.REGION: region, Area.DISTRICT: words.DISTRICT}[area]


def _step_facts(step: Step, places: Places) -> dict[str, str]:
    return {"area": area_words(step.area, places), "ages": words.AGES[step.ages.value]}


def _details(verdict: Verdict, places: Places, times_before: int) -> Iterator[str]:
    if verdict.passes:
        yield words.TELLS.format(**_step_facts(verdict.step, places))
        if verdict.nearer is not None:
            step, reading = verdict.nearer
            about = about_words(reading.expected).lower()
            yield words.TELLS_NO_MORE.format(about=about, **_step_facts(step, places))
            yield words.NO_EFFECT
    if times_before == 1:
        yield words.ONCE_BEFORE
    elif times_before:
        yield words.BEFORE.format(number=number_words(times_before))


def _counted(verdict: Verdict, counts: AreaCounts, in_district: Reading | None) -> Iterator[str]:
    years = verdict.reading.school_years
    if years:
        yield words.COUNTED.format(years=" and ".join(years))
    if counts.region_children is not None:
        yield words.REGION_COUNT.format(
            region=counts.region,
            children=counts.region_children,
            source=_source(counts),
        )
    if in_district is not None:
        yield words.GUESSED.format(about=about_words(in_district.expected))
    yield words.NOT_COUNTED


def _source(counts: AreaCounts) -> str:
    """Source and year in brackets, as far as they are known."""
    known = [str(one) for one in (counts.source, counts.counted_year) if one is not None]
    return f" ({', '.join(known)})" if known else ""


def _two_digits(expected: float) -> int:
    """Rounded to two digits, from twenty on."""
    unit = 1 if expected < 20 else 10 ** (floor(log10(expected)) - 1)
    return round(expected / unit) * unit


def _round_down(number: int) -> str:
    """Rounded down to two digits, from a hundred on."""
    unit = 1 if number < 100 else 10 ** (len(str(number)) - 2)
    return f"{number // unit * unit:,}"
