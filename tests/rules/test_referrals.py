"""The table of states: what product and law say of it, read the other way round."""

import pytest

from referral.errors import RecordNotFound
from referral.rules.referrals import (
    BEFORE_ACCEPTANCE,
    CLAIMS,
    ENDED,
    MOVES,
    OPEN,
    UNSENT,
    Claim,
    Former,
    Need,
    Party,
    State,
    Verb,
    find_move,
    moves_from,
    read_verb,
    sources_of,
)

S, V = State, Verb
# The design's table once more: state -> what may be done there by people, and by whom.
DESIGN = {
    S.DRAFT: {V.SUBMIT: "c", V.WITHDRAW: "c"},
    S.AWAITING_APPROVAL: {V.APPROVE: "d", V.SEND_BACK: "d", V.WITHDRAW: "c"},
    S.ENQUIRY_SENT: {
        V.ACKNOWLEDGE: "s",
        V.SHOW_INTEREST: "s",
        V.WAITLIST: "s",
        V.DECLINE: "s",
        V.WITHDRAW: "c",
    },
    S.INTERESTED: {V.DISCLOSE: "c", V.WITHDRAW: "c"},
    S.PACKET_SENT: {
        V.ASK_INFORMATION: "s",
        V.INVITE: "s",
        V.OFFER: "s",
        V.WAITLIST: "s",
        V.DECLINE: "s",
        V.WITHDRAW: "c",
    },
    S.INFORMATION_REQUESTED: {V.ANSWER: "c", V.WITHDRAW: "c"},
    S.VISIT: {V.OFFER: "s", V.DECLINE: "s", V.WITHDRAW: "c"},
    S.WAITLISTED: {V.RESUME: "s", V.RECONFIRM: "c", V.DECLINE: "s", V.WITHDRAW: "c"},
    S.OFFERED: {V.ACCEPT: "c", V.REFUSE: "c", V.EXTEND: "s", V.WITHDRAW: "c"},
    S.ACCEPTED: {V.ENROLL: "cs", V.UNDO_ACCEPT: "c"},
    S.ENROLLED: {V.MONITOR: "c", V.REVIEW: "c", V.PLAN_RETURN: "c", V.END: "c"},
    S.RETURNING: {V.PLAN_RETURN: "c", V.STAY: "c", V.RETURN: "c"},
    S.DECLINED: {V.ASK_SECOND_LOOK: "d", V.UPHOLD: "s", V.REOPEN: "s"},
    S.REFUSED: {V.REOPEN: "c"},
    S.EXPIRED: {V.REOPEN: "c"},
    S.LAPSED: {V.REOPEN: "cs"},
    S.WITHDRAWN: {V.REOPEN: "c"},
    S.EXITED: {V.REOPEN: "c"},
    S.RETURNED: {V.REOPEN: "c"},
}
LETTERS = {Party.COORDINATOR: "c", Party.DIRECTOR: "d", Party.STAFF: "s"}


@pytest.mark.parametrize("state", list(State))
def test_a_state_offers_exactly_the_moves_of_the_design(state):
    offered = {
        move.verb: "".join(sorted(LETTERS[party] for party in move.by))
        for move in moves_from(state)
        if Party.CLOCK not in move.by
    }

    assert offered == DESIGN[state]


def test_the_clock_ends_enquiries_and_offers_and_closes_what_another_acceptance_overtook():
    by_clock = {move.verb: (move.sources, move.target) for move in MOVES if Party.CLOCK in move.by}

    assert by_clock == {
        V.EXPIRE: ({S.ENQUIRY_SENT, S.INTERESTED, S.WAITLISTED}, S.EXPIRED),
        V.LAPSE: ({S.OFFERED}, S.LAPSED),
        V.CLOSE: (BEFORE_ACCEPTANCE, S.WITHDRAWN),
    }


def test_a_verb_leads_one_way_from_a_state():
    pairs = [(state, move.verb) for move in MOVES for state in move.sources]

    assert len(pairs) == len(set(pairs))


def test_every_state_is_reached_and_every_open_one_is_left():
    reached = {move.target for move in MOVES if isinstance(move.target, State)} | {S.DRAFT}

    assert reached == set(State)
    assert {state for state in OPEN if not moves_from(state)} == set()


def test_every_end_can_be_reopened_into_what_it_was():
    assert sources_of(V.REOPEN) == ENDED
    assert {move.target for move in MOVES if move.verb is V.REOPEN} == {Former.BEFORE_ENDING}


def test_seats_are_claimed_from_the_offer_to_the_return_only():
    claimed = {state: claim for state, claim in CLAIMS.items() if claim is not Claim.NONE}

    assert claimed == {
        S.OFFERED: Claim.HELD,
        S.ACCEPTED: Claim.HELD,
        S.ENROLLED: Claim.TAKEN,
        S.RETURNING: Claim.TAKEN,
    }


def test_nothing_is_sent_but_by_the_approval():
    leaving = [
        move.verb for move in MOVES if move.sources & UNSENT and move.target not in (*UNSENT, S.WITHDRAWN)
    ]

    assert leaving == [V.APPROVE]


@pytest.mark.parametrize(
    ("verb", "needs"),
    [
        (V.DISCLOSE, {Need.DISCLOSURE}),
        (V.OFFER, {Need.ROOM, Need.HOLD_UNTIL}),
        (V.DECLINE, {Need.DECLINE_REASON}),
        (V.ACCEPT, {Need.FAMILY_ANSWER}),
        (V.PLAN_RETURN, {Need.RETURN_PLAN}),
        (V.REOPEN, {Need.REASON}),
    ],
)
def test_a_move_needs_what_the_design_says(verb, needs):
    assert all(set(move.needs) == needs for move in MOVES if move.verb is verb)


def test_there_is_no_move_where_the_table_has_none():
    assert find_move(S.DRAFT, V.ACCEPT) is None


@pytest.mark.parametrize("text", ["expire", "close", "lapse", "eat", ""])
def test_people_cannot_say_what_only_the_clock_says(text):
    with pytest.raises(RecordNotFound):
        read_verb(text)


def test_people_say_the_other_verbs():
    assert read_verb("show_interest") is V.SHOW_INTEREST
