"""Open seats of some programs with the age of the fact, as the directory counts them."""

from collections.abc import Iterable
from datetime import date

from referral.queries import catalog
from referral.rules.listings import SeatSummary, seat_summary
from referral.rules.permissions import Actor, Permission, check


def seats_of(actor: Actor, slugs: Iterable[str], today: date) -> dict[str, SeatSummary]:
    """Seats by the program's address; examples are counted and tagged as in the directory."""
    check(actor, Permission.DIRECTORY_READ)
    wanted = set(slugs)
    if not wanted:
        return {}
    _, current = catalog.current(today, with_examples=True)
    return {
        program.key: seat_summary(program.rooms, today=today)
        for program in current.profiles
        if program.key in wanted
    }
