"""Proposes and approves policies for tests."""

from datetime import date
from typing import Any

from referral.actions import policies
from referral.actions.policies import Proposal
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.policies import PolicyVersion
from referral.rules.permissions import Actor
from tests.programs import TODAY
from tests.students import district_of

REASON = "Rides are long here."


def a_proposal(*, wished_from: date = TODAY, reason: str = REASON, **numbers: Any) -> Proposal:
    """A proposal to change these numbers, the same reason for each; the band of cost unless given."""
    numbers = numbers or {"cost_delta": 10}
    return Proposal(reason, wished_from, numbers, dict.fromkeys(numbers, REASON))


def a_version(director: Actor, *, today: date = TODAY, **asked: Any) -> PolicyVersion:
    """A version proposed for the director's district."""
    district = db.session.get_one(Organisation, district_of(director))
    return policies.propose(director, district, a_proposal(**asked), today=today)


def an_approved_version(director: Actor, *, today: date = TODAY, **asked: Any) -> PolicyVersion:
    """A version proposed and approved by the one director of a district."""
    row = a_version(director, today=today, **asked)
    policies.approve(director, row.ref, today=today)
    return row
