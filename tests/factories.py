"""Makes what a test needs, in the words of the field. Synthetic only. Call inside an app context."""

from datetime import date
from itertools import count

from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.users import RoleAssignment, User
from referral.rules.organisations import ROLE_PLACES, OrganisationKind
from referral.rules.permissions import Role

_numbers = count(1)


def an_organisation(kind: str = "district", **facts) -> Organisation:
    """A district, or another kind of organization."""
    number = next(_numbers)
    made = Organisation(
        **{"slug": f"{kind}-{number}".replace("_", "-"), "name": f"A {kind} {number}", "kind": kind} | facts
    )
    db.session.add(made)
    db.session.flush()
    return made


def a_district(**facts) -> Organisation:
    """A school district."""
    return an_organisation("district", **facts)


def a_collaborative(**facts) -> Organisation:
    """An educational collaborative."""
    return an_organisation("collaborative", **facts)


def a_membership(district: Organisation, collaborative: Organisation, **facts) -> Membership:
    """A membership from July 1, 2020 on."""
    made = Membership(
        **{"district_id": district.id, "collaborative_id": collaborative.id, "valid_from": date(2020, 7, 1)}
        | facts
    )
    db.session.add(made)
    db.session.flush()
    return made


def place_for(role: Role) -> Organisation:
    """A new organization of a kind at which the role can be held."""
    kinds = [kind for kind in OrganisationKind if kind in ROLE_PLACES[role]]
    return an_organisation(kinds[0].value)


def a_user(role: Role | str | None = Role.COORDINATOR, at: Organisation | None = None, **facts) -> User:
    """A user with a role at an organization, a new one of the right kind unless given; or with no role."""
    number = next(_numbers)
    made = User(
        **{
            "email": f"user-{number}@district.example",
            "name": f"User {number}",
        }
        | facts
    )
    held = []
    if role is not None:
        role = Role(role)
        place = at or place_for(role)
        held = [RoleAssignment(role=role.value, organisation_id=place.id)]
    made.assignments = held
    db.session.add(made)
    db.session.flush()
    return made
