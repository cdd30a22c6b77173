"""Whether a move may be made now, and where it leads; every refusal is a code with a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from referral.rules.referrals import (
    CLAIMS,
    OPEN,
    Claim,
    Former,
    Move,
    Party,
    State,
    Verb,
    find_move,
    moves_from,
    sources_of,
)
from referral.rules.state_clocks import REOPEN_DAYS, UNDO_DAYS, within


@dataclass(frozen=True)
class Situation:
    """What decides of a move beside the state: days, the disclosure record, other referrals of the student.

    ``own_referral`` says that the actor submitted it and must leave the approval to somebody else;
    ``identifiable`` that too few children share what the next sending would tell.
    """

    state: State
    today: date
    entered_on: date
    waited_from: State | None = None
    ended_from: State | None = None
    ended_on: date | None = None
    hold_until: date | None = None
    second_look_open: bool = False
    second_look_asked: bool = False
    has_disclosure: bool = False
    own_referral: bool = False
    identifiable: bool = False
    live_referrals: int = 0
    live_referrals_max: int = 1
    another_accepted: bool = False
    referred_again: bool = False


@dataclass(frozen=True)
class Choice:
    """A move that a person sees as a button; ``refusal`` says why it cannot be pressed now."""

    move: Move
    refusal: str | None = None


def choices(situation: Situation, parties: frozenset[Party]) -> list[Choice]:
    """What these parties may do in this situation, each with the reason if it must wait."""
    return [
        Choice(move, refusal_of(move, situation))
        for move in moves_from(situation.state, *parties)
        if not (move.verb in _HIDDEN_UNLESS and not _HIDDEN_UNLESS[move.verb](situation))
    ]


def refusal(verb: Verb, situation: Situation, parties: frozenset[Party]) -> str | None:
    """Why these parties may not do this now, as a code; None where they may."""
    move = find_move(situation.state, verb)
    if move is None:
        return "ended" if situation.state not in OPEN and sources_of(verb) <= OPEN else "not_from_here"
    if not move.by & parties:
        return "not_your_move"
    return refusal_of(move, situation)


def refusal_of(move: Move, situation: Situation) -> str | None:
    """The first condition of a verb that does not hold, as a code."""
    return next(
        (code for code, holds in _CONDITIONS.get(move.verb, {}).items() if not holds(situation)), None
    )


def next_state(move: Move, situation: Situation) -> State:
    """Where a move leads, if the seat it needs can be had."""
    if move.target is Former.BEFORE_WAITING:
        return situation.waited_from or State.ENQUIRY_SENT
    if move.target is Former.BEFORE_ENDING:
        former = situation.ended_from or State.DRAFT
        offer_is_over = former is State.OFFERED and not _before_hold_ends(situation)
        return State.WAITLISTED if offer_is_over else former
    return move.target


def without_seat(wanted: State) -> State | None:
    """Where a referral goes when the seat it comes back for is gone; None where it cannot come back."""
    return State.WAITLISTED if CLAIMS[wanted] is Claim.HELD else None


def _before_hold_ends(situation: Situation) -> bool:
    return situation.hold_until is not None and situation.today <= situation.hold_until


Condition = Callable[[Situation], bool]
_LIVE_DISCLOSURE: Mapping[str, Condition] = {"needs_disclosure": lambda now: now.has_disclosure}
_ROOM_FOR_ONE_MORE: Mapping[str, Condition] = {
    "too_many_referrals": lambda now: now.live_referrals < now.live_referrals_max
}
_ENOUGH_COMPANY: Mapping[str, Condition] = {
    "identifiable_needs_disclosure": lambda now: now.has_disclosure or not now.identifiable
}
_CONDITIONS: Mapping[Verb, Mapping[str, Condition]] = {
    Verb.SUBMIT: {**_ROOM_FOR_ONE_MORE, **_ENOUGH_COMPANY},
    Verb.APPROVE: {"own_referral": lambda now: not now.own_referral, **_ENOUGH_COMPANY},
    Verb.DISCLOSE: _LIVE_DISCLOSURE,
    Verb.ANSWER: _LIVE_DISCLOSURE,
    Verb.OFFER: _LIVE_DISCLOSURE,
    Verb.ACCEPT: {"another_accepted": lambda now: not now.another_accepted},
    Verb.UNDO_ACCEPT: {"undo_too_late": lambda now: within(UNDO_DAYS, now.entered_on, now.today)},
    Verb.REOPEN: {
        "reopen_too_late": lambda now: (
            now.ended_on is not None and within(REOPEN_DAYS, now.ended_on, now.today)
        ),
        "referred_again": lambda now: not now.referred_again,
        **_ROOM_FOR_ONE_MORE,
    },
    Verb.ASK_SECOND_LOOK: {
        "second_look_asked": lambda now: not now.second_look_asked,
        "reopen_too_late": lambda now: (
            now.ended_on is not None and within(REOPEN_DAYS, now.ended_on, now.today)
        ),
    },
    Verb.UPHOLD: {"no_second_look": lambda now: now.second_look_open},
}
# Moves that make no sense as a button in some situations, rather than being refused.
_HIDDEN_UNLESS: Mapping[Verb, Condition] = {Verb.UPHOLD: lambda now: now.second_look_open}
