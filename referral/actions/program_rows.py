"""Records to the columns of programs, sites, prices and rooms."""

from collections.abc import Iterable
from typing import Any

from referral.models.programs import Price, Program, Site
from referral.models.seats import Opening, Room
from referral.rules.prices import AUDIENCE_OF, BEFORE_RECORDS
from referral.rules.program_records import PriceRecord, ProgramRecord, RoomRecord, SeatsRecord
from referral.rules.programs import PlaceFinder
from referral.rules.seats import ReportKind

BESIDE_FACTS = {"key", "agency", "sites", "rooms", "prices", "examples"}


def facts_of(record: ProgramRecord) -> dict[str, Any]:
    """The record as JSON, without what has tables of its own."""
    return record.model_dump(mode="json", exclude_defaults=True, exclude=BESIDE_FACTS)


def set_facts(program: Program, record: ProgramRecord) -> None:
    """Write a record's facts, and the columns beside them, into a program."""
    program.name = record.name
    program.status = record.status.value
    program.program_type = record.program_type and record.program_type.value
    program.setting = record.setting and record.setting.value
    program.age_min = record.ages and record.ages.low
    program.age_max = record.ages and record.ages.high
    program.facts = facts_of(record)


def new_sites(record: ProgramRecord, state: str, find_place: PlaceFinder) -> list[Site]:
    """A record's sites with the points of their ZIP or town."""
    found = []
    for position, site in enumerate(record.sites, start=1):
        place = find_place(site.zip, site.town, state)
        found.append(
            Site(
                position=position,
                key=site.key,
                town=site.town,
                zip=site.zip,
                place=site.place,
                latitude=place and place.latitude,
                longitude=place and place.longitude,
            )
        )
    return found


def new_price(price: PriceRecord, *, is_example: bool) -> Price:
    """A price as a row."""
    return Price(
        item=price.item.value,
        audience=AUDIENCE_OF[price.member].value,
        usd_per_year=price.usd_per_year,
        valid_from=price.valid_from or BEFORE_RECORDS,
        valid_to=price.valid_to,
        is_example=is_example,
        source_address=price.source and price.source.address,
        source_year=price.source and price.source.year,
    )


def set_band(room: Room, record: RoomRecord) -> None:
    """Write a room's name, site, ages, grades, ratio and group."""
    room.name = record.name
    room.site = record.site
    room.age_min = record.ages and record.ages.low
    room.age_max = record.ages and record.ages.high
    room.grades = None if record.grades is None else [grade.value for grade in record.grades]
    ratio = record.students_per_adult
    room.ratio_students = None if ratio is None else ratio.numerator
    room.ratio_adults = None if ratio is None else ratio.denominator
    room.group_students = record.group_students
    room.special_educators = record.special_educators
    room.aides = record.aides


def set_seats(room: Room, seats: SeatsRecord | None) -> None:
    """Write a room's seats, or that they are not known."""
    room.licensed = seats.licensed if seats else None
    room.enrolled = seats.enrolled if seats else None
    room.held = seats.held if seats else 0
    room.confirmed_on = seats.confirmed_on if seats else None
    room.youngest_months = seats.youngest_months if seats else None
    room.oldest_months = seats.oldest_months if seats else None
    set_openings(room, ((one.on, one.seats) for one in (seats.openings if seats else ())))


def set_openings(room: Room, openings: Iterable[tuple[Any, int]]) -> None:
    """Write a room's expected openings; one of a day that stays keeps its row."""
    wanted = dict(openings)
    for row in list(room.openings):
        if row.opens_on in wanted:
            row.seats = wanted.pop(row.opens_on)
        else:
            room.openings.remove(row)
    room.openings.extend(Opening(opens_on=day, seats=seats) for day, seats in wanted.items())


def report_of(room: Room, kind: ReportKind, actor_user_id: int | None) -> dict[str, Any]:
    """A line of the history of seat reports: the room's seats as they are now."""
    return {
        "room_id": room.id,
        "actor_user_id": actor_user_id,
        "kind": kind.value,
        "licensed": room.licensed,
        "enrolled": room.enrolled,
        "held": room.held,
        "youngest_months": room.youngest_months,
        "oldest_months": room.oldest_months,
        "openings": [{"on": row.opens_on.isoformat(), "seats": row.seats} for row in room.openings],
        "confirmed_on": room.confirmed_on,
        "is_example": room.is_example,
    }
