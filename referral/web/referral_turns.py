"""Whose turn a referral is, as a page says it: a sentence, a short form for lists, and whether it is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from referral.models.referrals import Referral
from referral.queries.settings import settings_of_all
from referral.rules.calendars import Calendar
from referral.rules.permissions import Actor, Permission, may
from referral.rules.referrals import Party
from referral.rules.settings import Settings, may_approve
from referral.wording.referral_turns import SHORT_WHO, left_words, turn_sentence, weekday_words


@dataclass(frozen=True)
class Turn:
    """Who must act and by when; ``kind`` is that of a tag."""

    sentence: str
    who: str = ""
    due: str = ""
    left: str = ""
    kind: str = "neutral"


def turns_of(actor: Actor, rows: Iterable[Referral], now: datetime) -> dict[str, Turn]:
    """The turn of each of these referrals by its reference, in two statements."""
    listed = list(rows)
    return turns_under(settings_of_sides(listed), actor, listed, now)


def settings_of_sides(rows: Iterable[Referral]) -> Mapping[int, Settings]:
    """The settings of both sides of these referrals, by the organization's key."""
    return settings_of_all(
        {place.id: place for row in rows for place in (row.district, row.collaborative)}.values()
    )


def turns_under(
    settings: Mapping[int, Settings], actor: Actor, rows: Iterable[Referral], now: datetime
) -> dict[str, Turn]:
    """The turn of each of these referrals, under settings that were read before."""
    return {
        row.ref: turn_of(
            row,
            calendar_of_turn(row, settings[row.district_id], settings[row.collaborative_id]),
            now,
            mine=is_mine(actor, row, settings[row.district_id]),
        )
        for row in rows
    }


def calendar_of_turn(row: Referral, district: Settings, collaborative: Settings) -> Calendar:
    """The days in which the turn is counted: those of who must act."""
    if row.waits_for == Party.STAFF.value:
        return collaborative.calendar(row.collaborative.state)
    return district.calendar(row.district.state)


def is_mine(actor: Actor, row: Referral, district: Settings) -> bool:
    """Whether the referral waits for the actor."""
    if row.waits_for == Party.STAFF.value:
        return may(actor, Permission.REFERRAL_ANSWER, row.collaborative_id)
    if row.waits_for == Party.DIRECTOR.value:
        return may_approve(actor, row.district_id, district, row.submitted_by_id)
    return may(actor, Permission.REFERRAL_WRITE, row.district_id)


def turn_of(row: Referral, calendar: Calendar, now: datetime, *, mine: bool) -> Turn:
    """The turn of one referral."""
    today = calendar.day_of(now)
    days = calendar.working_days_to(today, row.due_on) if row.due_on else 0
    sentence = turn_sentence(
        row.waits_for,
        row.state,
        row.due_on,
        today=today,
        working_days=days,
        mine=mine,
        ended_on=row.ended_on,
    )
    if row.due_on is None or row.waits_for is None:
        return Turn(sentence)
    late = row.due_on < today
    return Turn(
        sentence,
        who="You" if mine else SHORT_WHO[row.waits_for],
        due=weekday_words(row.due_on, today),
        left=left_words(min(days, -1) if late else days),
        kind="bad" if late else "warn" if row.due_on == today else "neutral",
    )
