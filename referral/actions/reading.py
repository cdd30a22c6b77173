"""Writes down who read what, once in an hour, in a short transaction of its own."""

from collections.abc import Sequence
from datetime import datetime

from referral.actions import audit
from referral.actions.transactions import in_transaction
from referral.queries.reading import new
from referral.rules.permissions import Actor
from referral.rules.reading import Reading

PATIENCE_SECONDS = 5.0


def note(actor: Actor, readings: Sequence[Reading], *, now: datetime) -> int:
    """How many lines the readings made; nothing is written for those of an hour that are there already."""
    fresh = new(actor, readings, now=now) if readings else []
    if not fresh:
        return 0
    return in_transaction(lambda: _write(actor, fresh, now), patience_seconds=PATIENCE_SECONDS)


def _write(actor: Actor, readings: Sequence[Reading], now: datetime) -> int:
    audit.forget_marks(now)
    return sum(audit.note_read(actor, one, now=now) for one in readings)
