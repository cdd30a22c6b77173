"""Kinds of organization, what each may be, and whether a district is a member."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

from referral.rules.permissions import Role


class OrganisationKind(Enum):
    """What an organization is."""

    DISTRICT = "district"
    COLLABORATIVE = "collaborative"
    COOPERATIVE = "cooperative"
    STATE_AGENCY = "state_agency"
    PLATFORM = "platform"


class OrganisationStatus(Enum):
    """Whether an organization is at work."""

    ACTIVE = "active"
    UNVERIFIED = "unverified"
    CLOSED = "closed"


class MembershipStanding(Enum):
    """Whether a district is a member on a date; an incomplete list cannot say no."""

    MEMBER = "member"
    NOT_MEMBER = "not_member"
    UNKNOWN = "unknown"


HAVE_MEMBERS = frozenset({OrganisationKind.COLLABORATIVE, OrganisationKind.COOPERATIVE})

ROLE_PLACES: Mapping[Role, frozenset[OrganisationKind]] = {
    Role.COORDINATOR: frozenset({OrganisationKind.DISTRICT}),
    Role.DIRECTOR: frozenset({OrganisationKind.DISTRICT}),
    Role.COLLABORATIVE_STAFF: HAVE_MEMBERS,
    Role.COLLABORATIVE_ADMINISTRATOR: HAVE_MEMBERS,
    Role.COOPERATIVE_ADMINISTRATOR: frozenset({OrganisationKind.COOPERATIVE, OrganisationKind.STATE_AGENCY}),
    Role.SITE_ADMINISTRATOR: frozenset({OrganisationKind.PLATFORM}),
}

Period = tuple[date, date | None]


def covers(period: Period, on: date) -> bool:
    """Whether a period (first day, last day or None) includes the date."""
    first, last = period
    return first <= on and (last is None or on <= last)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def standing(periods: Iterable[Period], *, on: date, list_complete: bool) -> MembershipStanding:
    """Whether a district is a member on the date, from its periods and whether the member list is complete.

    A membership that is on record and has ended says no even when the list is incomplete.
    """
    known = list(periods)
    if any(covers(period, on) for period in known):
        return MembershipStanding.MEMBER
    ended = any(last is not None and last < on for _, last in known)
    return MembershipStanding.NOT_MEMBER if ended or list_complete else MembershipStanding.UNKNOWN
