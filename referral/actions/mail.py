"""The outbox: a mail is queued in the transaction of what it tells of, and leaves later by a command."""

from referral.models.base import db
from referral.models.notices import Mail


def queue(address: str, subject: str, body: str, *, path: str, notice_id: int | None = None) -> None:
    """A mail to send: words without any student fact, and the path of a page on this site.

    The command that sends puts the site's address before the path. Once sent, body and path are removed.
    """
    db.session.add(
        Mail(to_address=address, subject=subject, body=body, path=path, notice_id=notice_id),
    )
