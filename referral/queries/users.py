"""Reads of users and of what they hold."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.users import RoleAssignment, User
from referral.queries.lists import PAGE_ROWS, Page, contains, page_of
from referral.rules.permissions import Actor, Assignment, Permission, Role, check
from referral.rules.references import ReferenceKind, read_reference
from referral.rules.users import tidy_email

WITH_PLACES = (selectinload(User.assignments).joinedload(RoleAssignment.organisation),)


def actor_of(user: User) -> Actor:
    """The actor a user is: the value that rules, queries and actions take."""
    held = tuple(Assignment(Role(a.role), a.organisation_id) for a in user.assignments)
    return Actor(user_id=user.id, name=user.name, assignments=held)


def get(actor: Actor, ref: str) -> User:
    """The user of a reference, with roles and their organizations.

    Raises
    ------
    RecordNotFound : there is none.
    """
    check(actor, Permission.USERS_MANAGE)
    return _found(User.ref == read_reference(ref, ReferenceKind.USER))


def with_email(actor: Actor, email: str) -> User:
    """The user with this e-mail address.

    Raises
    ------
    RecordNotFound : there is none.
    """
    check(actor, Permission.USERS_MANAGE)
    return _found(User.email == tidy_email(email))


def listed(actor: Actor, search: str = "", *, first: int = 0, limit: int = PAGE_ROWS) -> Page[User]:
    """Users by name, all or those whose name or address contains the search, a page of them."""
    check(actor, Permission.USERS_MANAGE)
    statement = select(User).options(*WITH_PLACES).order_by(User.name, User.id)
    if search.strip():
        statement = statement.where(contains(User.name, search) | contains(User.email, search))
    return page_of(statement, first=first, limit=limit)


def at_organisation(actor: Actor, organisation: Organisation) -> Sequence[User]:
    """Users who hold a role at an organization."""
    check(actor, Permission.USERS_MANAGE)
    held = User.assignments.any(RoleAssignment.organisation_id == organisation.id)
    return db.session.scalars(select(User).where(held).order_by(User.name, User.id)).all()


def administrators(actor: Actor) -> Sequence[User]:
    """Active users who administer the site."""
    check(actor, Permission.USERS_MANAGE)
    held = User.assignments.any(RoleAssignment.role == Role.SITE_ADMINISTRATOR.value)
    return db.session.scalars(select(User).where(User.active, held)).all()


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


def demo_users() -> Sequence[User]:
    """The demo's users, in the order in which they were made; called only where the demo runs."""
    return db.session.scalars(select(User).where(User.is_demo, User.active).order_by(User.id)).all()


def _found(condition: ColumnElement[bool]) -> User:
    user = db.session.scalar(select(User).where(condition).options(*WITH_PLACES))
    if user is None:
        raise RecordNotFound(kind="user")
    return user
