"""Working days: Monday to Friday less the state's holidays and an organization's own days off.

Days are those of the zone of the organization that must act. Holidays come from the `holidays` package (MIT),
by state; where a holiday falls on a weekend and the state observes it on another day, that day counts.
Checked for 2026 and 2027 against M.G.L. c. 4 s. 7 cl. 18 and Minn. Stat. 645.44 subd. 5. In Minnesota each
district may choose Indigenous Peoples Day and the Friday after Thanksgiving: those are own days off.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

SATURDAY = 5
DEFAULT_ZONE = "America/New_York"
ZONE_OF_STATE = {"MN": "America/Chicago", "MA": "America/New_York"}


@dataclass(frozen=True)
class Calendar:
    """Whose days these are: the zone, the state whose holidays are free, and own days off."""

    zone: str = DEFAULT_ZONE
    state: str | None = None
    days_off: frozenset[date] = frozenset()

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls there."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def is_working(self, day: date) -> bool:
        """Whether people are at work."""
        return day.weekday() < SATURDAY and day not in self.days_off and not is_holiday(day, self.state)

    def after(self, day: date, working_days: int) -> date:
        """The working day so many working days after a day; 0 gives the day itself.

        Raises
        ------
        ValueError : a negative count.
        """
        if working_days < 0:
            raise ValueError("working_days must not be negative")
        for _ in range(working_days):
            day += timedelta(days=1)
            while not self.is_working(day):
                day += timedelta(days=1)
        return day

    def working_days_to(self, day: date, until: date) -> int:
        """How many working days come after a day up to another one, that one too; negative if it is past."""
        if until < day:
            return -self.working_days_to(until, day)
        span = range(1, (until - day).days + 1)
        return sum(self.is_working(day + timedelta(days=step)) for step in span)


def is_holiday(day: date, state: str | None) -> bool:
    """Whether a day is a public holiday of the state, or of the nation where no state is known."""
    return day in _holidays(state, day.year)


def is_zone(name: str) -> bool:
    """Whether this names a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def _holidays(state: str | None, year: int) -> frozenset[date]:
    known = state if state in holidays.US.subdivisions else None
    return frozenset(holidays.country_holidays("US", subdiv=known, years=year))
