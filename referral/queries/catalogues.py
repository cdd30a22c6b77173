"""The directory compiled for ranking, kept in this process until the directory or the date changes."""

from datetime import date
from typing import Any, NamedTuple

from matching.catalogue import Catalogue
from referral.formats.kept_rankings import pack_snapshot
from referral.queries import catalog
from referral.queries.program_rows import Stored
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
    return _catalogue(*catalog.current_stored(), today, with_examples=with_examples)


def snapshot(actor: Actor) -> Snapshot:
    """The directory's records now."""
    check(actor, Permission.DIRECTORY_READ)
    return _snapshot(*catalog.current_stored())


def with_snapshot(actor: Actor, today: date, *, with_examples: bool) -> tuple[Catalogue, Snapshot]:
    """The catalogue that is ranked and the records it is made from, both of one moment."""
    check(actor, Permission.DIRECTORY_READ)
    mark, held = catalog.current_stored()
    return _catalogue(mark, held, today, with_examples=with_examples), _snapshot(mark, held)


def _catalogue(mark: str, held: Stored, today: date, *, with_examples: bool) -> Catalogue:
    key = (mark, today, with_examples)
    if key not in _compiled:
        profiles = catalog.on_day(mark, held, today, with_examples=with_examples).profiles
        _compiled[key] = Catalogue.compile(profiles)
        _forget_oldest(_compiled)
    return _compiled[key]


def _snapshot(mark: str, held: Stored) -> Snapshot:
    if mark not in _snapshots:
        records = catalog.snapshot_of(held)
        _snapshots[mark] = Snapshot(records, *pack_snapshot(records))
        _forget_oldest(_snapshots)
    return _snapshots[mark]


def _forget_oldest(cache: dict[Any, Any]) -> None:
    while len(cache) > KEPT:
        cache.pop(next(iter(cache)), None)
