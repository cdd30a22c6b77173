"""The whole directory as values, kept in this process until the directory's mark or the date changes."""

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import select

from matching import Place, ProgramProfile
from referral.models.base import db
from referral.models.programs import DirectoryStamp
from referral.queries.program_rows import Stored, stored
from referral.rules.program_records import AgencyRecord, ProgramRecord
from referral.rules.programs import program_profile

KEPT = 4
_keeping = Lock()  # requests run in threads


class Catalog(NamedTuple):
    """Agencies by key, program records by key order, and in the same order their profiles."""

    agencies: Mapping[str, AgencyRecord]
    records: tuple[ProgramRecord, ...]
    profiles: tuple[ProgramProfile, ...]


_stored: dict[str, Stored] = {}
_catalogs: dict[tuple[str, date, bool], Catalog] = {}


def mark() -> str:
    """The directory's mark now; another one means that something of it changed."""
    return db.session.scalars(_MARK).one()


_MARK = select(DirectoryStamp.mark)  # put together once: that takes longer than asking


def current_stored() -> tuple[str, Stored]:
    """The mark and all records; read from the database only after a change."""
    now = mark()
    if now not in _stored:
        keep(_stored, now, stored())
    return now, _stored[now]


def current(today: date, *, with_examples: bool) -> tuple[str, Catalog]:
    """The mark and the catalog of a day."""
    now, held = current_stored()
    return now, on_day(now, held, today, with_examples=with_examples)


def on_day(mark: str, held: Stored, today: date, *, with_examples: bool) -> Catalog:
    """The catalog of a day of the records that bear a mark."""
    key = (mark, today, with_examples)
    if key not in _catalogs:
        keep(_catalogs, key, _compile(held, today, with_examples=with_examples))
    return _catalogs[key]


def snapshot_of(held: Stored) -> dict[str, Any]:
    """The records as JSON values in a fixed order and with absolute dates; `catalog_of` reads them."""
    return {
        "agencies": [_plain(held.agencies[key]) for key in sorted(held.agencies)],
        "programs": [_plain(record) for record in sorted(held.records, key=lambda record: record.key)],
        "places": sorted(
            [*(part or "" for part in key), place.latitude, place.longitude]
            for key, place in held.places.items()
        ),
    }


def catalog_of(snapshot: Mapping[str, Any], *, today: date, with_examples: bool) -> Catalog:
    """The catalog that a snapshot holds."""
    agencies = [AgencyRecord.model_validate(one) for one in snapshot["agencies"]]
    held = Stored(
        agencies={agency.key: agency for agency in agencies},
        records=tuple(ProgramRecord.model_validate(one) for one in snapshot["programs"]),
        places={
            (zip_code or None, town or None, state): Place(latitude=latitude, longitude=longitude)
            for zip_code, town, state, latitude, longitude in snapshot["places"]
        },
    )
    return _compile(held, today, with_examples=with_examples)


def _plain(record: AgencyRecord | ProgramRecord) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True)


def _compile(held: Stored, today: date, *, with_examples: bool) -> Catalog:
    def find_place(zip_code: str | None, town: str | None, state: str) -> Place | None:
        return held.places.get((zip_code, town, state))

    return Catalog(
        agencies=held.agencies,
        records=held.records,
        profiles=tuple(
            program_profile(
                record,
                held.agencies[record.agency],
                today=today,
                with_examples=with_examples,
                find_place=find_place,
            )
            for record in held.records
        ),
    )


def keep(cache: dict[Any, Any], key: Any, value: Any) -> None:
    """Keep a value, and drop the oldest ones."""
    with _keeping:
        cache[key] = value
        while len(cache) > KEPT:
            del cache[next(iter(cache))]
