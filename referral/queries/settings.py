"""Reads of what organizations set for themselves; without a row the defaults of their state hold."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.settings import DayOff, OrganisationSettings
from referral.rules.calendars import DEFAULT_ZONE, ZONE_OF_STATE, Calendar
from referral.rules.settings import Approval, Settings


def settings_of(organisation: Organisation) -> Settings:
    """One organization's settings."""
    return settings_of_all([organisation])[organisation.id]


def calendar_of(organisation: Organisation) -> Calendar:
    """One organization's working days."""
    return settings_of(organisation).calendar(organisation.state)


def settings_of_all(organisations: Iterable[Organisation]) -> Mapping[int, Settings]:
    """Settings by the organization's key, in two statements."""
    listed = list(organisations)
    keys = [one.id for one in listed]
    rows = {
        row.organisation_id: row
        for row in db.session.scalars(
            select(OrganisationSettings).where(OrganisationSettings.organisation_id.in_(keys))
        )
    }
    days: dict[int, set[date]] = {key: set() for key in keys}
    for row in db.session.scalars(select(DayOff).where(DayOff.organisation_id.in_(keys))):
        days[row.organisation_id].add(row.day)
    return {one.id: _settings(one, rows.get(one.id), frozenset(days[one.id])) for one in listed}


def _settings(
    organisation: Organisation,
    row: OrganisationSettings | None,
    days_off: frozenset[date],
) -> Settings:
    if row is None:
        return Settings(zone=ZONE_OF_STATE.get(organisation.state or "", DEFAULT_ZONE), days_off=days_off)
    return Settings(
        zone=row.zone,
        days_off=days_off,
        clock_days=row.clock_days,
        approval=Approval(row.approval),
        deputy_id=row.deputy_id,
        live_referrals_max=row.live_referrals_max,
    )
