"""Fifty who want the last seat at once, and two who accept two offers of one student: one wins, all are told.

PLACEWELL_TESTS=long repeats it twenty times; otherwise three times.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from referral.actions import referrals, seat_ledger, seats
from referral.actions.referrals import Said
from referral.actions.transactions import in_transaction
from referral.errors import ReferralError
from referral.models.base import db
from referral.models.referrals import Referral
from referral.models.seats import Room
from referral.queries.seat_ledger import accounts
from referral.rules.permissions import COMMAND, Actor
from referral.rules.referrals import Claim, Verb
from referral.rules.seat_ledger import faults_of
from referral.rules.seats import MoveKind, SeatNumbers
from referral.rules.terms import Terms
from referral.wording import sentence
from tests.programs import TODAY, room_of
from tests.races.packets import leave_open, many_packets
from tests.referrals import NOW, SAYING, a_cast, moved, referred

ROUNDS = 20 if os.environ.get("PLACEWELL_TESTS") == "long" else 3
CLIENTS = 50
TOLD = "409 No open seat is left."
TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)


@pytest.fixture
def say(app) -> Callable[[Actor, str, Verb], str]:
    """Make a move in a transaction of its own, on a connection of its own; gives what its page would say."""

    def move(actor: Actor, ref: str, verb: Verb) -> str:
        with app.app_context():
            try:
                said = Said(Terms(**SAYING.get(verb, {})))
                in_transaction(lambda: referrals.move(actor, ref, verb, said, now=NOW))
            except ReferralError as error:
                return f"{error.status} {sentence(error)}"
            return "won"

    return move


def at_once(work: Callable[[str], str], refs: Iterable[str]) -> Counter[str]:
    """What came of all of them, begun together."""
    listed = list(refs)
    with ThreadPoolExecutor(len(listed)) as pool:
        return Counter(pool.map(work, listed))


def offered() -> list[str]:
    """The referrals that an offer holds a seat for."""
    return list(db.session.scalars(select(Referral.ref).where(Referral.state == "offered")))


def all_agree() -> bool:
    return [fault for account in accounts(COMMAND) for fault in faults_of(account)] == []


def test_of_fifty_who_want_the_last_seat_one_gets_it(app, saved, say):
    packets = saved(many_packets, CLIENTS + ROUNDS)
    gone: set[str] = set()
    for _ in range(ROUNDS):
        waiting = [ref for ref in packets.refs if ref not in gone][:CLIENTS]

        came = at_once(lambda ref: say(packets.staff, ref, Verb.OFFER), waiting)

        assert came == {"won": 1, TOLD: CLIENTS - 1}
        with app.app_context():
            assert all_agree()
            [winner] = offered()
        assert say(packets.coordinator, winner, Verb.REFUSE) == "won"
        gone.add(winner)


def check_then_act(actor: Actor, room_id: int, before: Claim, after: Claim, *, referral_id: int) -> None:
    """The fault that many make: look whether a seat is open, and a moment later take it."""
    if before is after:
        return
    room = db.session.get_one(Room, room_id, populate_existing=True)
    held = room.held
    if room.enrolled + held >= room.licensed:
        raise seat_ledger.SeatUnavailable
    time.sleep(0.02)
    room.held = held + 1
    seat_ledger.post(actor.user_id, room, (room.licensed, room.enrolled, held), MoveKind.REFERRAL)
    db.session.flush()


def test_check_then_act_gives_the_last_seat_away_twice_on_postgresql(
    app, saved, say, database_kind, monkeypatch
):
    packets = saved(many_packets, CLIENTS)
    monkeypatch.setattr(seat_ledger, "change_claim", check_then_act)

    came = at_once(lambda ref: say(packets.staff, ref, Verb.OFFER), packets.refs)

    assert (came["won"] > 1) == (database_kind == "postgresql")
    with app.app_context():
        assert all_agree() == (database_kind == "sqlite")


def test_of_two_offers_of_one_student_accepted_at_once_one_is(app, saved, say):
    def two_offers():
        cast = a_cast()
        rows = referred(cast, "bridge", "harbor")
        return cast, [moved(cast, row, *TO_OFFER).ref for row in rows]

    cast, refs = saved(two_offers)
    for _ in range(ROUNDS):
        came = at_once(lambda ref: say(cast.coordinator, ref, Verb.ACCEPT), refs * 4)

        assert came.pop("won") == 1
        assert all(told.startswith("409 ") for told in came)
        with app.app_context():
            states = dict(db.session.execute(select(Referral.ref, Referral.state)).all())
            assert sorted(states.values()) == ["accepted", "withdrawn"]
            assert all_agree()
        winner = next(ref for ref, state in states.items() if state == "accepted")
        assert say(cast.coordinator, winner, Verb.UNDO_ACCEPT) == "won"


def test_staff_who_count_anew_while_seats_are_offered_take_none_away(app, saved, say):
    packets = saved(many_packets, 8)
    saved(leave_open, packets.staff, 8)

    def enter_or_offer(ref: str) -> str:
        if packets.refs.index(ref) % 2:
            return say(packets.staff, ref, Verb.OFFER)
        with app.app_context():
            seen, licensed = room_of().version, room_of().licensed
            try:
                numbers = SeatNumbers(licensed=licensed, enrolled=0)
                in_transaction(
                    lambda: seats.update(
                        packets.staff, "bridge", "room-1", numbers, version_seen=seen, today=TODAY
                    )
                )
            except ReferralError as error:
                return str(error.status)
            return "saved"

    came = at_once(enter_or_offer, packets.refs)

    assert came["won"] == 4
    assert set(came) <= {"won", "saved", "409", "422"}
    with app.app_context():
        assert all_agree()
        assert room_of().held >= len(offered()) == 4
