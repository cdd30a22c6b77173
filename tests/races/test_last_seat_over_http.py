"""Fifty browsers that offer the last seat at once, over real sockets: one does, 49 read why not."""

import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

from sqlalchemy import func, select

from referral.actions.transactions import in_transaction
from referral.models.base import db, utc_now
from referral.models.referrals import Referral
from tests.programs import room_of
from tests.races.packets import many_packets
from tests.serving import Browser, Server, cookie_of

CLIENTS = 50


def test_one_of_fifty_browsers_gets_the_last_seat_and_49_are_told(app, database_url, tmp_path):
    app.config["WTF_CSRF_ENABLED"] = True
    with app.app_context():
        packets = in_transaction(lambda: many_packets(CLIENTS, utc_now().date() - timedelta(days=1)))
        cookie = cookie_of(app, packets.staff.user_id)
    until = (utc_now().date() + timedelta(days=20)).isoformat()
    server, ready = Server(tmp_path, database_url), threading.Barrier(CLIENTS)

    def offer(ref: str) -> tuple[int, bool]:
        with closing(Browser(server.port, cookie)) as browser:
            browser.open()
            ready.wait(60)
            status, page = browser.ask(
                "POST", f"/referrals/{ref}/offer", {"room": "room-1", "hold_until": until}
            )
        return status, "No open seat is left." in page

    try:
        with ThreadPoolExecutor(CLIENTS) as pool:
            came = Counter(pool.map(offer, packets.refs))
    finally:
        server.send(signal.SIGTERM)

    assert came == {(303, False): 1, (409, True): CLIENTS - 1}
    with app.app_context():
        offered = select(func.count()).where(Referral.state == "offered")
        assert db.session.scalar(offered) == 1
        assert room_of().licensed == room_of().enrolled + room_of().held
