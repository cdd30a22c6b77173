"""Who calls a door, as failures are counted, and the keys of the installation: for the doors only."""

from datetime import datetime
from functools import lru_cache

from flask import current_app, request

from referral.actions import throttles
from referral.actions.throttles import Subject
from referral.actions.transactions import in_transaction
from referral.rules.ciphers import derived_key
from referral.rules.throttles import Throttle, hidden_subject, network_of


def address() -> str:
    """The address of the caller as it is counted; behind proxies, the one the trusted proxy says."""
    return network_of(request.remote_addr or "")


def subject(throttle: Throttle, *parts: str) -> Subject:
    """What a try is counted for, hidden under the key of this installation."""
    return Subject(throttle, hidden_subject(key_for("throttles"), throttle, *parts))


def count_failure(throttle: Throttle, *, now: datetime) -> None:
    """Count a failure of the caller's address, in a transaction of its own.

    Raises
    ------
    TooManyTries : it must wait before it fails again.
    """
    counted = subject(throttle, address())
    in_transaction(lambda: throttles.take([counted], now=now))


def key_for(purpose: str) -> bytes:
    """The key of this installation for one purpose."""
    return _key(current_app.config["SETTINGS"].secret, purpose)


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    return derived_key(secret, purpose)
