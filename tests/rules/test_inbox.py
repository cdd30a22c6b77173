"""The inbox: its views, and which answers a state offers with one click, with a reason, or with a form."""

import pytest

from referral.rules.inbox import InboxView, answers_at_once, answers_with_more, may_decline, read_view
from referral.rules.referrals import State, Verb


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("offers", InboxView.OFFERS),
        ("waiting", InboxView.WAITING),
        ("", InboxView.WAITING),
        ("no such view", InboxView.WAITING),
    ],
)
def test_an_address_that_names_no_view_shows_what_waits(text, view):
    assert read_view(text) is view


def test_an_enquiry_is_answered_at_once_or_declined_with_a_reason():
    assert set(answers_at_once(State.ENQUIRY_SENT)) == {Verb.ACKNOWLEDGE, Verb.SHOW_INTEREST, Verb.WAITLIST}
    assert answers_with_more(State.ENQUIRY_SENT) == ()
    assert may_decline(State.ENQUIRY_SENT)


def test_a_packet_is_answered_by_forms():
    assert answers_with_more(State.PACKET_SENT) == (Verb.ASK_INFORMATION, Verb.INVITE, Verb.OFFER)


@pytest.mark.parametrize("state", [State.DRAFT, State.AWAITING_APPROVAL, State.INTERESTED, State.RETURNED])
def test_where_it_is_not_the_programs_turn_nothing_can_be_declined(state):
    assert not may_decline(state)
