"""Loads agencies, their member districts and the memberships of a file."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.programs import Agency
from referral.rules.import_counts import ImportCounts, Outcome
from referral.rules.organisations import HAVE_MEMBERS, OrganisationKind, OrganisationStatus
from referral.rules.prices import BEFORE_RECORDS
from referral.rules.program_records import AgencyRecord, MemberRecord

STATUS = {
    "active": OrganisationStatus.ACTIVE,
    "dissolved": OrganisationStatus.CLOSED,
    "unverified": OrganisationStatus.UNVERIFIED,
}
IN_COLUMNS = {"key", "name", "state", "town", "status", "members", "member_list_complete"}


def import_agencies(records: Iterable[AgencyRecord], counts: ImportCounts) -> dict[str, Organisation]:
    """Add and change agencies, districts and memberships; give the agencies' organizations by key."""
    agencies = list(records)
    known = {row.slug: row for row in db.session.scalars(select(Organisation))}
    facts = {row.organisation_id: row for row in db.session.scalars(select(Agency))}
    for record in agencies:
        counts.note("agencies", _import_agency(record, known, facts))
    districts = _import_districts(agencies, known, counts)
    db.session.flush()
    _add_facts(agencies, known, facts)
    _import_memberships(agencies, known, districts, counts)
    return {record.key: known[record.key] for record in agencies}


def _import_agency(record: AgencyRecord, known: dict[str, Organisation], facts: dict[int, Agency]) -> Outcome:
    """Bring an agency's organization up to its record; its kind is an administrator's to change."""
    row = known.get(record.key)
    if row is None:
        known[record.key] = row = Organisation(
            slug=record.key, kind=OrganisationKind.COLLABORATIVE.value, **_columns(record)
        )
        db.session.add(row)
        return Outcome.ADDED
    wanted = _columns(record)
    if row.kind not in {kind.value for kind in HAVE_MEMBERS}:
        del wanted["member_list_complete"]
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    beside = facts.get(row.id)
    if beside is not None and beside.facts != _facts(record):
        beside.facts = _facts(record)
        return Outcome.CHANGED
    return Outcome.CHANGED if changed else Outcome.UNCHANGED


def _columns(record: AgencyRecord) -> dict[str, Any]:
    first = record.sources[0] if record.sources else None
    return {
        "name": record.name,
        "state": record.state,
        "town": record.town,
        "status": STATUS[record.status].value,
        "member_list_complete": record.member_list_complete,
        "source_address": first and first.address,
        "source_year": first and first.year,
    }


def _facts(record: AgencyRecord) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True, exclude=IN_COLUMNS)


def _add_facts(
    agencies: Iterable[AgencyRecord], known: dict[str, Organisation], facts: dict[int, Agency]
) -> None:
    for record in agencies:
        organisation = known[record.key]
        if organisation.id not in facts:
            db.session.add(Agency(organisation_id=organisation.id, facts=_facts(record)))


DistrictKey = tuple[str, str | None]


def _import_districts(
    agencies: Iterable[AgencyRecord], known: dict[str, Organisation], counts: ImportCounts
) -> dict[DistrictKey, Organisation]:
    """Every member district by name and state; those not on record are added."""
    kind = OrganisationKind.DISTRICT.value
    districts = {(row.name, row.state): row for row in known.values() if row.kind == kind}
    for name, state in sorted({(m.district, agency.state) for agency in agencies for m in agency.members}):
        if (name, state) in districts:
            counts.note("districts", Outcome.UNCHANGED)
            continue
        row = Organisation(slug=_district_slug(name, state, known), name=name, kind=kind, state=state)
        known[row.slug] = districts[name, state] = row
        db.session.add(row)
        counts.note("districts", Outcome.ADDED)
    return districts


def _district_slug(name: str, state: str, taken: dict[str, Organisation]) -> str:
    """A short name like lexington-ma that no other organization has."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "district"
    slug = f"{base}-{state.lower()}"
    number = 2
    while slug in taken:
        slug = f"{base}-{state.lower()}-{number}"
        number += 1
    return slug


def _import_memberships(
    agencies: Iterable[AgencyRecord],
    known: dict[str, Organisation],
    districts: dict[DistrictKey, Organisation],
    counts: ImportCounts,
) -> None:
    """Add the memberships of districts that have none there; an end date of the file closes an open one."""
    terms: dict[tuple[int, int], list[Membership]] = {}
    for term in db.session.scalars(select(Membership)):
        terms.setdefault((term.district_id, term.collaborative_id), []).append(term)
    for agency in agencies:
        for member in agency.members:
            district, collaborative = districts[member.district, agency.state], known[agency.key]
            held = terms.get((district.id, collaborative.id))
            if held is None:
                _add_membership(agency, member, district, collaborative)
                counts.note("memberships", Outcome.ADDED)
            else:
                counts.note("memberships", _end_membership(member, held))


def _add_membership(
    agency: AgencyRecord, member: MemberRecord, district: Organisation, collaborative: Organisation
) -> None:
    db.session.add(
        Membership(
            district_id=district.id,
            collaborative_id=collaborative.id,
            valid_from=member.valid_from or BEFORE_RECORDS,
            valid_to=member.valid_to,
            source_address=agency.sources[0].address if agency.sources else None,
        )
    )


def _end_membership(member: MemberRecord, held: Iterable[Membership]) -> Outcome:
    first = member.valid_from or BEFORE_RECORDS
    same = next((term for term in held if term.valid_from == first), None)
    if same is None or same.valid_to == member.valid_to:
        return Outcome.UNCHANGED
    if member.valid_to is None:
        return Outcome.KEPT
    same.valid_to = member.valid_to
    return Outcome.CHANGED
