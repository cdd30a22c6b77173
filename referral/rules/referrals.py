"""The life of a referral as one table: states, verbs, who may, the next state, and what each needs.

Read `MOVES` from top to bottom; it is the whole of it. Buttons, refusals, tests and the picture in the help
are made from it. What a state claims of a room's seats is `CLAIMS`; how long it may last is `state_clocks`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from referral.errors import RecordNotFound


class State(Enum):
    """Where a referral is."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    ENQUIRY_SENT = "enquiry_sent"
    INTERESTED = "interested"
    PACKET_SENT = "packet_sent"
    INFORMATION_REQUESTED = "information_requested"
    VISIT = "visit"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"
    RETURNING = "returning"
    DECLINED = "declined"
    REFUSED = "refused"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    EXITED = "exited"
    RETURNED = "returned"


class Verb(Enum):
    """What is done to a referral."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ACKNOWLEDGE = "acknowledge"
    SHOW_INTEREST = "show_interest"
    DISCLOSE = "disclose"
    ASK_INFORMATION = "ask_information"
    ANSWER = "answer"
    INVITE = "invite"
    WAITLIST = "waitlist"
    RECONFIRM = "reconfirm"
    RESUME = "resume"
    OFFER = "offer"
    EXTEND = "extend"
    ACCEPT = "accept"
    REFUSE = "refuse"
    UNDO_ACCEPT = "undo_accept"
    ENROLL = "enroll"
    MONITOR = "monitor"
    REVIEW = "review"
    PLAN_RETURN = "plan_return"
    STAY = "stay"
    RETURN = "return"
    END = "end"
    DECLINE = "decline"
    ASK_SECOND_LOOK = "ask_second_look"
    UPHOLD = "uphold"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    EXPIRE = "expire"
    LAPSE = "lapse"
    CLOSE = "close"


class Party(Enum):
    """Who acts on a referral; the clock acts when a date has passed or another referral was accepted."""

    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    STAFF = "staff"
    CLOCK = "clock"


class Need(Enum):
    """What must be said with a move."""

    REASON = "reason"
    NOTE = "note"
    DECLINE_REASON = "decline_reason"
    DISCLOSURE = "disclosure"
    VISIT = "visit"
    ROOM = "room"
    HOLD_UNTIL = "hold_until"
    FAMILY_ANSWER = "family_answer"
    START = "start"
    RETURN_PLAN = "return_plan"
    DONE_ON = "done_on"
    ENDED_ON = "ended_on"
    EXIT_REASON = "exit_reason"


class Former(Enum):
    """Next states that depend on where the referral was before."""

    BEFORE_WAITING = "the state before the waiting list"
    BEFORE_ENDING = "the state before it ended"


class Claim(Enum):
    """What a state claims of the seats of the room offered."""

    NONE = "none"
    HELD = "held"
    TAKEN = "taken"


S, V, P, N = State, Verb, Party, Need
ENDED = frozenset({S.DECLINED, S.REFUSED, S.EXPIRED, S.LAPSED, S.WITHDRAWN, S.EXITED, S.RETURNED})
OPEN = frozenset(State) - ENDED
BEFORE_ACCEPTANCE = OPEN - {S.ACCEPTED, S.ENROLLED, S.RETURNING}
IN_PLACE = frozenset({S.ACCEPTED, S.ENROLLED, S.RETURNING})
# What the collaborative sees: everything that was ever sent to it.
UNSENT = frozenset({S.DRAFT, S.AWAITING_APPROVAL})
# The packet was sent: more of the profile than the enquiry may be seen while a disclosure record lives.
DISCLOSED = frozenset({S.PACKET_SENT, S.INFORMATION_REQUESTED, S.VISIT, S.OFFERED, *IN_PLACE})

CLAIMS: Mapping[State, Claim] = {
    **dict.fromkeys(State, Claim.NONE),
    S.OFFERED: Claim.HELD,
    S.ACCEPTED: Claim.HELD,
    S.ENROLLED: Claim.TAKEN,
    S.RETURNING: Claim.TAKEN,
}


@dataclass(frozen=True)
class Move:
    """A verb from some states to the next, who may, and what must be said."""

    verb: Verb
    sources: frozenset[State]
    target: State | Former
    by: frozenset[Party]
    needs: tuple[Need, ...] = ()


def _move(
    verb: Verb,
    sources: Iterable[State] | State,
    target: State | Former,
    by: Iterable[Party] | Party,
    *needs: Need,
) -> Move:
    return Move(
        verb,
        frozenset({sources} if isinstance(sources, State) else sources),
        target,
        frozenset({by} if isinstance(by, Party) else by),
        needs,
    )


MOVES: tuple[Move, ...] = (
    # The district prepares and sends
    _move(V.SUBMIT, S.DRAFT, S.AWAITING_APPROVAL, P.COORDINATOR),
    _move(V.APPROVE, S.AWAITING_APPROVAL, S.ENQUIRY_SENT, P.DIRECTOR),
    _move(V.SEND_BACK, S.AWAITING_APPROVAL, S.DRAFT, P.DIRECTOR, N.NOTE),
    # The collaborative answers the enquiry
    _move(V.ACKNOWLEDGE, S.ENQUIRY_SENT, S.ENQUIRY_SENT, P.STAFF),
    _move(V.SHOW_INTEREST, S.ENQUIRY_SENT, S.INTERESTED, P.STAFF),
    # The packet
    _move(V.DISCLOSE, S.INTERESTED, S.PACKET_SENT, P.COORDINATOR, N.DISCLOSURE),
    _move(V.ASK_INFORMATION, S.PACKET_SENT, S.INFORMATION_REQUESTED, P.STAFF, N.NOTE),
    _move(V.ANSWER, S.INFORMATION_REQUESTED, S.PACKET_SENT, P.COORDINATOR, N.NOTE),
    _move(V.INVITE, S.PACKET_SENT, S.VISIT, P.STAFF, N.VISIT),
    # The waiting list
    _move(V.WAITLIST, (S.ENQUIRY_SENT, S.PACKET_SENT), S.WAITLISTED, P.STAFF),
    _move(V.RECONFIRM, S.WAITLISTED, S.WAITLISTED, P.COORDINATOR),
    _move(V.RESUME, S.WAITLISTED, Former.BEFORE_WAITING, P.STAFF),
    # The offer
    _move(V.OFFER, (S.PACKET_SENT, S.VISIT), S.OFFERED, P.STAFF, N.ROOM, N.HOLD_UNTIL),
    _move(V.EXTEND, S.OFFERED, S.OFFERED, P.STAFF, N.HOLD_UNTIL),
    _move(
        V.DECLINE,
        (S.ENQUIRY_SENT, S.PACKET_SENT, S.VISIT, S.WAITLISTED),
        S.DECLINED,
        P.STAFF,
        N.DECLINE_REASON,
    ),
    _move(V.ACCEPT, S.OFFERED, S.ACCEPTED, P.COORDINATOR, N.FAMILY_ANSWER),
    _move(V.REFUSE, S.OFFERED, S.REFUSED, P.COORDINATOR, N.REASON),
    _move(V.UNDO_ACCEPT, S.ACCEPTED, S.OFFERED, P.COORDINATOR, N.REASON),
    # The placement and the way back
    _move(V.ENROLL, S.ACCEPTED, S.ENROLLED, (P.COORDINATOR, P.STAFF), N.START),
    _move(V.MONITOR, S.ENROLLED, S.ENROLLED, P.COORDINATOR, N.DONE_ON),
    _move(V.REVIEW, S.ENROLLED, S.ENROLLED, P.COORDINATOR, N.DONE_ON),
    _move(V.PLAN_RETURN, (S.ENROLLED, S.RETURNING), S.RETURNING, P.COORDINATOR, N.RETURN_PLAN),
    _move(V.STAY, S.RETURNING, S.ENROLLED, P.COORDINATOR),
    _move(V.RETURN, S.RETURNING, S.RETURNED, P.COORDINATOR, N.ENDED_ON),
    _move(V.END, S.ENROLLED, S.EXITED, P.COORDINATOR, N.ENDED_ON, N.EXIT_REASON),
    # Ends, and ways back from them
    _move(V.WITHDRAW, BEFORE_ACCEPTANCE, S.WITHDRAWN, P.COORDINATOR, N.REASON),
    _move(V.EXPIRE, (S.ENQUIRY_SENT, S.INTERESTED, S.WAITLISTED), S.EXPIRED, P.CLOCK),
    _move(V.LAPSE, S.OFFERED, S.LAPSED, P.CLOCK),
    _move(V.CLOSE, BEFORE_ACCEPTANCE, S.WITHDRAWN, P.CLOCK),
    _move(V.ASK_SECOND_LOOK, S.DECLINED, S.DECLINED, P.DIRECTOR, N.REASON),
    _move(V.UPHOLD, S.DECLINED, S.DECLINED, P.STAFF),
    _move(V.REOPEN, S.DECLINED, Former.BEFORE_ENDING, P.STAFF, N.REASON),
    _move(V.REOPEN, S.LAPSED, Former.BEFORE_ENDING, (P.COORDINATOR, P.STAFF), N.REASON),
    _move(V.REOPEN, ENDED - {S.DECLINED, S.LAPSED}, Former.BEFORE_ENDING, P.COORDINATOR, N.REASON),
)


def moves_from(state: State, *parties: Party) -> list[Move]:
    """The moves out of a state, in the order of the table; those of some parties if any are named."""
    return [move for move in MOVES if state in move.sources and (not parties or move.by & set(parties))]


def find_move(state: State, verb: Verb) -> Move | None:
    """The move of a verb from a state; None where there is none. A verb leads one way from a state."""
    return next((move for move in MOVES if move.verb is verb and state in move.sources), None)


def sources_of(verb: Verb) -> frozenset[State]:
    """Every state in which a verb is possible."""
    return frozenset().union(*(move.sources for move in MOVES if move.verb is verb))


def read_verb(text: str) -> Verb:
    """The verb of an address.

    Raises
    ------
    RecordNotFound : there is no such verb, or only the clock says it.
    """
    if text in {verb.value for verb in Verb if _said_by_people(verb)}:
        return Verb(text)
    raise RecordNotFound(kind="verb")


def _said_by_people(verb: Verb) -> bool:
    return any(move.verb is verb and move.by != {Party.CLOCK} for move in MOVES)
