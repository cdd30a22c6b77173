"""The picture of a referral's life for the help page, made from the table of moves itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.rules.referrals import ENDED, OPEN, Former, Move, Party, State, Verb, moves_from
from referral.rules.state_clocks import CALENDAR_DAYS, DEFAULT_DAYS, STATE_CLOCKS, ClockName, StateClock
from referral.wording.referrals import DONE, PARTIES, STATES, VERBS

FORMER: Mapping[Former, str] = {
    Former.BEFORE_WAITING: "Where it was before the waiting list",
    Former.BEFORE_ENDING: "Where it was before it ended",
}


@dataclass(frozen=True)
class Way:
    """A way out of a state: what is pressed, by whom, and where it leads."""

    verb: str
    who: str
    target: str


@dataclass(frozen=True)
class StateRow:
    """A state with its clock and every way out of it."""

    state: str
    clock: str
    ways: tuple[Way, ...]


def open_states() -> list[StateRow]:
    """Each open state, in the order of a referral's life."""
    return [_row(state) for state in State if state in OPEN]


def ended_states() -> list[StateRow]:
    """Each state in which a referral has ended."""
    return [_row(state) for state in State if state in ENDED]


def _row(state: State) -> StateRow:
    clock = STATE_CLOCKS.get(state)
    # What follows from accepting another referral is said once, above the table
    ways = tuple(_way(move, state) for move in moves_from(state) if move.verb is not Verb.CLOSE)
    return StateRow(STATES[state.value], clock_words(clock) if clock else "", ways)


def _way(move: Move, state: State) -> Way:
    target = FORMER[move.target] if isinstance(move.target, Former) else STATES[move.target.value]
    stays = move.target is state
    return Way(
        verb=VERBS.get(move.verb.value, DONE[move.verb.value]),
        who=" or ".join(PARTIES[party.value] for party in Party if party in move.by),
        target="Stays here" if stays else target,
    )


def clock_words(clock: StateClock) -> str:
    """A clock in words: "Program staff within 10 working days, reminded after 3. Then it expires"."""
    remind = f", reminded after {_count(clock.remind)}" if clock.remind else ""
    then = f" Then: {DONE[clock.then.value][0].lower()}{DONE[clock.then.value][1:]}." if clock.then else ""
    return f"{PARTIES[clock.waits_for.value]} within {_count(clock.due)}{remind}.{then}"


def _count(name: ClockName) -> str:
    return f"{DEFAULT_DAYS[name]} {'days' if name in CALENDAR_DAYS else 'working days'}"
