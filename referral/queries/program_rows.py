"""Rows of agencies, programs, sites, prices and rooms to records, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from matching import Interval, Place
from referral.models.base import db
from referral.models.organisations import Membership, Organisation
from referral.models.programs import Agency, Price, Program, Site
from referral.models.seats import Opening, Room
from referral.rules.organisations import OrganisationStatus
from referral.rules.prices import MEMBER_OF, Audience, known_first_day
from referral.rules.program_records import (
    AgencyRecord,
    Examples,
    MemberRecord,
    OpeningRecord,
    PriceRecord,
    ProgramRecord,
    RoomRecord,
    SeatsRecord,
    SiteRecord,
    Source,
)

AGENCY_STATUS = {
    OrganisationStatus.ACTIVE.value: "active",
    OrganisationStatus.CLOSED.value: "dissolved",
    OrganisationStatus.UNVERIFIED.value: "unverified",
}
PlaceKey = tuple[str | None, str | None, str]
RoomPart = tuple[bool, RoomRecord]  # whether it is an example, and its record


@dataclass(frozen=True)
class Stored:
    """Everything the directory is made of: records by key order, and the points of their sites."""

    agencies: Mapping[str, AgencyRecord]
    records: tuple[ProgramRecord, ...]
    places: Mapping[PlaceKey, Place]


def stored(program_ids: Sequence[int] | None = None) -> Stored:
    """The records of all programs, or of these, with their agencies."""
    programs = _only(select(Program, Organisation.slug, Organisation.state), Program.id, program_ids)
    rows = db.session.execute(programs.join(Program.organisation).order_by(Program.slug)).all()
    agencies = agency_records(
        None if program_ids is None else {program.organisation_id for program, *_ in rows}
    )
    sites = _grouped(_only(select(Site).order_by(Site.position), Site.program_id, program_ids), "program_id")
    prices = _grouped(_only(select(Price).order_by(Price.id), Price.program_id, program_ids), "program_id")
    rooms = _rooms(program_ids)
    return Stored(
        agencies=agencies,
        records=tuple(
            record_of(program, slug, sites[program.id], prices[program.id], rooms[program.id])
            for program, slug, _ in rows
        ),
        places={
            (site.zip, site.town, state or ""): Place(latitude=site.latitude, longitude=site.longitude)
            for program, _, state in rows
            for site in sites[program.id]
            if site.latitude is not None
        },
    )


def agency_records(organisation_ids: Iterable[int] | None = None) -> dict[str, AgencyRecord]:
    """The agencies that run programs, by key, with their members."""
    wanted = None if organisation_ids is None else list(organisation_ids)
    district = aliased(Organisation)
    statement = select(Membership, district.name).join(district, Membership.district_id == district.id)
    members: dict[int, list[MemberRecord]] = defaultdict(list)
    for term, name in db.session.execute(
        _only(statement, Membership.collaborative_id, wanted).order_by(district.name, Membership.valid_from)
    ):
        members[term.collaborative_id].append(
            MemberRecord.model_construct(
                district=name, valid_from=known_first_day(term.valid_from), valid_to=term.valid_to
            )
        )
    rows = db.session.execute(
        _only(select(Organisation, Agency.facts).join(Agency), Organisation.id, wanted).order_by(
            Organisation.slug
        )
    )
    return {row.slug: _agency_record(row, facts, tuple(members[row.id])) for row, facts in rows}


def _agency_record(
    row: Organisation, facts: Mapping[str, Any], members: tuple[MemberRecord, ...]
) -> AgencyRecord:
    return AgencyRecord.model_validate(
        {
            **facts,
            "key": row.slug,
            "name": row.name,
            "state": row.state,
            "town": row.town,
            "status": AGENCY_STATUS[row.status],
            "member_list_complete": row.member_list_complete,
            "members": members,
        }
    )


def record_of(
    program: Program, agency: str, sites: Iterable[Site], prices: Iterable[Price], rooms: Iterable[RoomPart]
) -> ProgramRecord:
    """The record of a program out of its rows."""
    priced = [(price.is_example, price_record(price)) for price in prices]
    roomed = list(rooms)
    examples = Examples.model_construct(
        rooms=tuple(room for is_example, room in roomed if is_example),
        prices=tuple(price for is_example, price in priced if is_example),
    )
    return ProgramRecord.model_validate(
        {
            **program.facts,
            "key": program.slug,
            "agency": agency,
            "sites": tuple(_site_record(site) for site in sites),
            "prices": tuple(price for is_example, price in priced if not is_example),
            "rooms": tuple(room for is_example, room in roomed if not is_example),
            "examples": examples if examples.rooms or examples.prices else None,
        }
    )


def _site_record(site: Site) -> SiteRecord:
    return SiteRecord.model_construct(key=site.key, town=site.town, zip=site.zip, place=site.place)


def price_record(price: Price) -> PriceRecord:
    """The record of a price."""
    return PriceRecord.model_validate(
        {
            "item": price.item,
            "usd_per_year": price.usd_per_year,
            "member": MEMBER_OF[Audience(price.audience)],
            "valid_from": known_first_day(price.valid_from),
            "valid_to": price.valid_to,
            "source": price.source_address and Source(address=price.source_address, year=price.source_year),
        }
    )


def _rooms(program_ids: Sequence[int] | None) -> dict[int, list[RoomPart]]:
    """Rooms in use by program: whether the room is an example, and its record."""
    openings = _grouped(
        _only(select(Opening).join(Opening.room), Room.program_id, program_ids).order_by(Opening.opens_on),
        "room_id",
    )
    statement = _only(select(Room), Room.program_id, program_ids).where(Room.retired_on.is_(None))
    found: dict[int, list[RoomPart]] = defaultdict(list)
    for room in db.session.scalars(statement.order_by(Room.id)):
        found[room.program_id].append((room.is_example, room_record(room, openings[room.id])))
    return found


def room_record(room: Room, openings: Iterable[Opening]) -> RoomRecord:
    """The record of a room with its seats."""
    return RoomRecord.model_validate(
        {
            "key": room.key,
            "name": room.name,
            "site": room.site,
            "ages": None if room.age_min is None else Interval(room.age_min, room.age_max or room.age_min),
            "grades": room.grades,
            "students_per_adult": room.ratio_students
            and Fraction(room.ratio_students, room.ratio_adults or 1),
            "group_students": room.group_students,
            "special_educators": room.special_educators,
            "aides": room.aides,
            "seats": _seats_record(room, openings),
        }
    )


def _seats_record(room: Room, openings: Iterable[Opening]) -> SeatsRecord | None:
    if room.licensed is None:
        return None
    return SeatsRecord.model_construct(
        licensed=room.licensed,
        enrolled=room.enrolled or 0,
        held=room.held,
        confirmed_on=room.confirmed_on,
        openings=tuple(OpeningRecord.model_construct(on=one.opens_on, seats=one.seats) for one in openings),
        youngest_months=room.youngest_months,
        oldest_months=room.oldest_months,
    )


def _only(statement: Any, column: Any, keys: Sequence[int] | None) -> Any:
    return statement if keys is None else statement.where(column.in_(keys))


def _grouped(statement: Any, key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(statement):
        found[getattr(row, key)].append(row)
    return found
