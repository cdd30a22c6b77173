"""Tries that may fail: each is counted before it is known whether it fails, and given back if it does not.

So of many tries sent at once no more pass than of tries sent one after the other. Rows are locked in one
order, whoever locks them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from referral.errors import TooManyTries
from referral.models.base import db
from referral.models.throttles import ThrottledSubject
from referral.rules.throttles import (
    FORGOTTEN_AFTER,
    KNOWN_FOR,
    Throttle,
    failures_now,
    pause_after,
    wait_words,
)

SHARED = frozenset({Throttle.ACCOUNT, Throttle.SIGN_IN_ADDRESS})  # others may have failed here, too


@dataclass(frozen=True)
class Subject:
    """What a try is counted for: the throttle, and the keyed hash of an account or an address."""

    throttle: Throttle
    hidden: str


def take(subjects: Sequence[Subject], *, now: datetime) -> tuple[Subject, ...]:
    """Count a try against each subject; gives those it was counted for, to give back if it succeeds.

    Raises
    ------
    TooManyTries : one of them must wait; nothing is counted then, so asking again does not lengthen it.
    """
    rows = [_locked(one, now) for one in _in_order(subjects)]
    counted = [row for row in rows if not _knows_better(row, rows, now)]
    wait_seconds = max((_wait_seconds(row, now) for row in counted), default=0)
    if wait_seconds:
        raise TooManyTries(seconds=wait_seconds, wait=wait_words(wait_seconds))
    for row in counted:
        row.failures = failures_now(row.failures, row.last_at, now) + 1
        row.last_at = now
        row.free_at = now + pause_after(Throttle(row.throttle), row.failures)
    _forget(now)
    return tuple(Subject(Throttle(row.throttle), row.subject) for row in counted)


def give_back(subjects: Sequence[Subject], *, now: datetime) -> None:
    """The try succeeded: it did not count, and what only its own sender can fail at begins anew."""
    for one in _in_order(subjects):
        row = _locked(one, now)
        row.failures = max(0, row.failures - 1) if one.throttle in SHARED else 0
        row.free_at = now
        if one.throttle is Throttle.ACCOUNT_AT_ADDRESS:
            row.known_until = now + KNOWN_FOR


def _knows_better(row: ThrottledSubject, rows: Sequence[ThrottledSubject], now: datetime) -> bool:
    """Whether strangers' failures for this account do not matter: the caller's address is known to it."""
    if row.throttle != Throttle.ACCOUNT.value:
        return False
    return any(one.known_until is not None and one.known_until > now for one in rows)


def _wait_seconds(row: ThrottledSubject, now: datetime) -> int:
    return max(0, math.ceil((row.free_at - now).total_seconds()))


def _locked(one: Subject, now: datetime) -> ThrottledSubject:
    """The row of a subject, made if there is none, held until the transaction ends."""
    insert: Any = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    made = {
        "throttle": one.throttle.value,
        "subject": one.hidden,
        "failures": 0,
        "last_at": now,
        "free_at": now,
    }
    db.session.execute(insert(ThrottledSubject).values(**made).on_conflict_do_nothing())
    return db.session.scalars(
        select(ThrottledSubject)
        .where(ThrottledSubject.throttle == one.throttle.value, ThrottledSubject.subject == one.hidden)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _in_order(subjects: Sequence[Subject]) -> list[Subject]:
    return sorted(subjects, key=lambda one: (list(Throttle).index(one.throttle), one.hidden))


def _forget(now: datetime) -> None:
    """Remove what no longer matters to anyone."""
    unknown = or_(ThrottledSubject.known_until.is_(None), ThrottledSubject.known_until < now)
    quiet = ThrottledSubject.last_at < now - FORGOTTEN_AFTER
    db.session.execute(delete(ThrottledSubject).where(quiet, unknown))
