"""The outbox: a mail is queued in the transaction of what it tells of, and leaves later by a command.

Nothing is lost by a fault of a server, and two senders never send the same mail: each claims it with one
guarded statement. A sender that is killed between the server's yes and its own note sends again later; the
mail's id is the same, so that a mailbox can tell.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Update, select, update

from referral.actions import audit
from referral.actions.transactions import in_transaction
from referral.models.base import db
from referral.models.notices import Mail
from referral.rules.mails import ATTEMPTS_MAX, CLAIM_LASTS, MailFault, MailState, next_try
from referral.rules.permissions import Actor, Permission, check

SENT_AT_ONCE = 500


class MailNotSent(Exception):
    """A mail could not be handed over; `fault` says whose fault it was."""

    def __init__(self, fault: MailFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class Outgoing:
    """A mail claimed by one sender."""

    mail_id: int
    to_address: str
    subject: str
    body: str
    path: str


Deliver = Callable[[Outgoing], None]


def queue(address: str, subject: str, body: str, *, path: str, notice_id: int | None = None) -> None:
    """A mail to send: words without any student fact, and the path of a page on this site.

    The command that sends puts the site's address before the path. Once sent, body and path are removed.
    """
    db.session.add(
        Mail(to_address=address, subject=subject, body=body, path=path, notice_id=notice_id),
    )


def send_due(actor: Actor, deliver: Deliver, *, clock: Callable[[], datetime]) -> Counter[str]:
    """Hand over what is due, the oldest first; gives how many were sent, put off and given up.

    When the server cannot be reached the rest is left for the next run.
    """
    check(actor, Permission.CLOCKS_RUN)
    done: Counter[str] = Counter()
    for mail_id in _due(clock()):
        outgoing = in_transaction(partial(_claim, mail_id, clock()))
        if outgoing is None:
            continue
        fault = _delivered(deliver, outgoing)
        state = in_transaction(partial(_settle, mail_id, fault, clock()))
        done["put_off" if state is MailState.QUEUED else state.value] += 1
        if fault is MailFault.UNREACHABLE:
            break
    return done


def retry_failed(actor: Actor, now: datetime) -> int:
    """Put what was given up back into the queue; gives how many."""
    check(actor, Permission.USERS_MANAGE)
    changed = _changed(
        update(Mail)
        .where(Mail.state == MailState.FAILED.value)
        .values(state=MailState.QUEUED.value, attempts=0, next_try_at=now)
    )
    if changed:
        audit.record(actor, "mail:outbox:retried", "mail", "outbox", mails=changed)
    return changed


def _due(now: datetime) -> list[int]:
    statement = (
        select(Mail.id)
        .where(Mail.state == MailState.QUEUED.value, Mail.next_try_at <= now)
        .order_by(Mail.next_try_at, Mail.id)
        .limit(SENT_AT_ONCE)
    )
    found = list(db.session.scalars(statement))
    db.session.rollback()  # no reading transaction stays open while a server is waited for
    return found


def _claim(mail_id: int, now: datetime) -> Outgoing | None:
    """The mail, for this sender alone until the claim runs out; None where another one has it."""
    statement = (
        update(Mail)
        .where(Mail.id == mail_id, Mail.state == MailState.QUEUED.value, Mail.next_try_at <= now)
        .values(attempts=Mail.attempts + 1, next_try_at=now + CLAIM_LASTS)
    )
    if _changed(statement) != 1:
        return None
    row = _row(mail_id)
    if row.attempts > ATTEMPTS_MAX:  # the last attempt was claimed and its sender never came back
        row.state, row.fault = MailState.FAILED.value, MailFault.SERVER.value
        return None
    return Outgoing(row.id, row.to_address, row.subject, row.body or "", row.path or "")


def _delivered(deliver: Deliver, outgoing: Outgoing) -> MailFault | None:
    try:
        deliver(outgoing)
    except MailNotSent as error:
        return error.fault
    return None


def _settle(mail_id: int, fault: MailFault | None, now: datetime) -> MailState:
    row = _row(mail_id)
    if fault is None:
        row.state, row.sent_at, row.fault = MailState.SENT.value, now, None
        row.body = row.path = None
        return MailState.SENT
    row.fault = fault.value
    later = next_try(row.attempts, fault, now)
    if later is None:
        row.state = MailState.FAILED.value
        return MailState.FAILED
    row.next_try_at = later
    return MailState.QUEUED


def _row(mail_id: int) -> Mail:
    return db.session.scalars(
        select(Mail).where(Mail.id == mail_id).execution_options(populate_existing=True)
    ).one()


def _changed(statement: Update) -> int:
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    changed: int = result.rowcount  # type: ignore[attr-defined]
    return changed
