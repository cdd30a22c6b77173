"""What a user does with their own notices: read one, read all, choose what is mailed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from referral.actions import audit
from referral.actions.once import add_once
from referral.models.base import db
from referral.models.notices import Notice, NoticeChoice
from referral.queries import notices as queries
from referral.rules.notices import Topic
from referral.rules.permissions import Actor, Permission, check


def mark_read(actor: Actor, ref: str, *, now: datetime) -> Notice:
    """One of the actor's notices, read; one that was read keeps its moment.

    Raises
    ------
    RecordNotFound
    """
    row = queries.get(actor, ref)
    row.read_at = row.read_at or now
    return row


def mark_all_read(actor: Actor, *, now: datetime) -> None:
    """Everything told to the actor so far, read."""
    check(actor, Permission.NOTICES_READ)
    db.session.execute(
        update(Notice).where(Notice.user_id == actor.user_id, Notice.read_at.is_(None)).values(read_at=now)
    )


def choose(actor: Actor, wanted: Mapping[Topic, bool]) -> None:
    """What the actor wants mailed; the rest is on the site only."""
    check(actor, Permission.NOTICES_READ)
    for topic, by_mail in wanted.items():
        key = {"user_id": actor.user_id, "topic": topic.value}
        add_once(NoticeChoice, **key, by_mail=by_mail)
        db.session.execute(
            update(NoticeChoice)
            .filter_by(**key)
            .where(NoticeChoice.by_mail != by_mail)
            .values(by_mail=by_mail)
        )
    mailed = [topic.value for topic, by_mail in wanted.items() if by_mail]
    audit.record(actor, "notice:choice:saved", "notice", "choices", mailed=mailed)


def read_about(actor: Actor, subject_kind: str, subject_ref: str, *, now: datetime) -> None:
    """What the actor was told of a subject counts as read once they act on it."""
    db.session.execute(
        update(Notice)
        .where(
            Notice.user_id == actor.user_id,
            Notice.subject_kind == subject_kind,
            Notice.subject_ref == subject_ref,
            Notice.read_at.is_(None),
        )
        .values(read_at=now)
    )
