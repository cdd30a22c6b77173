"""Two collaboratives that lay their lists side by side cannot tell who is in both."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.actions import rankings, referrals
from referral.actions.referring import Chosen, refer
from referral.actions.transactions import in_transaction
from referral.formats.api_operations import PREFIX
from referral.models.base import db
from referral.models.notices import Notice
from referral.models.organisations import Organisation
from referral.models.users import User
from referral.rules.referrals import Verb
from tests.conftest import client_of
from tests.pages import page
from tests.programs import TODAY
from tests.rankings import SAID
from tests.referrals import NOW, a_cast
from tests.students import a_student
from tests.tokens import a_token, token_client

ALIKE = 3
AGENCIES = {"river": 0, "lake": 1}


@pytest.fixture
def cast(saved):
    return saved(a_cast)


@pytest.fixture
def sent(app, cast):
    """For each of some students who are alike the referral to either collaborative, sent at one moment."""

    def send(n):
        now = NOW + timedelta(minutes=7 * n, seconds=n)
        student = a_student(cast.coordinator, **SAID)
        kept = rankings.rank_for(cast.coordinator, student.ref, today=TODAY, with_examples=True)
        rows = refer(cast.coordinator, kept.ref, [Chosen("bridge"), Chosen("harbor")], submit=True, now=now)
        return [referrals.move(cast.director, row.ref, Verb.APPROVE, now=now).ref for row in rows]

    with app.app_context():
        refs = [in_transaction(lambda n=n: send(n)) for n in range(ALIKE)]
        for n, both in enumerate(refs):  # as if each had been told of when it was sent
            at = NOW + timedelta(minutes=7 * n, seconds=n)
            in_transaction(lambda b=both, t=at: [setattr(one, "at", t) for one in notices_of(b)] and None)
        return refs


def notices_of(refs: Iterable[str]) -> Iterable[Notice]:
    return db.session.scalars(select(Notice).where(Notice.subject_ref.in_(refs))).all()


def leaves(value: object, path: str = "") -> Iterator[str]:
    """Every value of a document with where it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield f"{path} = {value}"


def texts(answer) -> set[str]:
    """Every text of a page's main part, whole elements and single words."""
    main = page(answer).select_one("main")
    return {" ".join(tag.get_text().split()) for tag in main.find_all(True)} | set(main.get_text().split())


def telling(seen: Iterable[set[str]]) -> set[str]:
    """What stands in one referral of a list and in no other of it."""
    counted = Counter(value for values in seen for value in values)
    return {value for value, count in counted.items() if count == 1}


def test_no_value_that_is_unique_in_one_list_is_unique_in_the_other(app, cast, sent):
    unique = []
    for agency, place in AGENCIES.items():
        actor = cast.river_staff if agency == "river" else cast.lake_staff
        with app.app_context():
            at = db.session.scalars(select(Organisation).where(Organisation.slug == agency)).one()
            token = in_transaction(lambda at=at: a_token(at)[1])
            browser = client_of(app, db.session.get_one(User, actor.user_id))
        program = token_client(app, token)
        seen = []
        for both in sent:
            ref = both[place]
            values = set(leaves(program.get(f"{PREFIX}/referrals/{ref}").json))
            values |= texts(browser.get(f"/referrals/{ref}"))
            values |= texts(browser.get(f"/inbox?code={ref}"))
            seen.append(values)
        told = page(browser.get("/notices")).select("main tbody tr")
        assert len(told) == ALIKE
        seen += [{" ".join(cell.get_text().split()) for cell in row.select("td, th")} for row in told]
        unique.append(telling(seen))

    assert all(len(values) >= ALIKE for values in unique)  # each has at least a code of its own
    assert unique[0] & unique[1] == set()
