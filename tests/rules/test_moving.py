"""Whether a move may be made now: each condition at its edge, and where a reopened referral goes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.rules.moving import Situation, choices, next_state, refusal, without_seat
from referral.rules.referrals import Party, State, Verb, find_move

TODAY = date(2026, 11, 23)
COORDINATOR, DIRECTOR, STAFF = ({party} for party in (Party.COORDINATOR, Party.DIRECTOR, Party.STAFF))


def at(state, **facts):
    """A situation in a state, entered today, unless other facts are given."""
    facts = {"entered_on": TODAY, "live_referrals_max": 4} | facts
    return Situation(state=state, today=TODAY, **facts)


def ended(state, days_ago, ended_from=State.ENQUIRY_SENT, **facts):
    return at(state, ended_on=TODAY - timedelta(days=days_ago), ended_from=ended_from, **facts)


@pytest.mark.parametrize(
    ("verb", "situation", "parties", "code"),
    [
        (Verb.APPROVE, at(State.DRAFT), DIRECTOR, "not_from_here"),
        (Verb.APPROVE, at(State.AWAITING_APPROVAL), COORDINATOR, "not_your_move"),
        (Verb.APPROVE, at(State.AWAITING_APPROVAL), DIRECTOR, None),
        (Verb.APPROVE, at(State.AWAITING_APPROVAL, own_referral=True), DIRECTOR, "own_referral"),
        (
            Verb.APPROVE,
            at(State.AWAITING_APPROVAL, identifiable=True),
            DIRECTOR,
            "identifiable_needs_disclosure",
        ),
        (
            Verb.APPROVE,
            at(State.AWAITING_APPROVAL, identifiable=True, has_disclosure=True),
            DIRECTOR,
            None,
        ),
        (
            Verb.SUBMIT,
            at(State.DRAFT, identifiable=True),
            COORDINATOR,
            "identifiable_needs_disclosure",
        ),
        (Verb.OFFER, ended(State.DECLINED, 1), STAFF, "ended"),
        (Verb.SUBMIT, at(State.DRAFT, live_referrals=3), COORDINATOR, None),
        (Verb.SUBMIT, at(State.DRAFT, live_referrals=4), COORDINATOR, "too_many_referrals"),
        (Verb.DISCLOSE, at(State.INTERESTED), COORDINATOR, "needs_disclosure"),
        (Verb.DISCLOSE, at(State.INTERESTED, has_disclosure=True), COORDINATOR, None),
        (Verb.OFFER, at(State.PACKET_SENT), STAFF, "needs_disclosure"),
        (Verb.ACCEPT, at(State.OFFERED, another_accepted=True), COORDINATOR, "another_accepted"),
        (Verb.REOPEN, ended(State.DECLINED, 30), STAFF, None),
        (Verb.REOPEN, ended(State.DECLINED, 31), STAFF, "reopen_too_late"),
        (Verb.REOPEN, ended(State.WITHDRAWN, 1, live_referrals=4), COORDINATOR, "too_many_referrals"),
        (Verb.REOPEN, ended(State.WITHDRAWN, 1, referred_again=True), COORDINATOR, "referred_again"),
        (
            Verb.UNDO_ACCEPT,
            at(State.ACCEPTED, entered_on=TODAY - timedelta(days=30)),
            COORDINATOR,
            None,
        ),
        (
            Verb.UNDO_ACCEPT,
            at(State.ACCEPTED, entered_on=TODAY - timedelta(days=31)),
            COORDINATOR,
            "undo_too_late",
        ),
        (Verb.ASK_SECOND_LOOK, ended(State.DECLINED, 1), DIRECTOR, None),
        (
            Verb.ASK_SECOND_LOOK,
            ended(State.DECLINED, 1, second_look_asked=True),
            DIRECTOR,
            "second_look_asked",
        ),
        (Verb.UPHOLD, ended(State.DECLINED, 1), STAFF, "no_second_look"),
        (Verb.UPHOLD, ended(State.DECLINED, 1, second_look_open=True), STAFF, None),
    ],
)
def test_a_move_is_refused_with_its_reason(verb, situation, parties, code):
    assert refusal(verb, situation, frozenset(parties)) == code


def test_a_button_that_must_wait_says_why():
    offered = choices(at(State.INTERESTED), frozenset(COORDINATOR))

    assert [(one.move.verb, one.refusal) for one in offered] == [
        (Verb.DISCLOSE, "needs_disclosure"),
        (Verb.WITHDRAW, None),
    ]


def test_a_decline_is_kept_only_after_a_second_look():
    quiet = ended(State.DECLINED, 1)
    verbs = [one.move.verb for one in choices(quiet, frozenset(STAFF))]
    asked = [one.move.verb for one in choices(replace(quiet, second_look_open=True), frozenset(STAFF))]

    assert (verbs, asked) == ([Verb.REOPEN], [Verb.UPHOLD, Verb.REOPEN])


def leads_to(verb, situation):
    move = find_move(situation.state, verb)
    assert move is not None
    return next_state(move, situation)


def test_the_waiting_list_leads_back_to_where_the_student_came_from():
    assert leads_to(Verb.RESUME, at(State.WAITLISTED, waited_from=State.PACKET_SENT)) is State.PACKET_SENT


def test_a_reopened_referral_is_where_it_was():
    assert leads_to(Verb.REOPEN, ended(State.WITHDRAWN, 3, State.INTERESTED)) is State.INTERESTED


@pytest.mark.parametrize(
    ("hold_until", "state"),
    [(TODAY, State.OFFERED), (TODAY - timedelta(days=1), State.WAITLISTED), (None, State.WAITLISTED)],
)
def test_an_offer_comes_back_while_its_day_lasts(hold_until, state):
    situation = ended(State.LAPSED, 1, State.OFFERED, hold_until=hold_until)

    assert leads_to(Verb.REOPEN, situation) is state


def test_without_a_seat_an_offer_waits_and_a_placement_cannot_come_back():
    assert without_seat(State.OFFERED) is State.WAITLISTED
    assert without_seat(State.ENROLLED) is None
