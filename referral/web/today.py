"""The day it is where the server runs: the one clock of the pages, so that rules take a date as argument."""

from datetime import date


def today() -> date:
    """The day of this request."""
    return date.today()  # noqa: DTZ011 - the day people of the office have on their calendar
