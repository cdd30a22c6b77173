"""What somebody who keeps every earlier release of a student knows by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from referral.rules.ages_told import AgeDetail, read_ages, years_of_band
from referral.rules.answers import Answers
from referral.rules.implied_disabilities import implied_disability
from referral.rules.meter import Area, Places, Released, Step, release_of
from referral.rules.released import answers_sent
from referral.wording.places import STATE_NAMES

DAYS_A_YEAR = 365.25
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class EarlierRelease:
    """A copy as it was kept, when and to which collaborative it went, and the answers it was made from."""

    released: Mapping[str, Any]
    sent_at: datetime | None
    collaborative_id: int
    answers: Answers


def told_before(
    one: EarlierRelease, places: Places, now: datetime, *, collaborative_id: int | None
) -> Released:
    """What an earlier release tells by now.

    An enquiry counts whoever received it. A packet was sent to people who know the student by it: it counts
    where the same collaborative receives again, for its staff can put both together.
    """
    if answers_sent(one.released) is not None and one.collaborative_id == collaborative_id:
        return release_of(one.answers, Step(Area.DISTRICT, AgeDetail.GRADE)).aged(_years(one.sent_at, now))
    first, last = years_of_band(read_ages(one.released["age_band"]))
    told = Released(
        _area_of(one.released["area"], places), first, last, frozenset({implied_disability(one.answers)})
    )
    return told.aged(_years(one.sent_at, now))


def _area_of(words: str | None, places: Places) -> Area:
    """The area that was named; one that is not the state's name was a region's."""
    return Area.STATE if words in (None, STATE_NAMES.get(places.state)) else Area.REGION


def _years(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds() / SECONDS_A_DAY / DAYS_A_YEAR)
