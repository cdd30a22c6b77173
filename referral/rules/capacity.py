"""Asking programs for capacity before a referral: a question that carries nothing of any student."""

from collections.abc import Collection
from enum import Enum

from referral.errors import FieldProblem, InvalidInput

PROGRAMS_MAX = 12
ANSWERED_DAYS = 30  # how long staff see what they answered


class CapacityReply(Enum):
    """What a program answers."""

    HAS_CAPACITY = "has_capacity"
    NONE = "none"
    WAITLIST_ONLY = "waitlist_only"
    NEEDS_ASSESSMENT = "needs_assessment"


def check_asked(slugs: Collection[str], *, takes_referrals: Collection[str]) -> None:
    """Refuse a question to nobody, to too many, or to a program that takes no referrals.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not 1 <= len(set(slugs)) <= PROGRAMS_MAX:
        problems.append(FieldProblem("programs", "programs_to_ask", {"most": PROGRAMS_MAX}))
    elif not set(slugs) <= set(takes_referrals):
        problems.append(FieldProblem("programs", "program_not_open"))
    if problems:
        raise InvalidInput(problems)
