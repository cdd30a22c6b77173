"""What an invitation must hold, which role goes where, and what nobody may do to oneself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from referral.errors import FieldProblem, InvalidInput
from referral.rules.organisations import ROLE_PLACES, OrganisationKind
from referral.rules.permissions import Role

EMAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
EMAIL_LENGTH_MAX = 254
NAME_LENGTH_MAX = 120


@dataclass(frozen=True)
class Invitation:
    """A new user: address, name, and the first role."""

    email: str
    name: str
    role: Role


def tidy_email(text: str) -> str:
    """An address as it is kept and compared: lower case, no spaces around, nothing unprintable."""
    return "".join(sign for sign in text if sign.isprintable()).strip().lower()


def check_invitation(invitation: Invitation, kind: OrganisationKind) -> None:
    """Refuse an invitation with a malformed address, without a name, or with a role that has no place there.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    problems = []
    if not EMAIL.fullmatch(invitation.email) or len(invitation.email) > EMAIL_LENGTH_MAX:
        problems.append(FieldProblem("email", "email_invalid"))
    if not 0 < len(invitation.name.strip()) <= NAME_LENGTH_MAX:
        problems.append(FieldProblem("name", "name_missing"))
    problems.extend(_misplaced(invitation.role, kind))
    if problems:
        raise InvalidInput(problems)


def check_role_place(role: Role, kind: OrganisationKind) -> None:
    """Refuse a role that cannot be held at this kind of organization."""
    if problems := _misplaced(role, kind):
        raise InvalidInput(problems)


def check_other_account(actor_user_id: int, user_id: int) -> None:
    """Refuse what an administrator must not do to the own account, lest nobody can mend it."""
    if actor_user_id == user_id:
        raise InvalidInput([FieldProblem("", "own_account")], "own_account")


def check_administrator_left(remaining: int) -> None:
    """Refuse to take away the last active site administrator."""
    if remaining < 1:
        raise InvalidInput([FieldProblem("", "last_administrator")], "last_administrator")


def _misplaced(role: Role, kind: OrganisationKind) -> Sequence[FieldProblem]:
    if kind in ROLE_PLACES[role]:
        return []
    return [FieldProblem("role", "role_wrong_place")]
