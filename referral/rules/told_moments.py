"""When a program learns of something: to the day, before a packet, so that two lists cannot be joined by it.

A district sends to several programs at one moment. Told to the second, that moment would be the same in all
of their lists and in no other line: whoever laid two lists side by side would have found one student in both.
"""

from datetime import datetime


def is_told_exactly(*, is_district: bool, is_own: bool, is_disclosed: bool) -> bool:
    """Whether a reader learns the moment itself: of the own side's doings, and once a packet was sent."""
    return is_district or is_own or is_disclosed


def told(at: datetime, *, exactly: bool) -> datetime:
    """The moment, or noon of its day."""
    return at if exactly else at.replace(hour=12, minute=0, second=0, microsecond=0)
