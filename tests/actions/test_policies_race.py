"""Competing proposals approved at the same moment: one comes into force, the others are told."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from referral.actions import policies
from referral.actions.transactions import in_transaction
from referral.errors import StaleUpdate
from referral.models.base import db
from referral.models.policies import PolicyDecision, PolicyVersion
from tests.policies import a_version
from tests.programs import TODAY
from tests.rankings import staff_of

CLIENTS = 6


def test_one_of_many_approvals_wins(app, saved):
    def make():
        _, director = staff_of()
        return director, [a_version(director, cost_delta=delta).ref for delta in (3, 5, 7)]

    director, refs = saved(make)

    def approve(number: int) -> int:
        with app.app_context():
            try:
                in_transaction(
                    lambda: policies.approve(director, refs[number % len(refs)], today=TODAY).decision
                )
            except StaleUpdate:
                return 0
            return 1

    with ThreadPoolExecutor(CLIENTS) as pool:
        wins = sum(pool.map(approve, range(CLIENTS)))

    with app.app_context():
        assert (wins, db.session.scalar(select(func.count()).select_from(PolicyDecision))) == (1, 1)


def test_proposals_made_at_once_get_numbers_of_their_own(app, saved):
    director = saved(lambda: staff_of()[1])

    def propose(number: int) -> None:
        with app.app_context():
            in_transaction(lambda: a_version(director, cost_delta=number + 1).number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(propose, range(CLIENTS)))

    with app.app_context():
        numbers = db.session.scalars(select(PolicyVersion.number).order_by(PolicyVersion.number)).all()
        assert numbers == [*range(1, CLIENTS + 1)]
