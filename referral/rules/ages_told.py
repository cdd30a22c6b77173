"""How exactly an age may be told: the grade, its band of three years, a wide band, or not at all."""

from enum import Enum

from matching.vocabulary import AgeBand
from matching.vocabulary.term import OURS, Term
from referral.rules.answers import Answers
from referral.rules.child_counts import FIRST_YEAR, LAST_YEAR
from referral.rules.students import age_band


class AgeDetail(Enum):
    """How exactly the age is told."""

    GRADE = "grade"
    BAND = "band"
    WIDE_BAND = "wide_band"
    NONE = "none"


class WideBand(Term, source=OURS):
    """Age in years, in two bands: for the few who would stand out in a narrower one."""

    AGES_3_11 = "3-11", "3 to 11"
    AGES_12_22 = "12-22", "12 to 22"


AgesTold = AgeBand | WideBand
WIDE_BANDS = {WideBand.AGES_3_11: (FIRST_YEAR, 11), WideBand.AGES_12_22: (12, LAST_YEAR)}


def ages_told(answers: Answers, detail: AgeDetail) -> AgesTold | None:
    """The band that is told, never the grade; None where nothing is told or the age is not known."""
    if answers.age_years is None or detail is AgeDetail.NONE:
        return None
    return wide_band(answers.age_years) if detail is AgeDetail.WIDE_BAND else age_band(answers)


def wide_band(years: int) -> WideBand:
    """The wide band of an age."""
    return WideBand.AGES_3_11 if years <= WIDE_BANDS[WideBand.AGES_3_11][1] else WideBand.AGES_12_22


def read_ages(code: str | None) -> AgesTold | None:
    """The band of a code as it was kept."""
    if not code:
        return None
    return WideBand(code) if code in set(WideBand) else AgeBand(code)


def bands_holding(code: str) -> tuple[str, ...]:
    """The codes of the bands that an age of this narrow band may be told as."""
    first, _ = years_of_band(AgeBand(code))
    return code, wide_band(first).value


def years_told(answers: Answers, detail: AgeDetail) -> tuple[int, int]:
    """The first and last year of age that a recipient can tell; all years where nothing is told."""
    years = answers.age_years
    if years is not None and detail is AgeDetail.GRADE:
        return years, years
    return years_of_band(ages_told(answers, detail))


def years_of_band(band: AgesTold | None) -> tuple[int, int]:
    """The first and last year of age of a band that are counted."""
    if band is None:
        return FIRST_YEAR, LAST_YEAR
    if isinstance(band, WideBand):
        return WIDE_BANDS[band]
    first, last = (int(end) for end in band.value.split("-"))
    return first, min(last, LAST_YEAR)
