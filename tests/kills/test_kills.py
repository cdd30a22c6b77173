"""The server is killed under eight writers: nothing acknowledged is lost, doubled or over capacity.

`PLACEWELL_KILLS` says how often; without it five times, and 100 times with PLACEWELL_TESTS=long.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from referral.actions import referrals, rooms, seats
from referral.actions.referrals import Said
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.models.base import db, utc_now
from referral.models.referrals import Referral, ReferralMove
from referral.models.seats import SeatMove
from referral.queries.audit import verified
from referral.queries.seat_ledger import accounts
from referral.rules.permissions import COMMAND
from referral.rules.program_records import RoomRecord
from referral.rules.referrals import Verb
from referral.rules.seat_ledger import faults_of
from referral.rules.seats import SeatNumbers
from referral.rules.terms import Terms
from tests.databases import settings_for
from tests.programs import TODAY, room_of
from tests.races.packets import Packets, leave_open, many_packets
from tests.referrals import NOW, SAYING
from tests.serving import SECONDS, ReferralWriter, SeatWriter, Server, Writer, cookie_of

KILLS = int(os.environ.get("PLACEWELL_KILLS") or (100 if os.environ.get("PLACEWELL_TESTS") == "long" else 5))
COUNTERS = 4
MOVERS = 4
ENROLLED = 5
MOMENTS = random.Random()  # noqa: S311 - when to kill, not a secret


@pytest.fixture
def site(template_of, tmp_path) -> Iterator[list[Writer]]:
    """An instance with rooms to count and offers to refuse, and a writer for each."""
    with template_of("sqlite").fresh(tmp_path) as url:
        app = create_app(settings_for(url, tmp_path))
        with app.app_context():
            yield _writers(app, *in_transaction(_instance))
            db.session.remove()
            db.engine.dispose()


def _instance() -> tuple[Packets, list[str]]:
    """Rooms with five students each; offers that hold every seat of their room, and one refused already."""
    packets = many_packets(MOVERS)
    leave_open(packets.staff, MOVERS)
    for ref in packets.refs:
        offer = Said(Terms(**SAYING[Verb.OFFER]))
        row = referrals.move(packets.staff, ref, Verb.OFFER, offer, now=NOW)
        row.hold_until = utc_now().date() + timedelta(days=60)
    refuse = Said(Terms(reason="by_mistake"))
    referrals.move(packets.coordinator, packets.refs[-1], Verb.REFUSE, refuse, now=utc_now())
    leave_open(packets.staff, 0)
    keys = [f"counted-{number}" for number in range(COUNTERS)]
    for key in keys:
        rooms.add(packets.staff, "bridge", RoomRecord(key=key))
        numbers = SeatNumbers(licensed=8, enrolled=ENROLLED)
        seats.update(packets.staff, "bridge", key, numbers, version_seen=1, today=TODAY)
    return packets, keys


def _writers(app: Flask, packets: Packets, keys: list[str]) -> list[Writer]:
    staff, coordinator = (cookie_of(app, actor.user_id) for actor in (packets.staff, packets.coordinator))
    counters = [
        SeatWriter(staff, room=key, version=room_of(key=key).version, enrolled=ENROLLED) for key in keys
    ]
    movers = [ReferralWriter(coordinator, ref=ref) for ref in packets.refs]
    movers[-1].verb = "reopen"
    return [*counters, *movers]


def write_until(server: Server, writers: list[Writer], number: signal.Signals, seconds: float) -> int:
    """Once all have written, let them go on for so long; then the signal. Gives the server's exit code."""
    db.session.rollback()  # reads nothing meanwhile
    gone, before = threading.Event(), [one.acknowledged for one in writers]
    threads = [threading.Thread(target=one.run, args=(server.port, gone)) for one in writers]
    for thread in threads:
        thread.start()
    latest = time.monotonic() + SECONDS
    while time.monotonic() < latest and not all(
        one.acknowledged > count for one, count in zip(writers, before, strict=True)
    ):
        time.sleep(0.01)
    time.sleep(seconds)
    code = server.send(number)
    gone.set()
    for thread in threads:
        thread.join()
    assert [fault for one in writers for fault in one.faults] == []
    return code


def stored(writer: Writer) -> int:
    """How many writes of a writer the database holds."""
    db.session.rollback()
    if isinstance(writer, SeatWriter):
        lines = select(func.count()).where(SeatMove.room_id == room_of(key=writer.room).id)
        return (db.session.scalar(lines) or 0) - 1
    assert isinstance(writer, ReferralWriter)
    moves = select(func.count()).join(Referral, Referral.id == ReferralMove.referral_id)
    made = moves.select_from(ReferralMove).where(
        Referral.ref == writer.ref, ReferralMove.form_key.is_not(None)
    )
    return db.session.scalar(made) or 0


def expect_whole() -> None:
    """Rooms, ledger and referrals agree, nothing is over capacity; the file and the audit log are sound."""
    db.session.rollback()
    assert [(one.room, fault) for one in accounts(COMMAND) for fault in faults_of(one)] == []
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert verified(COMMAND).broken is None


def test_nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(site, tmp_path):
    writers = site
    for _ in range(KILLS):
        code = write_until(Server(tmp_path), writers, signal.SIGKILL, MOMENTS.uniform(0, 0.6))

        assert code == -signal.SIGKILL
        for one in writers:
            assert one.acknowledged <= stored(one) <= one.acknowledged + (one.lost is not None)
            settle(one, stored(one))
        expect_whole()
    assert min(one.acknowledged for one in writers) > 0


def settle(writer: Writer, count: int) -> None:
    """Bring staff's count up to what is stored; a referral's lost act is sent again with its own key."""
    if isinstance(writer, SeatWriter):
        room = room_of(key=writer.room)
        writer.acknowledged, writer.version, writer.enrolled = count, room.version, room.enrolled or 0
        writer.lost = None


def test_a_server_that_is_asked_to_stop_stores_exactly_what_it_acknowledged(site, tmp_path):
    writers = site

    code = write_until(Server(tmp_path), writers, signal.SIGTERM, 1.0)

    assert code == 0
    assert min(one.acknowledged for one in writers) > 0
    assert [stored(one) for one in writers] == [one.acknowledged for one in writers]
    assert [room_of(key=one.room).enrolled for one in writers if isinstance(one, SeatWriter)] == [
        one.enrolled for one in writers if isinstance(one, SeatWriter)
    ]
    expect_whole()
