"""What an organization sets for itself: zone, clocks, approval, deputy, live referrals, days off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from referral.actions import audit
from referral.actions.once import add_once
from referral.errors import FieldProblem, InvalidInput, StaleUpdate
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.settings import DayOff, OrganisationSettings
from referral.queries import settings as queries
from referral.rules.permissions import Actor
from referral.rules.settings import DAYS_OFF_MOST, Settings, check_settings, days_off_between

FIELDS = ("zone", "clock_days", "approval", "deputy_id", "live_referrals_max", "free_text")
# Column -> what the rules call it
AREA_FIELDS = {
    "region": "region",
    "region_children": "region_children",
    "district_children": "district_children",
    "counted_year": "counted_year",
    "count_source": "source",
    "meter_k": "k",
}
TEXTS = frozenset({"region", "count_source"})


def save(actor: Actor, slug: str, wanted: Settings, *, version_seen: int) -> None:
    """Set everything but the days off, which are set one by one.

    Raises
    ------
    RecordNotFound : not the actor's organization.
    InvalidInput : something that cannot be.
    StaleUpdate : someone saved after the page was opened.
    """
    place = _locked(actor, slug)
    check_settings(wanted, own_names=[name for name in (place.name, place.town) if name])
    if wanted.deputy_id is not None and wanted.deputy_id not in {one.id for one in queries.deputies(place)}:
        raise InvalidInput([FieldProblem("deputy", "deputy_unknown")])
    row, before = _row(place), queries.settings_of(place)
    version = row.version if row else 0
    if version_seen != version:
        raise StaleUpdate(seen=version_seen, now=version)
    values = _values(wanted)
    if row is None:
        db.session.add(OrganisationSettings(organisation_id=place.id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    db.session.flush()
    audit.record(
        actor, "settings:organisation:saved", "organisation", slug, **_changes(_values(before), values)
    )


def add_days_off(actor: Actor, slug: str, first: date, last: date, *, today: date) -> int:
    """The weekdays from one day to another are free from now on; gives how many were not before.

    Raises
    ------
    RecordNotFound, InvalidInput
    """
    place = _locked(actor, slug)
    days = days_off_between(first, last, today=today)
    before = _count(place)
    if before + len(days) > DAYS_OFF_MOST:
        raise InvalidInput([FieldProblem("first", "days_off_many", {"most": DAYS_OFF_MOST})])
    for day in days:
        add_once(DayOff, organisation_id=place.id, day=day)
    added = _count(place) - before
    audit.record(actor, "settings:days_off:added", "organisation", slug, first=first, last=last, days=added)
    return added


def remove_day_off(actor: Actor, slug: str, day: date) -> None:
    """The day is a working day again, if it was free and is no holiday.

    Raises
    ------
    RecordNotFound
    """
    place = _locked(actor, slug)
    before = _count(place)
    db.session.execute(delete(DayOff).where(DayOff.organisation_id == place.id, DayOff.day == day))
    if _count(place) < before:
        audit.record(actor, "settings:days_off:removed", "organisation", slug, day=day)


def _locked(actor: Actor, slug: str) -> Organisation:
    """The organization, while nobody else changes its settings."""
    place = queries.editable(actor, slug)
    db.session.execute(select(Organisation.id).where(Organisation.id == place.id).with_for_update())
    return place


def _row(place: Organisation) -> OrganisationSettings | None:
    return db.session.scalar(
        select(OrganisationSettings)
        .where(OrganisationSettings.organisation_id == place.id)
        .execution_options(populate_existing=True)
    )


def _values(settings: Settings) -> dict[str, Any]:
    values = {name: getattr(settings, name) for name in FIELDS}
    areas = {column: getattr(settings.areas, name) for column, name in AREA_FIELDS.items()}
    return values | areas | {"approval": settings.approval.value, "clock_days": dict(settings.clock_days)}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What changed: for each setting what it was and what it is; of a text only that it changed."""
    return {
        name: "changed" if name in TEXTS else [before[name], after[name]]
        for name in after
        if before[name] != after[name]
    }


def _count(place: Organisation) -> int:
    statement = select(func.count()).select_from(DayOff).where(DayOff.organisation_id == place.id)
    return db.session.scalar(statement) or 0
