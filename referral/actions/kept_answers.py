"""Answers kept for requests with an idempotency key: sent twice, a request is carried out once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from referral.actions.once import INSERTS
from referral.errors import InvalidInput
from referral.models.base import db
from referral.models.tokens import KeptAnswer

KEPT = timedelta(days=2)
PENDING = 0  # the status of an answer that is being made


@dataclass(frozen=True)
class Answered:
    """An answer as it was given."""

    status: int
    body: str
    etag: str | None


def claim(token_id: int, key: str, digest: str, *, now: datetime) -> Answered | None:
    """The answer that this request got before; None if it is the first with its key, which is then its own.

    Two that come at the same moment wait for each other: the second gets the answer of the first.

    Raises
    ------
    InvalidInput : the key came with another request.
    """
    insert = INSERTS[db.engine.dialect.name]
    values = {"token_id": token_id, "key": key, "digest": digest, "status": PENDING, "body": "", "at": now}
    added = insert(KeptAnswer).values(values).on_conflict_do_nothing().returning(KeptAnswer.token_id)
    if db.session.scalar(added) is not None:
        return None
    kept = db.session.execute(
        select(KeptAnswer.digest, KeptAnswer.status, KeptAnswer.body, KeptAnswer.etag).where(
            KeptAnswer.token_id == token_id, KeptAnswer.key == key
        )
    ).one()
    if kept.digest != digest:
        raise InvalidInput((), "idempotency_key_reused")
    return Answered(kept.status, kept.body, kept.etag)


def keep(token_id: int, key: str, answer: Answered) -> None:
    """Keep the answer of a request that was claimed, in the same transaction."""
    db.session.execute(
        update(KeptAnswer)
        .where(KeptAnswer.token_id == token_id, KeptAnswer.key == key)
        .values(status=answer.status, body=answer.body, etag=answer.etag)
    )


def forget_old(now: datetime) -> None:
    """Remove answers that nobody will ask for again."""
    db.session.execute(delete(KeptAnswer).where(KeptAnswer.at < now - KEPT))
