"""`commits`: the only place where a page begins and commits a transaction."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, request

from referral.actions.transactions import in_transaction
from referral.web import parking

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def commits(view: View) -> View:
    """Run what a view does on POST in one transaction: saved when it returns, undone when it raises.

    Put it below `requires`. On GET the view runs as it is and saves nothing.
    """

    @wraps(view)
    def committing(*args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE_METHODS:
            return view(*args, **kwargs)
        if "shows_parked" in g:
            return parking.shown(lambda: view(*args, **kwargs))
        return in_transaction(lambda: view(*args, **kwargs))

    committing.commits = True  # type: ignore[attr-defined]
    return cast(View, committing)
