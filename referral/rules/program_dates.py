"""Days counted from today made into dates, so that loaded figures keep their age."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from referral.rules.program_records import (
    Examples,
    OpeningRecord,
    ProgramRecord,
    RoomRecord,
    SeatsRecord,
)
from referral.rules.programs import month_ahead


def dated(record: ProgramRecord, *, today: date, with_examples: bool) -> ProgramRecord:
    """The record with dates in place of days and months from today; without examples unless asked for."""
    examples = record.examples if with_examples else None
    return record.model_copy(
        update={
            "rooms": _dated_rooms(record.rooms, today),
            "examples": examples
            and Examples(rooms=_dated_rooms(examples.rooms, today), prices=examples.prices),
        }
    )


def _dated_rooms(rooms: Iterable[RoomRecord], today: date) -> tuple[RoomRecord, ...]:
    return tuple(
        room.model_copy(update={"seats": room.seats and _dated_seats(room.seats, today)}) for room in rooms
    )


def _dated_seats(seats: SeatsRecord, today: date) -> SeatsRecord:
    confirmed_on = seats.confirmed_on
    if confirmed_on is None and seats.confirmed_days_ago is not None:
        confirmed_on = today - timedelta(days=seats.confirmed_days_ago)
    return seats.model_copy(
        update={
            "confirmed_on": confirmed_on,
            "confirmed_days_ago": None,
            "openings": _dated_openings(seats.openings, today),
        }
    )


def _dated_openings(openings: Iterable[OpeningRecord], today: date) -> tuple[OpeningRecord, ...]:
    """Openings by date; those of one day together."""
    seats: Counter[date] = Counter()
    for opening in openings:
        seats[opening.on or month_ahead(today, opening.in_months or 0)] += opening.seats
    return tuple(OpeningRecord(on=day, seats=count) for day, count in sorted(seats.items()))
