"""Stretches of days, first and last included; no last day while it lasts."""

from datetime import date

Period = tuple[date, date | None]


def covers(period: Period, on: date) -> bool:
    """Whether a period (first day, last day or None) includes the date."""
    first, last = period
    return first <= on and (last is None or on <= last)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)
