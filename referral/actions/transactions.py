"""The one place that begins, commits and retries a transaction that writes."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from referral.actions import audit
from referral.errors import ReferralError, StaleUpdate
from referral.models.base import db
from referral.models.sqlite import WRITES

T = TypeVar("T")
AnySession = Session | scoped_session[Any]
PATIENCE_SECONDS = 15.0
PAUSE_SECONDS = 0.001
SERIALIZATION_STATES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock
ATTEMPTS = 5
# SQLite has one writer at a time: the threads of a process wait here, so that one of them asks the file.
_TURN = threading.RLock()


class DatabaseBusy(ReferralError):
    """Another writer kept the database for longer than our patience."""

    status = 503
    default_code = "database_busy"


def in_transaction(work: Callable[[], T], *, patience_seconds: float = PATIENCE_SECONDS) -> T:
    """What `work` returns, after everything it changed is committed; on any error nothing is.

    `work` may run more than once (PostgreSQL refuses one of two that clash), so it must have no effect
    outside the database.

    Raises
    ------
    DatabaseBusy : no turn to write within the patience.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _attempt(work, patience_seconds)
        except BaseException as error:
            if attempt < ATTEMPTS and _clashed(error):
                _pause()
                continue
            if isinstance(error, StaleDataError):
                raise StaleUpdate from error
            raise
    raise AssertionError("unreachable")


def _attempt(work: Callable[[], T], patience_seconds: float) -> T:
    with _turn(patience_seconds) as left_seconds:
        try:
            begin_writing(patience_seconds=left_seconds)
            result = work()
            audit.close()
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        return result


@contextmanager
def _turn(patience_seconds: float) -> Iterator[float]:
    """This thread's turn to write on SQLite; gives the patience that is left. PostgreSQL needs no turns."""
    if db.engine.dialect.name != "sqlite":
        yield patience_seconds
        return
    began = time.monotonic()
    db.session.rollback()  # no reading transaction is held while waiting
    if not _TURN.acquire(timeout=patience_seconds):
        raise DatabaseBusy
    try:
        yield max(0.0, patience_seconds - (time.monotonic() - began))
    finally:
        _TURN.release()


def begin_writing(session: AnySession = db.session, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Begin a transaction that holds SQLite's write lock from its start, waiting for a fair turn."""
    deadline = time.monotonic() + patience_seconds
    while True:
        session.rollback()  # ends the reading transaction in which the user was loaded
        try:
            session.connection(execution_options={WRITES: True})
            return
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            if time.monotonic() > deadline:
                raise DatabaseBusy from error
            _pause()


def _clashed(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in SERIALIZATION_STATES


def _pause() -> None:
    time.sleep(PAUSE_SECONDS * (1 + random.random()))  # noqa: S311 - jitter, not a secret
