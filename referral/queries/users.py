"""Reads of users and of what they hold."""

from collections.abc import Sequence

from sqlalchemy import func, select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.users import RoleAssignment, User
from referral.rules.permissions import Actor, Assignment, Permission, Role, check


def actor_of(user: User) -> Actor:
    """The actor a user is: the value that rules, queries and actions take."""
    held = tuple(Assignment(Role(a.role), a.organisation_id) for a in user.assignments)
    return Actor(user_id=user.id, name=user.name, assignments=held)


def get(actor: Actor, email: str) -> User:
    """The user with this e-mail address.

    Raises
    ------
    RecordNotFound : there is none.
    """
    check(actor, Permission.USERS_MANAGE)
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise RecordNotFound(kind="user")
    return user


def listed(actor: Actor, search: str = "") -> Sequence[User]:
    """Users by name, all or those whose name or address contains the search."""
    check(actor, Permission.USERS_MANAGE)
    statement = select(User).order_by(User.name, User.id)
    if search.strip():
        wanted = f"%{_escaped(search.strip().lower())}%"
        statement = statement.where(
            func.lower(User.name).like(wanted, escape="\\") | User.email.like(wanted, escape="\\")
        )
    return db.session.scalars(statement).all()


def demo_user(role: Role) -> User:
    """The demo's user of a role, for one-click sign-in; called only where the demo runs.

    Raises
    ------
    RecordNotFound : the demo has no user of this role.
    """
    user = db.session.scalar(
        select(User)
        .join(User.assignments)
        .where(User.is_demo, User.active, RoleAssignment.role == role.value)
        .order_by(User.id)
        .limit(1)
    )
    if user is None:
        raise RecordNotFound(kind="user")
    return user


def _escaped(text: str) -> str:
    """Text for LIKE in which percent, underscore and backslash stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
