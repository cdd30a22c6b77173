"""Two people save the same room at once: one wins, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import func, select

from referral.actions import seats
from referral.actions.transactions import in_transaction
from referral.errors import StaleUpdate
from referral.models.base import db
from referral.models.seats import SeatReport
from referral.queries.users import actor_of
from referral.rules.seats import SeatNumbers
from tests.factories import a_user
from tests.programs import TODAY, a_program, room_of

NUMBERS = SeatNumbers(licensed=9, enrolled=4)
CLIENTS = 8


def test_one_of_many_savers_of_one_version_wins(app, saved):
    staff = saved(lambda: actor_of(a_user("collaborative_staff", at=a_program().organisation)))

    def save(number: int) -> int:
        numbers = replace(NUMBERS, held=number % 3)
        with app.app_context():
            try:
                in_transaction(
                    lambda: seats.update(staff, "bridge", "room-1", numbers, version_seen=1, today=TODAY)
                )
            except StaleUpdate:
                return 0
            return 1

    with ThreadPoolExecutor(CLIENTS) as pool:
        wins = sum(pool.map(save, range(CLIENTS)))

    with app.app_context():
        reports = db.session.scalar(
            select(func.count()).select_from(SeatReport).where(SeatReport.room_id == room_of().id)
        )
        assert (wins, room_of().version, reports) == (1, 2, 2)
