"""The head of the audit log as a small file, to be kept where nobody who owns the database can write."""

import json
from datetime import datetime
from typing import Any

from referral.errors import ReferralError
from referral.rules.audit_chain import DIGEST, Head


class BadHead(ReferralError):
    """A file that is not a head of the audit log."""

    status = 422
    default_code = "audit_head_unreadable"


def head_document(head: Head, *, now: datetime) -> dict[str, Any]:
    """The head as a document: its day, position and hash."""
    return {"as_of": now.isoformat(timespec="seconds"), "position": head.position, "hash": head.hash}


def read_head(text: str) -> Head:
    """The head that a file holds: of several, one in each line, the last.

    Raises
    ------
    BadHead : no JSON, or not what `head_document` writes.
    """
    try:
        document = json.loads(text.strip().rpartition("\n")[2])
        position, digest = document["position"], document["hash"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadHead from error
    if not isinstance(position, int) or position < 0 or not DIGEST.fullmatch(str(digest)):
        raise BadHead
    return Head(position, digest)
