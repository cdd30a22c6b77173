"""A sheet of rooms that came back: beside the rooms as they are, and saved as a whole or not at all."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from referral.actions import seats
from referral.errors import InvalidInput, StaleUpdate
from referral.formats.seats_sheet import Sheet
from referral.models.base import db
from referral.queries import seat_ledger
from referral.queries.seats import RoomEntry, mine, room_name
from referral.rules.permissions import Actor
from referral.rules.seat_ledger import NO_CLAIMS, Claims, check_claims
from referral.rules.seat_sheets import (
    Column,
    Outcome,
    RowOutcome,
    SheetProblem,
    SheetRow,
    as_sent,
    problems_of,
)
from referral.rules.seats import ExpectedOpening, SeatNumbers, check_seats, without_past

RoomKey = tuple[str, str]


@dataclass(frozen=True)
class Preview:
    """What a sheet would do: each row beside its room, or every problem that keeps it from being saved."""

    rows: tuple[RowOutcome, ...]
    problems: tuple[SheetProblem, ...]

    def of(self, outcome: Outcome) -> list[RowOutcome]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome is outcome]


@dataclass(frozen=True)
class Saved:
    """How many rooms were changed, and how many confirmed as they were."""

    changed: int
    confirmed: int


@dataclass(frozen=True)
class _Own:
    """A room of the actor's collaborative."""

    program: str
    entry: RoomEntry
    claims: Claims


def look_at(actor: Actor, sheet: Sheet, *, today: date) -> Preview:
    """What the sheet would change; nothing is changed."""
    own = _own_rooms(actor)
    outcomes: list[RowOutcome] = []
    problems = [*sheet.problems, *_twice(sheet.rows)]
    for row in sheet.rows:
        room = own.get((row.program, row.room))
        if room is None:
            problems.append(SheetProblem(row.number, Column.ROOM.value, "sheet_room_unknown"))
            continue
        outcome = _outcome(row, room, today)
        outcomes.append(outcome)
        problems += _refused(outcome, room.claims, today)
    return Preview(tuple(outcomes), tuple(sorted(problems, key=lambda one: one.row)))


def save(
    actor: Actor,
    sheet: Sheet,
    *,
    stale_seen: Collection[str],
    keep_mine: Collection[str],
    confirm_same: bool,
    today: date,
) -> Saved:
    """Save every row that changes something, all of them or none.

    `stale_seen` names the stale rows that were shown (`stale_key`), `keep_mine` those to save all the same.

    Raises
    ------
    InvalidInput : the sheet has a problem; look at it again.
    StaleUpdate : a room changed while the sheet was looked at.
    """
    preview = look_at(actor, sheet, today=today)
    if preview.problems:
        raise InvalidInput((), "sheet_has_problems")
    if not {stale_key(row) for row in preview.of(Outcome.STALE)} <= set(stale_seen):
        raise StaleUpdate
    mine = [row for row in preview.of(Outcome.STALE) if stale_key(row) in keep_mine]
    changed = [*preview.of(Outcome.CHANGED), *mine]
    same = preview.of(Outcome.SAME) if confirm_same else []
    with db.session.begin_nested():
        for one in sorted(changed, key=lambda one: (one.row.program, one.row.room)):
            _update(actor, one, today)
        return Saved(len(changed), _confirm(actor, same, today))


def stale_key(outcome: RowOutcome) -> str:
    """Names a stale row and the version it was looked at beside: a further change makes it another."""
    return f"{outcome.row.program}/{outcome.row.room}@{outcome.version_now}"


def _update(actor: Actor, one: RowOutcome, today: date) -> None:
    if one.after is not None:
        row = one.row
        seats.update(actor, row.program, row.room, one.after, version_seen=one.version_now, today=today)


def _confirm(actor: Actor, same: Iterable[RowOutcome], today: date) -> int:
    confirmed = 0
    for one in same:
        if one.before is not None:
            seen = {one.row.room: one.version_now}
            try:
                confirmed += seats.confirm(actor, one.row.program, seen, today=today)
            except InvalidInput:  # an example: it waits for real numbers
                continue
    return confirmed


def _own_rooms(actor: Actor) -> dict[RoomKey, _Own]:
    programs = mine(actor)
    claims = seat_ledger.claims_by_key(program.slug for program in programs)
    return {
        (program.slug, entry.record.key): _Own(
            program.name, entry, claims.get((program.slug, entry.record.key), NO_CLAIMS)
        )
        for program in programs
        for entry in program.rooms
    }


def _outcome(row: SheetRow, room: _Own, today: date) -> RowOutcome:
    record = room.entry.record
    before = None
    if record.seats is not None:
        before = SeatNumbers(
            licensed=record.seats.licensed,
            enrolled=record.seats.enrolled,
            held=record.seats.held,
            youngest_months=record.seats.youngest_months,
            oldest_months=record.seats.oldest_months,
            openings=without_past(
                (ExpectedOpening(one.on, one.seats) for one in record.seats.openings if one.on), today
            ),
        )
    after = as_sent(row, before)
    is_same = after is None or after == before
    is_stale = row.version != room.entry.version
    return RowOutcome(
        row=row,
        program=room.program,
        room=room_name(record.name, record.key),
        outcome=Outcome.SAME if is_same else Outcome.STALE if is_stale else Outcome.CHANGED,
        version_now=room.entry.version,
        before=before,
        after=after,
    )


def _refused(outcome: RowOutcome, claims: Claims, today: date) -> Iterator[SheetProblem]:
    """What keeps a row that changes something from being saved."""
    if outcome.after is None or outcome.outcome is Outcome.SAME:
        return
    try:
        check_seats(outcome.after, today=today)
        check_claims(outcome.after, claims)
    except InvalidInput as error:
        yield from problems_of(outcome.row, error)


def _twice(rows: Iterable[SheetRow]) -> Iterator[SheetProblem]:
    first: dict[RoomKey, int] = {}
    for row in rows:
        other = first.setdefault((row.program, row.room), row.number)
        if other != row.number:
            yield SheetProblem(row.number, Column.ROOM.value, "sheet_room_twice", {"other": other})
