"""Loads the rooms of a file; seats that staff confirmed or changed, or that referrals claim, stay."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from referral.actions import history, seat_ledger
from referral.actions.program_rows import report_of, set_band, set_seats
from referral.models.base import db
from referral.models.programs import Program
from referral.models.seats import Room, SeatReport
from referral.queries.program_rows import room_record
from referral.queries.seat_ledger import claims
from referral.rules.import_counts import ImportCounts, Outcome
from referral.rules.program_records import ProgramRecord, RoomRecord
from referral.rules.seat_ledger import Claims
from referral.rules.seats import MoveKind, ReportKind

ProgramAndRecord = tuple[Program, ProgramRecord]


def import_rooms(
    programs: Iterable[ProgramAndRecord], today: date, counts: ImportCounts, *, with_examples: bool
) -> None:
    """Add, change and retire rooms, and write a line of history for seats that changed."""
    held: dict[int, dict[str, Room]] = defaultdict(dict)
    for row in db.session.scalars(select(Room).options(selectinload(Room.openings))):
        held[row.program_id][row.key] = row
    claimed = claims()
    reported: list[tuple[Room, seat_ledger.Numbers]] = []
    for program, record in programs:
        rows = held[program.id]
        for room, is_example in _rooms_of(record):
            before = _numbers_before(rows.get(room.key))
            outcome, seats_changed = _import_room(program, room, rows, claimed, is_example=is_example)
            counts.note("rooms", outcome)
            if seats_changed:
                reported.append((rows[room.key], before))
        gone = _missing(program, record, rows.values(), claimed, with_examples=with_examples)
        for row in gone:
            row.retired_on = today
            row.version += 1
        counts.note("rooms", Outcome.RETIRED, len(gone))
    db.session.flush()
    for row, before in reported:
        history.append(SeatReport, [report_of(row, ReportKind.IMPORTED, None)])
        seat_ledger.post(None, row, before, MoveKind.IMPORTED)


def _numbers_before(row: Room | None) -> seat_ledger.Numbers:
    return (0, 0, 0) if row is None else seat_ledger.numbers_of(row)


def _rooms_of(record: ProgramRecord) -> list[tuple[RoomRecord, bool]]:
    examples = record.examples.rooms if record.examples else ()
    return [*((room, False) for room in record.rooms), *((room, True) for room in examples)]


def _import_room(
    program: Program,
    record: RoomRecord,
    rows: dict[str, Room],
    claimed: Mapping[int, Claims],
    *,
    is_example: bool,
) -> tuple[Outcome, bool]:
    """Bring a room up to its record; says what was done and whether its seats changed."""
    row = rows.get(record.key)
    if row is None:
        row = Room(program_id=program.id, key=record.key, is_example=is_example, openings=[])
        rows[record.key] = row
        set_band(row, record)
        set_seats(row, record.seats)
        db.session.add(row)
        return Outcome.ADDED, record.seats is not None
    if _kept(program, row, is_example=is_example):
        return Outcome.KEPT, False
    before = room_record(row, row.openings)
    seats_stay = row.confirmed_by is not None or row.id in claimed or before.seats == record.seats
    if seats_stay and _same_band(row, before, record, is_example=is_example):
        return Outcome.UNCHANGED, False
    set_band(row, record)
    row.retired_on = None
    row.is_example = is_example
    row.version += 1
    if not seats_stay:
        set_seats(row, record.seats)
    return Outcome.CHANGED, not seats_stay


def _kept(program: Program, row: Room, *, is_example: bool) -> bool:
    """Whether the room is its staff's: they edit the program, or gave an example real numbers."""
    return program.updated_by is not None or (is_example and not row.is_example)


def _same_band(row: Room, before: RoomRecord, record: RoomRecord, *, is_example: bool) -> bool:
    """Whether the room but for its seats is as in the file."""
    return (
        row.retired_on is None
        and row.is_example == is_example
        and before.model_copy(update={"seats": record.seats}) == record
    )


def _missing(
    program: Program,
    record: ProgramRecord,
    rows: Iterable[Room],
    claimed: Mapping[int, Claims],
    *,
    with_examples: bool,
) -> list[Room]:
    """Rooms in use that the file no longer has, that no staff have taken over and no referral claims."""
    if program.updated_by is not None:
        return []
    named = {room.key for room in record.all_rooms}
    return [
        row
        for row in rows
        if row.key not in named
        and row.retired_on is None
        and row.confirmed_by is None
        and row.id not in claimed
        and (with_examples or not row.is_example)
    ]
