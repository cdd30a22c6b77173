"""The directory compiled for ranking, kept in this process until the directory or the date changes."""

from datetime import date
from typing import Any, NamedTuple

from matching.catalogue import Catalogue
from referral.formats.kept_rankings import pack_snapshot
from referral.queries import catalog
from referral.rules.permissions import Actor, Permission, check

KEPT = 4


class Snapshot(NamedTuple):
    """The directory's records: as compared, and as kept."""

    records: dict[str, object]
    digest: str
    content: bytes


_compiled: dict[tuple[str, date, bool], Catalogue] = {}
_snapshots: dict[str, Snapshot] = {}


def compiled(actor: Actor, today: date, *, with_examples: bool) -> Catalogue:
    """The catalogue that is ranked, as of a day."""
    check(actor, Permission.DIRECTORY_READ)
    mark, current = catalog.current(today, with_examples=with_examples)
    key = (mark, today, with_examples)
    if key not in _compiled:
        _compiled[key] = Catalogue.compile(current.profiles)
        _forget_oldest(_compiled)
    return _compiled[key]


def snapshot(actor: Actor) -> Snapshot:
    """The directory's records now."""
    check(actor, Permission.DIRECTORY_READ)
    mark, held = catalog.current_stored()
    if mark not in _snapshots:
        records = catalog.snapshot_of(held)
        _snapshots[mark] = Snapshot(records, *pack_snapshot(records))
        _forget_oldest(_snapshots)
    return _snapshots[mark]


def _forget_oldest(cache: dict[Any, Any]) -> None:
    while len(cache) > KEPT:
        cache.pop(next(iter(cache)), None)
