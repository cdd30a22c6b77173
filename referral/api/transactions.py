"""`commits`: a view that changes something, in one transaction and once for each idempotency key."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask import Response, request

from referral.actions.kept_answers import Answered, claim, keep
from referral.actions.transactions import in_transaction
from referral.api.access import current_bearer
from referral.errors import InvalidInput
from referral.formats.api_operations import IDEMPOTENCY_KEY
from referral.models.base import utc_now

View = TypeVar("View", bound=Callable[..., Response])
KEY_LENGTH_MAX = 64


def commits(view: View) -> View:
    """Run a view in one transaction: kept when it returns, undone when it raises. Put it below `requires`."""

    @wraps(view)
    def committing(*args: Any, **kwargs: Any) -> Response:
        return in_transaction(lambda: _once(lambda: view(*args, **kwargs)))

    committing.commits = True  # type: ignore[attr-defined]
    return cast(View, committing)


def _once(work: Callable[[], Response]) -> Response:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return work()
    if not re.fullmatch(IDEMPOTENCY_KEY, key):
        raise InvalidInput((), "idempotency_key_invalid", most=KEY_LENGTH_MAX)
    token_id = current_bearer().token_id
    before = claim(token_id, key, _digest(), now=utc_now())
    if before is not None:
        answer = Response(before.body, status=before.status, content_type="application/json")
        if before.etag is not None:
            answer.set_etag(before.etag)
        return answer
    answer = work()
    keep(token_id, key, Answered(answer.status_code, answer.get_data(as_text=True), answer.get_etag()[0]))
    return answer


def _digest() -> str:
    """What makes two requests the same."""
    parts = (request.method, request.path, request.headers.get("If-Match", ""))
    return sha256("\n".join(parts).encode() + b"\n" + request.get_data()).hexdigest()
