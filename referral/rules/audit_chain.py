"""The chain of the audit log: each line bears a seal, and each place in the chain binds the one before it.

Both are made with a key that the database does not hold, so that whoever can write to the database can
neither forge a line nor take one out, change it or move it unnoticed. A tail that was cut off shows only
beside a head that was kept elsewhere.

Source: RFC 2104 (HMAC) for the seal; RFC 7693 (BLAKE2 with a key), three times as fast, for the place.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

BEGINNING = "0" * 64  # stands where the first place has none before it
DIGEST = re.compile(r"[0-9a-f]{64}")

# A place as the database holds it: position, event, seal, hash, and the text of the event, if there is one.
Place = tuple[int, int, str, str, str | None]


class ChainFault(Enum):
    """What is wrong with a place of the chain."""

    PLACE_MISSING = "place_missing"
    EVENT_MISSING = "event_missing"
    EVENT_CHANGED = "event_changed"
    OUT_OF_ORDER = "out_of_order"
    NOT_CHAINED = "event_not_chained"
    CUT_OFF = "tail_cut_off"
    ANOTHER_CHAIN = "another_chain"


@dataclass(frozen=True)
class Head:
    """The last place of the chain; position 0 where there is none."""

    position: int
    hash: str


@dataclass(frozen=True)
class Break:
    """The first bad row: its place in the chain, the event there, and what is wrong."""

    position: int
    event_id: int | None
    fault: ChainFault


@dataclass(frozen=True)
class Walked:
    """How far the chain was walked, and where it broke; ``kept`` is the hash at the position asked for."""

    head: Head
    rows: int
    broken: Break | None = None
    kept: str | None = None


NO_HEAD = Head(0, BEGINNING)


def seal_of(key: bytes, event: str) -> str:
    """The seal of an event, from its text as the database holds it."""
    return hmac.digest(key, event.encode(), "sha256").hex()


def hash_after(key: bytes, before: str, position: int, seal: str) -> str:
    """The hash of a place: it binds the hash before it, its number and the seal of its event."""
    place = f"{before}:{position}:{seal}".encode()
    return hashlib.blake2b(place, key=key, digest_size=32).hexdigest()


def walk(key: bytes, places: Iterable[Place], *, after: Head = NO_HEAD, keep: int = 0) -> Walked:
    """Walk the places that follow one, in order, up to the first that is wrong."""
    position, before, rows = after.position, after.hash, 0
    kept = before if keep == position else None
    for place in places:
        fault = _fault(key, place, position + 1, before)
        if fault is not None:
            bad = position + 1 if fault is ChainFault.PLACE_MISSING else place[0]
            event = None if fault is ChainFault.PLACE_MISSING else place[1]
            return Walked(Head(position, before), rows, Break(bad, event, fault), kept)
        position, before, rows = place[0], place[3], rows + 1
        if position == keep:
            kept = before
    return Walked(Head(position, before), rows, None, kept)


def _fault(key: bytes, place: Place, expected: int, before: str) -> ChainFault | None:
    position, _, seal, kept_hash, event = place
    if position != expected:
        return ChainFault.PLACE_MISSING
    if event is None:
        return ChainFault.EVENT_MISSING
    if seal_of(key, event) != seal:
        return ChainFault.EVENT_CHANGED
    if hash_after(key, before, position, seal) != kept_hash:
        return ChainFault.OUT_OF_ORDER
    return None


def beside_head(walked: Walked, head: Head) -> Walked:
    """The same, broken if the chain ends before a head that was kept, or is another one at its place."""
    if walked.broken is not None and walked.broken.position <= head.position:
        return walked
    if walked.head.position < head.position:
        fault = Break(walked.head.position + 1, None, ChainFault.CUT_OFF)
    elif walked.kept != head.hash:
        fault = Break(head.position, None, ChainFault.ANOTHER_CHAIN)
    else:
        return walked
    return Walked(walked.head, walked.rows, fault, walked.kept)
