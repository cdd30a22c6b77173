"""Seats of an option as known on a day, with the age of the fact; never a gate."""

from operator import attrgetter

from matching.gate import Asked
from matching.options import Option
from matching.policy import Policy
from matching.results import (
    SeatFacts,
)
from matching.vocabulary import Freshness, SeatStatus


def seat_facts(asked: Asked, option: Option) -> SeatFacts:
    """Seats of an option with the age of the fact; never a gate."""
    known: dict[int, SeatFacts] = asked.catalogue.remember(("seat facts", _LOOKS_AT(asked)), dict)
    found = known.get(option.row)
    if found is None:
        found = known[option.row] = _seat_facts(asked, option)
    return found


_LOOKS_AT = attrgetter(
    "today", "policy.seats_current_days", "policy.seats_ask_days", "policy.seats_stale_days"
)


def _seat_facts(asked: Asked, option: Option) -> SeatFacts:
    seats = option.room.seats if option.room else None
    if seats is None:
        return SeatFacts(SeatStatus.UNKNOWN, Freshness.UNKNOWN)
    age = None if seats.confirmed_on is None else (asked.today - seats.confirmed_on).days
    fresh = freshness(age, asked.policy)
    first_on = seats.next_opening
    status = SeatStatus.OPEN if seats.open else SeatStatus.EXPECTED if first_on else SeatStatus.WAITING
    return SeatFacts(
        status=SeatStatus.UNKNOWN if fresh is Freshness.UNKNOWN else status,
        freshness=fresh,
        open=seats.open,
        licensed=seats.licensed,
        first_on=asked.today if seats.open else first_on,
        age_days=age,
        confirmed_on=seats.confirmed_on,
        example=seats.example,
    )


def freshness(age_days: int | None, policy: Policy) -> Freshness:
    """How far the age of a seat fact lets it count; each limit belongs to the younger side."""
    steps: tuple[tuple[int, Freshness], ...] = (
        (policy.seats_current_days, Freshness.CURRENT),
        (policy.seats_ask_days, Freshness.ASK),
        (policy.seats_stale_days, Freshness.STALE),
    )
    if age_days is None:
        return Freshness.UNKNOWN
    return next((fresh for days, fresh in steps if age_days <= days), Freshness.UNKNOWN)
