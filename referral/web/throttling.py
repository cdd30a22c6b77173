"""Slows those who guess passwords, codes and links: each try is counted before it is known to fail."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request, session
from flask_security import current_user
from flask_security.recoverable import reset_password_token_status

from referral import callers
from referral.actions import throttles
from referral.actions.throttles import Subject
from referral.actions.transactions import in_transaction
from referral.models.base import utc_now
from referral.queries.links import LinkSpent
from referral.rules.throttles import Throttle
from referral.rules.users import EMAIL_LENGTH_MAX, tidy_email
from referral.web.second_step import PENDING

View = TypeVar("View", bound=Callable[..., Any])


def paced_sign_in(view: View) -> View:
    """Sign-in: counted for the account, the address, and both; the same whether the account exists."""

    @wraps(view)
    def paced(*args: Any, **kwargs: Any) -> Any:
        if request.method != "POST" or current_user.is_authenticated:
            return view(*args, **kwargs)
        email = tidy_email(request.form.get("email", "")[:EMAIL_LENGTH_MAX])
        at = callers.address()
        tries = [
            callers.subject(Throttle.ACCOUNT, email),
            callers.subject(Throttle.ACCOUNT_AT_ADDRESS, email, at),
            callers.subject(Throttle.SIGN_IN_ADDRESS, at),
        ]
        return _try(tries, lambda: view(*args, **kwargs), passed=_password_was_right)

    return cast(View, paced)


def paced_link(view: View) -> View:
    """A one-use link: addresses that keep bringing links which open nothing must wait; a good one opens."""

    @wraps(view)
    def paced(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except LinkSpent:
            callers.count_failure(Throttle.LINK_ADDRESS, now=utc_now())
            raise

    return cast(View, paced)


def paced_password_link(view: View) -> View:
    """A link to choose a password: the same."""

    @wraps(view)
    def paced(token: str) -> Any:
        expired, invalid, user = reset_password_token_status(token)
        if invalid or (user is None and not expired):
            callers.count_failure(Throttle.LINK_ADDRESS, now=utc_now())
        return view(token)

    return cast(View, paced)


def _try(tries: Sequence[Subject], work: Callable[[], Any], *, passed: Callable[[], bool]) -> Any:
    counted = in_transaction(lambda: throttles.take(tries, now=utc_now()))
    answer = work()
    if passed():
        in_transaction(lambda: throttles.give_back(counted, now=utc_now()))
    return answer


def _password_was_right() -> bool:
    """Whether who signs in is in, or is asked for a code next."""
    return bool(current_user.is_authenticated or session.get(PENDING))
