"""Every reading operation keeps within a number of SQL statements, however much there is to list."""

import pytest

from referral.actions.rankings import rank_for
from referral.actions.referring import Chosen, refer
from referral.formats.api_operations import OPERATIONS, PREFIX
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import Role
from tests.api.test_access import MADE_FOR
from tests.databases import at_most
from tests.factories import a_user
from tests.programs import TODAY
from tests.rankings import SAID
from tests.referrals import NOW
from tests.students import a_student

# Three of these find the token, its maker and the day at its organization.
BUDGET = 14


def referred_often(district_id: int) -> None:
    """Eight more referrals of the district."""
    coordinator = actor_of(a_user(Role.COORDINATOR, at=db.session.get_one(Organisation, district_id)))
    for _ in range(8):
        student = a_student(coordinator, **SAID)
        ranking = rank_for(coordinator, student.ref, today=TODAY, with_examples=True)
        refer(coordinator, ranking.ref, [Chosen("bridge")], submit=True, now=NOW)


@pytest.mark.parametrize("kind", ["district", "collaborative"])
def test_reading_keeps_its_budget_for_few_rows_and_for_many(engine, saved, api_of, sides, kind):
    client = api_of(kind)

    def counts() -> dict[str, int]:
        found = {}
        for one in OPERATIONS:
            names = {name: sides[0].names[known] for name, known in MADE_FOR.items()}
            if one.method == "GET":
                client.get(PREFIX + one.path.format(**names))
                with at_most(BUDGET, engine) as sent:
                    client.get(PREFIX + one.path.format(**names))
                found[one.name] = len(sent)
        return found

    few = counts()
    saved(referred_often, sides[0].places[Role.DIRECTOR])

    assert counts() == few
