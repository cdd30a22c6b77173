"""What staff do to seats: enter new numbers, step one up or down, or say that all is still right."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from referral.actions import audit, directory, history, seat_ledger, upkeep
from referral.actions.program_rows import report_of, set_openings
from referral.errors import InvalidInput, StaleUpdate
from referral.models.seats import Room, SeatReport
from referral.queries.programs import own_row
from referral.queries.seat_ledger import claims_of
from referral.queries.seats import room_row
from referral.rules.permissions import Actor, Permission
from referral.rules.seat_ledger import check_claims
from referral.rules.seats import ExpectedOpening, MoveKind, ReportKind, SeatNumbers, check_seats, without_past

Counted = Literal["licensed", "enrolled", "held"]


def update(
    actor: Actor, slug: str, key: str, numbers: SeatNumbers, *, version_seen: int, today: date
) -> Room:
    """Save a room's numbers; from then on its seats are real, confirmed today.

    Raises
    ------
    RecordNotFound, StaleUpdate
    InvalidInput : numbers that cannot be, or fewer seats held or enrolled than referrals need.
    """
    return _save(actor, slug, _locked(actor, slug, key, version_seen), numbers, today=today)


def _save(actor: Actor, slug: str, room: Room, numbers: SeatNumbers, *, today: date) -> Room:
    """Save the numbers of a room that is locked; everything is written at once, at the end."""
    check_seats(numbers, today=today)
    check_claims(numbers, claims_of(room))
    before, posted = (room.licensed, room.enrolled, room.held), seat_ledger.numbers_of(room)
    set_openings(room, _with_days(room, numbers.openings))
    room.licensed, room.enrolled, room.held = numbers.licensed, numbers.enrolled, numbers.held
    room.youngest_months, room.oldest_months = numbers.youngest_months, numbers.oldest_months
    room.is_example = False
    audit.record(
        actor,
        "program:seats:updated",
        "program",
        slug,
        room=room.key,
        before=before,
        after=(room.licensed, room.enrolled, room.held),
    )
    _report(actor, room, ReportKind.CHANGED, today)
    seat_ledger.post(actor.user_id or None, room, posted, MoveKind.REPORTED)
    upkeep.answered(room.program_id)
    directory.touch()
    return room


def step(
    actor: Actor, slug: str, key: str, counted: Counted, by: int, *, version_seen: int, today: date
) -> Room:
    """Save one number of a room, more or less than before; openings of past months are let go.

    Raises
    ------
    RecordNotFound, StaleUpdate, InvalidInput
    """
    room = _locked(actor, slug, key, version_seen)
    numbers = numbers_of(room)
    openings = without_past(numbers.openings, today)
    changed = replace(numbers, openings=openings, **{counted: getattr(numbers, counted) + by})
    return _save(actor, slug, room, changed, today=today)


def confirm(
    actor: Actor,
    slug: str,
    versions_seen: Mapping[str, int],
    *,
    today: date,
    examples_may_be_confirmed: bool = False,
) -> int:
    """Say of rooms, by key, that their numbers are still right; gives how many.

    Raises
    ------
    RecordNotFound, StaleUpdate
    InvalidInput : the numbers are an example outside the demo, or none were entered.
    """
    program = own_row(actor, slug, Permission.SEATS_UPDATE)
    for key, version_seen in sorted(versions_seen.items()):
        room = _locked(actor, slug, key, version_seen)
        if room.licensed is None:
            raise InvalidInput((), "seats_not_known")
        if room.is_example and not examples_may_be_confirmed:
            raise InvalidInput((), "example_seats")
        _report(actor, room, ReportKind.CONFIRMED, today)
        audit.record(actor, "program:seats:confirmed", "program", slug, room=key)
    upkeep.answered(program.id)
    directory.touch()
    return len(versions_seen)


def _with_days(room: Room, openings: Iterable[ExpectedOpening]) -> list[tuple[date, int]]:
    """The openings on the days that are on record: pages name a month, a planned return its day."""
    days = {(row.opens_on.year, row.opens_on.month): row.opens_on for row in room.openings}
    return [
        (days.get((one.on.year, one.on.month), one.on) if one.on.day == 1 else one.on, one.seats)
        for one in openings
    ]


def numbers_of(room: Room) -> SeatNumbers:
    """A room's numbers as they are; zero where none were entered."""
    return SeatNumbers(
        licensed=room.licensed or 0,
        enrolled=room.enrolled or 0,
        held=room.held,
        youngest_months=room.youngest_months,
        oldest_months=room.oldest_months,
        openings=tuple(ExpectedOpening(row.opens_on, row.seats) for row in room.openings),
    )


def _locked(actor: Actor, slug: str, key: str, version_seen: int) -> Room:
    room = room_row(actor, slug, key, lock=True)
    if room.version != version_seen:
        raise StaleUpdate(seen=version_seen, now=room.version)
    return room


def _report(actor: Actor, room: Room, kind: ReportKind, today: date) -> None:
    room.confirmed_on, room.confirmed_by = today, actor.user_id or None
    room.version += 1
    history.append(SeatReport, [report_of(room, kind, actor.user_id or None)])
