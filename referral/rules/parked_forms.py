"""A form that was sent too late, kept for its user until the next sign-in: what of it, and for how long."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

KEPT_FOR = timedelta(hours=1)
BYTES_MAX = 128 * 1024
FORMS_MAX = 5  # of one user
NEVER_KEPT = frozenset({"csrf_token", "password", "code"})
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ParkedContent:
    """Where a form was sent to, and its fields."""

    address: str
    fields: Pairs


def packed(address: str, fields: Iterable[tuple[str, str]]) -> bytes | None:
    """The form as bytes to seal, without its token and secrets; None where it is too large to keep."""
    kept = [pair for pair in fields if pair[0] not in NEVER_KEPT]
    content = json.dumps([address, kept]).encode()
    return content if len(content) <= BYTES_MAX else None


def unpacked(content: bytes) -> ParkedContent:
    """The form again."""
    address, fields = json.loads(content)
    return ParkedContent(address, tuple((name, value) for name, value in fields))
