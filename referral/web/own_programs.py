"""The pages of collaborative staff in words: their programs, rooms, what to confirm, the history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from referral.queries.seat_ledger import MoveLine
from referral.queries.seats import OwnProgram, ReportLine, RoomEntry
from referral.rules.seats import Freshness
from referral.web.referral_timeline import moment_words
from referral.web.room_words import RoomShown, openings_words, room_shown
from referral.wording.programs import REPORT_KINDS
from referral.wording.seats import MOVES

UNNAMED = {"imported": "A file"}  # who is not a user: else a contact with a link
STEPS = (("licensed", "Licensed"), ("enrolled", "Enrolled"), ("held", "Held"))


@dataclass(frozen=True)
class OwnRoom:
    """A room of the actor's collaborative: its words, version, and whether it can be confirmed as it is."""

    shown: RoomShown
    version: int
    confirmable: bool

    @property
    def numbers(self) -> list[tuple[str, str, int]]:
        """The numbers that can be stepped: name, label, value."""
        return [(name, label, getattr(self.shown, name)) for name, label in STEPS]


@dataclass(frozen=True)
class OwnShown:
    """A program of the actor's collaborative with its rooms."""

    slug: str
    name: str
    agency: str
    is_closed: bool
    rooms: tuple[OwnRoom, ...]
    open: int | None
    waiting: int

    @property
    def confirmable(self) -> dict[str, int]:
        """Hidden fields that confirm every room that can be confirmed."""
        return {f"version-{room.shown.key}": room.version for room in self.rooms if room.confirmable}


@dataclass(frozen=True)
class ReportShown:
    """A line of the history."""

    at: str
    room: str
    who: str
    kind: str
    numbers: str
    openings: str
    example: bool

    @property
    def is_report(self) -> bool:
        """Whether it tells all numbers of a room, not one change."""
        return bool(self.numbers)


def mine_shown(programs: Iterable[OwnProgram], *, today: date, demo: bool) -> list[OwnShown]:
    """The actor's programs, those with facts to confirm first, closed ones last."""
    shown = [own_shown(program, today=today, demo=demo) for program in programs]
    return sorted(shown, key=lambda one: (one.is_closed, -one.waiting))


def own_shown(program: OwnProgram, *, today: date, demo: bool) -> OwnShown:
    """A program with its rooms; `demo` lets example figures be confirmed."""
    rooms = tuple(_own_room(room, today=today, demo=demo) for room in program.rooms)
    known = [room.shown.open for room in rooms if room.shown.open is not None]
    return OwnShown(
        slug=program.slug,
        name=program.name,
        agency=program.agency,
        is_closed=program.status == "closed",
        rooms=rooms,
        open=sum(known) if known else None,
        waiting=sum(room.shown.freshness != Freshness.CURRENT.value for room in rooms),
    )


def _own_room(room: RoomEntry, *, today: date, demo: bool) -> OwnRoom:
    return OwnRoom(
        shown=room_shown(room.record, today=today, example=room.is_example),
        version=room.version,
        confirmable=room.record.seats is not None and (demo or not room.is_example),
    )


def reports_shown(
    lines: Iterable[ReportLine], moves: Iterable[MoveLine], zone: ZoneInfo
) -> list[ReportShown]:
    """The history in words, reports and what referrals did together, the newest first."""
    shown = [(line.at, _report(line, zone)) for line in lines]
    shown += [(move.at, _move(move, zone)) for move in moves]
    return [words for _, words in sorted(shown, key=lambda one: one[0], reverse=True)]


def _report(line: ReportLine, zone: ZoneInfo) -> ReportShown:
    return ReportShown(
        at=moment_words(line.at, zone),
        room=line.room,
        who=line.who or UNNAMED.get(line.kind, "The program's contact"),
        kind=REPORT_KINDS[line.kind],
        numbers=_numbers(line),
        openings=openings_words((date.fromisoformat(one["on"]), one["seats"]) for one in line.openings),
        example=line.is_example,
    )


def _move(line: MoveLine, zone: ZoneInfo) -> ReportShown:
    """What a referral did; someone of the district is not named to the program."""
    return ReportShown(
        at=moment_words(line.at, zone),
        room=line.room,
        who=line.who or ("Placewell" if line.by_clock else "The district"),
        kind=MOVES[line.enrolled, line.held].format(ref=line.referral),
        numbers="",
        openings="",
        example=False,
    )


def _numbers(line: ReportLine) -> str:
    if line.licensed is None:
        return "Not known"
    return f"{line.licensed} licensed, {line.enrolled} enrolled, {line.held} held"
