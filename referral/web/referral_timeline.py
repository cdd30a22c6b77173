"""The story of a referral as one side reads it: moves and notes, who and when, in their own days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from referral.models.referrals import ReferralMove, ReferralNote
from referral.models.seats import Room
from referral.models.users import User
from referral.queries import referrals as queries
from referral.queries.referrals import Standing
from referral.queries.seats import room_name
from referral.rules.referrals import DISCLOSED, Party, State
from referral.rules.told_moments import is_told_exactly
from referral.wording.referral_story import facts_sentences, reason_words
from referral.wording.referrals import DONE, PARTIES

SIDES = {"district": "District", "collaborative": "Program"}
DISCLOSED_STATES = {state.value for state in DISCLOSED}


@dataclass
class Entry:
    """Something that happened: when, who, what, and what was said."""

    at: datetime
    when: str
    who: str
    what: str
    details: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def timeline(found: Standing, moves: Sequence[ReferralMove], *, has_disclosure: bool) -> list[Entry]:
    """Moves and notes the actor may read, the newest first."""
    zone = ZoneInfo(found.settings_for(_side(found)).zone)
    entries = {move.number: _entry(move, found, zone) for move in moves}
    alone = []
    for note in queries.notes(found, has_disclosure=has_disclosure):
        if note.move_number in entries:
            entries[note.move_number].notes.append(note.text)
        elif note.move_number is None:
            alone.append(_note(note, found, zone))
    return sorted([*entries.values(), *alone], key=lambda entry: entry.at, reverse=True)


def happened_since(found: Standing, version_seen: int) -> list[Entry]:
    """The moves after a page was read at a version; each move makes one version."""
    zone = ZoneInfo(found.settings_for(_side(found)).zone)
    moves = list(queries.moves(found))
    count = max(0, min(found.row.version - version_seen, len(moves)))
    return [_entry(move, found, zone) for move in moves[len(moves) - count :]]


def _side(found: Standing) -> Party:
    return Party.COORDINATOR if found.is_district else Party.STAFF


def _entry(move: ReferralMove, found: Standing, zone: ZoneInfo) -> Entry:
    crossed = move.before in DISCLOSED_STATES or move.after in DISCLOSED_STATES
    is_told = found.is_district or move.party == Party.STAFF.value or crossed
    said = (
        [reason_words(move.verb, move.reason), *facts_sentences(named_facts(move.facts, found.row.room))]
        if is_told
        else []
    )
    own = _is_own(found, move.party)
    return Entry(
        at=move.at,
        when=_when(found, move.at, zone, own=own),
        who=_who(found, PARTIES[move.party], move.actor, own=own),
        what=DONE[move.verb],
        details=[sentence for sentence in said if sentence and is_told],
    )


def named_facts(facts: Mapping[str, Any], room: Room | None) -> Mapping[str, Any]:
    """What was said with a move, the room by its name."""
    if room is None or facts.get("room") != room.key:
        return facts
    return {**facts, "room": room_name(room.name, room.key)}


def _note(note: ReferralNote, found: Standing, zone: ZoneInfo) -> Entry:
    own = note.side == ("district" if found.is_district else "collaborative")
    audience = "Note for both sides" if note.for_both else "Note for your side only"
    return Entry(
        at=note.at,
        when=_when(found, note.at, zone, own=own),
        who=_who(found, SIDES[note.side], note.author, own=own),
        what=audience,
        notes=[note.text],
    )


def _is_own(found: Standing, party: str) -> bool:
    return (party == Party.STAFF.value) is not found.is_district


def _who(found: Standing, side: str, person: User | None, *, own: bool) -> str:
    """The name of a person; of the other side's only once a packet was sent, so that no district shows."""
    may_name = own or found.is_district or State(found.row.state) in DISCLOSED
    return person.name if person is not None and may_name else side


def _when(found: Standing, at: datetime, zone: ZoneInfo, *, own: bool) -> str:
    is_disclosed = State(found.row.state) in DISCLOSED
    exactly = is_told_exactly(is_district=found.is_district, is_own=own, is_disclosed=is_disclosed)
    return moment_words(at, zone) if exactly else day_told(at, zone)


def day_told(at: datetime, zone: ZoneInfo) -> str:
    """The day of a moment as people there write it: Nov 23, 2026."""
    there = at.astimezone(zone)
    return f"{there:%b} {there.day}, {there.year}"


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people there write it: Nov 23, 2026, 10:00 AM."""
    there = at.astimezone(zone)
    hour = there.hour % 12 or 12
    return f"{there:%b} {there.day}, {there.year}, {hour}:{there:%M} {'AM' if there.hour < 12 else 'PM'}"
