"""The one family of errors; each carries a code and facts, and `referral.wording` gives the sentence."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar


class ReferralError(Exception):
    """Something the application refuses, with the HTTP status and the facts a sentence needs."""

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "refused"

    def __init__(self, code: str | None = None, /, **facts: Any) -> None:
        self.code = code or self.default_code
        self.facts = facts
        super().__init__(self.code)


class NotPermitted(ReferralError):
    """The actor does not hold the permission the page or the action needs."""

    status = 403
    default_code = "not_permitted"


class RecordNotFound(ReferralError):
    """There is no such record, or it is not this actor's to see: the two look the same."""

    status = 404
    default_code = "record_not_found"


class RecordPurged(ReferralError):
    """The content was deleted by the retention schedule; the reference is all that is left."""

    status = 410
    default_code = "record_purged"


class StaleUpdate(ReferralError):
    """Someone saved this record after the actor opened the page."""

    status = 409
    default_code = "stale_update"


class SeatUnavailable(ReferralError):
    """No open seat is left to hold or to fill."""

    status = 409
    default_code = "seat_unavailable"


class TooManyTries(ReferralError):
    """So many tries have failed that the next must wait; `seconds` and `wait` say how long."""

    status = 429
    default_code = "too_many_tries"

    def __init__(self, code: str | None = None, /, *, seconds: int, **facts: Any) -> None:
        super().__init__(code, seconds=seconds, **facts)
        self.seconds = seconds


@dataclasses.dataclass(frozen=True)
class FieldProblem:
    """One field that cannot be accepted: which, a reason code, and the facts for the sentence."""

    field: str
    code: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class InvalidInput(ReferralError):
    """What was entered cannot be accepted; `errors` lists every field at fault."""

    status = 422
    default_code = "invalid_input"

    def __init__(self, errors: Iterable[FieldProblem] = (), code: str | None = None, /, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.errors = tuple(errors)
