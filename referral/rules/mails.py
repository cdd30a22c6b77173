"""What becomes of a mail: when it is tried again, and when that is given up."""

from datetime import datetime, timedelta
from enum import Enum

# Pauses after the first, second, ... attempt: a day in all, so a server's bad night loses nothing.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 60, 180, 360, 720))
ATTEMPTS_MAX = len(PAUSES) + 1
# How long one sender has a mail to itself; far longer than a server is waited for.
CLAIM_LASTS = timedelta(minutes=10)


class MailState(Enum):
    """Where a mail is."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class MailFault(Enum):
    """Why a mail was not sent: no answer, a fault of the server, or the address was refused for good."""

    UNREACHABLE = "unreachable"
    SERVER = "server"
    REFUSED = "refused"


def next_try(attempts: int, fault: MailFault, now: datetime) -> datetime | None:
    """When a mail is tried again after so many attempts; None where it has failed."""
    if fault is MailFault.REFUSED or attempts >= ATTEMPTS_MAX:
        return None
    return now + PAUSES[attempts - 1]
