"""Memberships: whether a district is a member on a date, and what may be said of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from referral.rules.organisations import HAVE_MEMBERS, OrganisationKind, is_web_address, refuse
from referral.rules.periods import Period, covers, overlap


class MembershipStanding(Enum):
    """Whether a district is a member on a date; an incomplete list cannot say no."""

    MEMBER = "member"
    NOT_MEMBER = "not_member"
    UNKNOWN = "unknown"


def standing(periods: Iterable[Period], *, on: date, list_complete: bool) -> MembershipStanding:
    """Whether a district is a member on the date, from its periods and whether the member list is complete.

    A membership that is on record and has ended says no even when the list is incomplete.
    """
    known = list(periods)
    if any(covers(period, on) for period in known):
        return MembershipStanding.MEMBER
    ended = any(last is not None and last < on for _, last in known)
    return MembershipStanding.NOT_MEMBER if ended or list_complete else MembershipStanding.UNKNOWN


@dataclass(frozen=True)
class MembershipFacts:
    """From when to when a district is a member (no last day while it lasts), and where that is known from."""

    valid_from: date
    valid_to: date | None = None
    source_address: str | None = None


def check_membership(facts: MembershipFacts, others: Iterable[Period]) -> None:
    """Refuse a membership that ends before it starts or shares a day with another of the same two.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    own = (facts.valid_from, facts.valid_to)
    tests = {
        ("valid_to", "membership_ends_before_start"): facts.valid_to is None
        or facts.valid_to >= facts.valid_from,
        ("valid_from", "membership_overlaps"): not any(overlap(own, other) for other in others),
        ("source_address", "source_address_invalid"): is_web_address(facts.source_address),
    }
    refuse(tests)


def check_parties(district: OrganisationKind, collaborative: OrganisationKind) -> None:
    """Refuse a membership between organizations that cannot have one."""
    tests = {
        ("district", "membership_not_district"): district is OrganisationKind.DISTRICT,
        ("collaborative", "membership_not_collaborative"): collaborative in HAVE_MEMBERS,
    }
    refuse(tests)
