"""Who may call an operation: every view is marked with the permission that the token's role must give."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, request

from referral import callers
from referral.actions.tokens import note_used
from referral.actions.transactions import in_transaction
from referral.errors import ReferralError
from referral.models.base import utc_now
from referral.queries.tokens import Bearer, bearer
from referral.rules.permissions import Permission, check
from referral.rules.throttles import Throttle

View = TypeVar("View", bound=Callable[..., Any])


class NotSignedIn(ReferralError):
    """A request without a token, or with one that does not work."""

    status = 401
    default_code = "token_missing"


def current_bearer() -> Bearer:
    """Who sends this request.

    Raises
    ------
    NotSignedIn : there is no token, or it does not work.
    """
    if "bearer" not in g:
        g.bearer = _bearer()
    return cast(Bearer, g.bearer)


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with a permission: the token first, then the permission.

    Whether the token's organization is that of the record is for the query or the action to check.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            check(current_bearer().actor, permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def _bearer() -> Bearer:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotSignedIn
    found = bearer(secret.strip(), utc_now())
    if found is None:
        callers.count_failure(Throttle.TOKEN_ADDRESS, now=utc_now())
        raise NotSignedIn("token_invalid")
    if found.last_used_on != found.today:  # once a day, so that reading stays reading
        in_transaction(lambda: note_used(found.token_id, found.today))
    return found
