"""Rooms in words: who is in them, seats, and how old the fact is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral.rules.program_records import ProgramRecord, RoomRecord, SeatsRecord
from referral.rules.seats import Freshness, age_in_days, age_words, freshness, open_seats
from referral.web.directory_lines import ages_words
from referral.wording.programs import FRESHNESS_TAGS, FRESHNESS_WORDS, confirmed, month
from referral.wording.rankings.options import staff_words


@dataclass(frozen=True)
class RoomShown:
    """A room as a page shows it; None where a number is not known."""

    key: str
    name: str
    band: str
    ratio: str
    group: str
    site: str
    licensed: int | None
    enrolled: int | None
    held: int | None
    open: int | None
    ages_now: str
    openings: str
    fact: str
    freshness: str
    freshness_tag: tuple[str, str]
    example: bool


def rooms_shown(record: ProgramRecord, *, today: date) -> list[RoomShown]:
    """Every room in use, examples last."""
    examples = record.examples.rooms if record.examples else ()
    return [
        *(room_shown(room, today=today, example=False) for room in record.rooms),
        *(room_shown(room, today=today, example=True) for room in examples),
    ]


def room_shown(room: RoomRecord, *, today: date, example: bool) -> RoomShown:
    """A room in words."""
    seats = room.seats
    fresh = freshness(seats.confirmed_on if seats else None, today)
    ratio = room.students_per_adult
    return RoomShown(
        key=room.key,
        name=room.name or room.key.replace("-", " ").capitalize(),
        band=ages_words(room.ages, room.grades),
        ratio="" if ratio is None else f"{ratio.numerator}:{ratio.denominator}",
        group=_group(room),
        site=room.site or "",
        licensed=seats.licensed if seats else None,
        enrolled=seats.enrolled if seats else None,
        held=seats.held if seats else None,
        open=_open(seats, fresh),
        ages_now=_ages_now(seats),
        openings=openings_words((one.on, one.seats) for one in (seats.openings if seats else ())),
        fact=confirmed(age_in_days(seats.confirmed_on, today)) if seats else "",
        freshness=fresh.value,
        freshness_tag=(FRESHNESS_WORDS[fresh.value], FRESHNESS_TAGS[fresh.value]),
        example=example,
    )


def openings_words(openings: Iterable[tuple[date | None, int]]) -> str:
    """Expected openings: "2 in Jan 2027, 1 in Sep 2027"."""
    return ", ".join(f"{seats} in {month(day)}" for day, seats in openings if day)


def _open(seats: SeatsRecord | None, fresh: Freshness) -> int | None:
    """Open seats; not known where the fact is too old to rely on."""
    if seats is None or fresh is Freshness.UNKNOWN:
        return None
    return open_seats(seats.licensed, seats.enrolled, seats.held)


def _group(room: RoomRecord) -> str:
    """Its group: "7 in its group, 1 special educator and 2 aides"; empty where nothing is known."""
    size = "" if room.group_students is None else f"{room.group_students} in its group"
    is_staffed = room.special_educators is not None and room.aides is not None
    staff = staff_words(room.special_educators, room.aides) if is_staffed else ""
    return ", ".join(part for part in (size, staff) if part)


def _ages_now(seats: SeatsRecord | None) -> str:
    if seats is None or seats.youngest_months is None or seats.oldest_months is None:
        return ""
    return f"{age_words(seats.youngest_months)} to {age_words(seats.oldest_months)}"
