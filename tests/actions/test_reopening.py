"""Where a referral comes back to, and when it cannot."""

from datetime import timedelta

import pytest

from referral.actions import referrals
from referral.actions.referrals import MoveRefused
from referral.queries import referrals as queries
from referral.rules.permissions import COMMAND
from referral.rules.referrals import State, Verb
from referral.wording import sentence
from tests.referrals import NOW, a_cast, moved, referred

pytestmark = pytest.mark.usefixtures("database")
TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)


def test_a_referral_is_not_reopened_beside_a_newer_one_to_the_same_program():
    cast = a_cast()
    [first] = referred(cast)
    moved(cast, first, Verb.WITHDRAW)
    referred(cast)

    with pytest.raises(MoveRefused) as refused:
        moved(cast, first, Verb.REOPEN)

    assert "referred to this program again" in sentence(refused.value)


def test_undoing_an_accept_leaves_out_what_was_referred_again_meanwhile():
    cast = a_cast()
    bridge, harbor = referred(cast, "bridge", "harbor")
    moved(cast, bridge, *TO_OFFER, Verb.ACCEPT)
    [again] = referred(cast, "harbor", submit=False)

    moved(cast, bridge, Verb.UNDO_ACCEPT)

    assert (harbor.state, again.state, bridge.state) == ("withdrawn", "draft", "offered")


def test_an_offer_that_lapsed_comes_back_in_line_and_leads_to_the_packet():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.WAITLIST, Verb.RESUME, *TO_OFFER[1:])
    later = NOW + timedelta(days=31)
    referrals.move(COMMAND, row.ref, Verb.LAPSE, now=later)

    moved(cast, row, Verb.REOPEN, now=later)
    assert (State(row.state), queries.place_in_line(row)) == (State.WAITLISTED, 1)
    moved(cast, row, Verb.RESUME, now=later)
    assert State(row.state) is State.PACKET_SENT


def test_who_waited_waits_again_for_what_they_waited_for():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.WAITLIST, Verb.WITHDRAW, Verb.REOPEN)

    assert State(row.state) is State.WAITLISTED
    moved(cast, row, Verb.RESUME)
    assert State(row.state) is State.ENQUIRY_SENT
