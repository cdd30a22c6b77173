"""The inbox of a collaborative: its views, and what it is narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from referral.rules.referrals import Need, Party, State, Verb, moves_from

LATELY = timedelta(days=14)


class InboxView(Enum):
    """What part of the inbox is looked at."""

    WAITING = "waiting"
    ANSWERED = "answered"
    WAITLISTS = "waitlists"
    OFFERS = "offers"
    PLACED = "placed"


VIEW_STATES: Mapping[InboxView, tuple[State, ...]] = {
    InboxView.WAITLISTS: (State.WAITLISTED,),
    InboxView.OFFERS: (State.OFFERED, State.ACCEPTED),
    InboxView.PLACED: (State.ENROLLED, State.RETURNING),
}


@dataclass(frozen=True)
class InboxFilters:
    """What the inbox is narrowed to; ``code`` is part of a referral's code, ``age_band`` as it was sent."""

    view: InboxView = InboxView.WAITING
    program: str = ""
    age_band: str = ""
    code: str = ""
    overdue: bool = False
    first: int = 0


def read_view(text: str) -> InboxView:
    """The view of an address; what waits where it makes no sense."""
    return InboxView(text) if text in {view.value for view in InboxView} else InboxView.WAITING


def answers_at_once(state: State) -> tuple[Verb, ...]:
    """The moves of staff from a state that need nothing said: one click each."""
    return tuple(move.verb for move in moves_from(state, Party.STAFF) if not move.needs)


def may_decline(state: State) -> bool:
    """Whether staff may decline from a state, with a reason of the list."""
    return any(Need.DECLINE_REASON in move.needs for move in moves_from(state, Party.STAFF))


def answers_with_more(state: State) -> tuple[Verb, ...]:
    """The moves of staff from a state that need a form of their own."""
    return tuple(
        move.verb
        for move in moves_from(state, Party.STAFF)
        if move.needs and Need.DECLINE_REASON not in move.needs
    )
