"""Reads of the outbox, for those who keep the site: never the text of a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from referral.models.base import db
from referral.models.notices import Mail
from referral.rules.mails import MailState
from referral.rules.permissions import Actor, Permission, check

FAILED_SHOWN = 200


@dataclass(frozen=True)
class MailCounts:
    """How many mails are in each state."""

    queued: int
    failed: int
    sent: int


@dataclass(frozen=True)
class FailedMail:
    """A mail that was given up."""

    to_address: str
    subject: str
    made_at: datetime
    attempts: int
    fault: str


def counts(actor: Actor) -> MailCounts:
    """How many mails wait, were given up, and were sent and not yet forgotten."""
    check(actor, Permission.USERS_MANAGE)
    rows = db.session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    found: dict[str, int] = dict(rows.all())
    return MailCounts(**{state.value: found.get(state.value, 0) for state in MailState})


def failed(actor: Actor) -> Sequence[FailedMail]:
    """The mails that were given up, the newest first."""
    check(actor, Permission.USERS_MANAGE)
    rows = db.session.execute(
        select(Mail.to_address, Mail.subject, Mail.made_at, Mail.attempts, Mail.fault)
        .where(Mail.state == MailState.FAILED.value)
        .order_by(Mail.id.desc())
        .limit(FAILED_SHOWN)
    )
    return [FailedMail(to, subject, at, attempts, fault or "") for to, subject, at, attempts, fault in rows]
