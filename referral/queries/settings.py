"""Reads of what organizations set for themselves; without a row the defaults of their state hold."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from referral.errors import RecordNotFound
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.settings import DayOff, OrganisationSettings
from referral.models.users import RoleAssignment, User
from referral.rules.areas import AreaCounts
from referral.rules.calendars import DEFAULT_ZONE, ZONE_OF_STATE, Calendar
from referral.rules.permissions import Actor, Permission, Role, check, places
from referral.rules.settings import Approval, Settings


def settings_of(organisation: Organisation) -> Settings:
    """One organization's settings."""
    return settings_of_all([organisation])[organisation.id]


def calendar_of(organisation: Organisation) -> Calendar:
    """One organization's working days."""
    return settings_of(organisation).calendar(organisation.state)


def zone_of(actor: Actor) -> ZoneInfo:
    """The time zone the actor reads moments in: that of their first organization."""
    own = [assignment.organisation_id for assignment in actor.assignments]
    found = db.session.execute(
        select(Organisation.state, OrganisationSettings.zone)
        .outerjoin(OrganisationSettings, OrganisationSettings.organisation_id == Organisation.id)
        .where(Organisation.id.in_(own))
        .order_by(Organisation.id)
        .limit(1)
    ).one_or_none()
    state, zone = found or (None, None)
    return ZoneInfo(zone or ZONE_OF_STATE.get(state or "", DEFAULT_ZONE))


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
        areas=AreaCounts(
            row.region,
            row.region_children,
            row.district_children,
            row.counted_year,
            row.count_source,
            row.meter_k,
        ),
        free_text=row.free_text,
    )


def editable_places(actor: Actor) -> Sequence[Organisation]:
    """The organizations whose settings the actor may edit."""
    check(actor, Permission.SETTINGS_EDIT)
    own = places(actor, Permission.SETTINGS_EDIT)
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(own)).order_by(Organisation.name, Organisation.id)
    ).all()


def editable(actor: Actor, slug: str) -> Organisation:
    """The organization of this short name.

    Raises
    ------
    RecordNotFound : there is none whose settings the actor may edit.
    """
    found = next((place for place in editable_places(actor) if place.slug == slug), None)
    if found is None:
        raise RecordNotFound(kind="organisation")
    return found


def version_of(organisation: Organisation) -> int:
    """The version of an organization's settings; 0 while the defaults hold."""
    statement = select(OrganisationSettings.version)
    return db.session.scalar(statement.where(OrganisationSettings.organisation_id == organisation.id)) or 0


def deputies(organisation: Organisation) -> Sequence[User]:
    """The active coordinators of a district, who can stand in for its director."""
    return db.session.scalars(
        select(User)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(
            User.active,
            RoleAssignment.organisation_id == organisation.id,
            RoleAssignment.role == Role.COORDINATOR.value,
        )
        .order_by(User.name, User.id)
    ).all()
