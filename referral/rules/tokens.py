"""Tokens of the JSON API: in which role one acts, how long it lasts, and what it may be called."""

from collections.abc import Mapping
from datetime import date, timedelta

from referral.errors import FieldProblem, InvalidInput
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Role

NAME_LENGTH_MAX = 80
SECRET_LENGTH_MAX = 200
LASTS_DAYS_MAX = 366
LASTS_DAYS = (30, 90, 365)  # what the page offers
PREFIX = "placewell_"  # so that a secret left in a file is found by those who look for secrets
# A token does the daily work of its organization and nothing that a director or an administrator decides.
ROLE_AT: Mapping[OrganisationKind, Role] = {
    OrganisationKind.DISTRICT: Role.COORDINATOR,
    OrganisationKind.COLLABORATIVE: Role.COLLABORATIVE_STAFF,
    OrganisationKind.COOPERATIVE: Role.COLLABORATIVE_STAFF,
}


def role_at(kind: str) -> Role:
    """The role in which a token of an organization acts.

    Raises
    ------
    InvalidInput : organizations of this kind have no tokens.
    """
    role = ROLE_AT.get(OrganisationKind(kind))
    if role is None:
        raise InvalidInput([FieldProblem("organisation", "token_place_wrong")])
    return role


def check_token(name: str, lasts_days: int) -> None:
    """Refuse a token without a name, or one that lasts too long.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not 1 <= len(name.strip()) <= NAME_LENGTH_MAX or not name.isprintable():
        problems.append(FieldProblem("name", "token_name_missing", {"most": NAME_LENGTH_MAX}))
    if not 1 <= lasts_days <= LASTS_DAYS_MAX:
        problems.append(FieldProblem("lasts_days", "token_days_out_of_range", {"most": LASTS_DAYS_MAX}))
    if problems:
        raise InvalidInput(problems)


def expires_on(today: date, lasts_days: int) -> date:
    """The last day on which a token works that is made today."""
    return today + timedelta(days=lasts_days)
