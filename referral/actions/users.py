"""What is done to users: invite, disable, enable, issue a link, give and take roles.

Whatever changes what a user may do gives the user a new uniquifier, which ends every session and link.
"""

from sqlalchemy import func, select

from referral.actions import audit
from referral.actions.refusals import refusing
from referral.errors import FieldProblem, InvalidInput, RecordNotFound
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.users import RoleAssignment, User, new_uniquifier
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Actor, Permission, Role, check
from referral.rules.users import (
    Invitation,
    check_administrator_left,
    check_invitation,
    check_other_account,
    check_role_place,
)

EMAIL_TAKEN = {name: FieldProblem("email", "email_taken") for name in ("uq_users_email", "users.email")}


def invite(
    actor: Actor, invitation: Invitation, organisation: Organisation, *, is_demo: bool = False
) -> User:
    """A new user with a first role, who chooses a password by a one-time link the door makes.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.USERS_MANAGE)
    check_invitation(invitation, OrganisationKind(organisation.kind))
    user = User(email=invitation.email, name=invitation.name.strip(), is_demo=is_demo)
    user.assignments.append(RoleAssignment(role=invitation.role.value, organisation=organisation))
    with refusing(EMAIL_TAKEN):
        db.session.add(user)
    _record(actor, "user:account:invited", user, invitation.role, organisation)
    return user


def issue_link(actor: Actor, user: User) -> None:
    """Make way for a new one-time link: earlier links and every session of the user end.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.USERS_MANAGE)
    if not user.active:
        raise InvalidInput([FieldProblem("", "user_disabled")], "user_disabled")
    user.fs_uniquifier = new_uniquifier()
    audit.record(actor, "user:link:issued", "user", user.ref)


def disable(actor: Actor, user: User) -> None:
    """Keep a user from signing in and end every session.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.USERS_MANAGE)
    check_other_account(actor.user_id, user.id)
    if Role.SITE_ADMINISTRATOR.value in {held.role for held in user.assignments}:
        check_administrator_left(_administrators_besides(user))
    user.active = False
    user.fs_uniquifier = new_uniquifier()
    audit.record(actor, "user:account:disabled", "user", user.ref)


def enable(actor: Actor, user: User) -> None:
    """Let a disabled user sign in again."""
    check(actor, Permission.USERS_MANAGE)
    user.active = True
    audit.record(actor, "user:account:enabled", "user", user.ref)


def give_role(actor: Actor, user: User, role: Role, organisation: Organisation) -> None:
    """Give a user a further role at an organization; the user signs in again to use it.

    Raises
    ------
    NotPermitted, InvalidInput
    """
    check(actor, Permission.USERS_MANAGE)
    check_role_place(role, OrganisationKind(organisation.kind))
    if _held(user, role, organisation):
        raise InvalidInput([FieldProblem("role", "role_held_already")])
    user.assignments.append(RoleAssignment(role=role.value, organisation=organisation))
    user.fs_uniquifier = new_uniquifier()
    db.session.flush()
    _record(actor, "user:role:given", user, role, organisation)


def take_role(actor: Actor, user: User, role: Role, organisation: Organisation) -> None:
    """Take a role from a user and end every session.

    Raises
    ------
    NotPermitted, InvalidInput, RecordNotFound
    """
    check(actor, Permission.USERS_MANAGE)
    held = _held(user, role, organisation)
    if held is None:
        raise RecordNotFound(kind="role")
    if role is Role.SITE_ADMINISTRATOR:
        check_other_account(actor.user_id, user.id)
        check_administrator_left(_administrators_besides(user))
    user.assignments.remove(held)
    user.fs_uniquifier = new_uniquifier()
    db.session.flush()
    _record(actor, "user:role:taken", user, role, organisation)


def _held(user: User, role: Role, organisation: Organisation) -> RoleAssignment | None:
    wanted = (role.value, organisation.id)
    return next((held for held in user.assignments if (held.role, held.organisation_id) == wanted), None)


def _administrators_besides(user: User) -> int:
    """How many other active users administer the site."""
    statement = (
        select(func.count(User.id.distinct()))
        .join(User.assignments)
        .where(User.active, User.id != user.id, RoleAssignment.role == Role.SITE_ADMINISTRATOR.value)
    )
    return db.session.scalar(statement) or 0


def _record(actor: Actor, tag: str, user: User, role: Role, organisation: Organisation) -> None:
    audit.record(actor, tag, "user", user.ref, role=role.value, organisation=organisation.slug)
