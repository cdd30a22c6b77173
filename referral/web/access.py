"""Who may open a page: every view is marked with the permission it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, redirect, request, url_for
from flask_security import current_user

from referral.queries.users import actor_of
from referral.rules.permissions import NOBODY, Actor, Permission, check
from referral.web import parking

View = TypeVar("View", bound=Callable[..., Any])

# Views that are not ours: each with its permission, checked complete by tests/architecture.
THIRD_PARTY_VIEWS = {
    "static": Permission.PUBLIC,
    "security.login": Permission.PUBLIC,
    "security.forgot_password": Permission.PUBLIC,
    "security.reset_password": Permission.PUBLIC,
}


def current_actor() -> Actor:
    """Who sends this request: the signed-in user as an actor, or nobody."""
    if "actor" not in g:
        g.actor = actor_of(current_user) if current_user.is_authenticated else NOBODY
    return cast(Actor, g.actor)


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with a permission: sign-in first, then the permission at some organization.

    Whether the actor holds it at the organization of the record is for the query or the action to check.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return redirect(_sign_in_address(), code=303)
            check(current_actor(), permission)
            parking.fill(current_actor())
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def open_to_all(view: View) -> View:
    """Mark a view as open without an account."""
    view.permission = Permission.PUBLIC  # type: ignore[attr-defined]
    return view


def _sign_in_address() -> str:
    """The sign-in page, which leads back here; a form that was sent is kept for whoever sent it."""
    if request.method != "GET":
        return parking.address_of_parked() if parking.park() else url_for("security.login")
    return url_for("security.login", next=request.full_path.rstrip("?"))
