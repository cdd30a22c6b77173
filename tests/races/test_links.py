"""Many press one link at the same moment: one acts, the others are told that it is used."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from referral.actions import contact, links
from referral.actions.transactions import in_transaction
from referral.models.base import db
from referral.models.seats import SeatReport
from referral.queries.links import LinkSpent
from referral.rules.links import LinkAct
from tests.programs import TODAY, a_program, room_of
from tests.referrals import NOW

CLIENTS = 8


def test_one_of_many_who_press_a_link_at_once_acts(app, saved):
    secret = saved(
        lambda: links.make_link(a_program(), LinkAct.CONFIRM_SEATS, "contact@river.example", now=NOW)
    )
    seen = saved(lambda: {"room-1": room_of().version})

    def press(_number: int) -> int:
        with app.app_context():
            try:
                return in_transaction(lambda: contact.confirm_seats(secret, seen, now=NOW, today=TODAY))
            except LinkSpent:
                return 0

    with ThreadPoolExecutor(CLIENTS) as pool:
        wins = sum(pool.map(press, range(CLIENTS)))

    with app.app_context():
        confirmed = select(func.count()).where(SeatReport.kind == "confirmed")
        assert (wins, db.session.scalar(confirmed)) == (1, 1)
