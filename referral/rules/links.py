"""What a signed one-use link lets a program's contact do, and for how long."""

from datetime import date, timedelta
from enum import Enum


class LinkAct(Enum):
    """The one act a link allows."""

    CONFIRM_SEATS = "confirm_seats"
    ANSWER_REFERRAL = "answer_referral"


LINK_LASTS = timedelta(days=8)
CONFIRM_EVERY_DAYS = 14


def is_asking_due(confirmed_on: date | None, asked_on: date | None, every_days: int, today: date) -> bool:
    """Whether a program's seats are asked for today: neither confirmed nor asked within its rhythm."""
    rhythm = timedelta(days=every_days)
    return all(day is None or day + rhythm <= today for day in (confirmed_on, asked_on))
