"""Asking programs for capacity before a referral: a question that carries nothing of any student."""

from enum import Enum

PROGRAMS_MAX = 12


class CapacityReply(Enum):
    """What a program answers."""

    HAS_CAPACITY = "has_capacity"
    NONE = "none"
    WAITLIST_ONLY = "waitlist_only"
    NEEDS_ASSESSMENT = "needs_assessment"
