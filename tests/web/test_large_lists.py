"""Lists at 500 programs and 5,000 referrals: each page keeps its SQL budget and shows one page of rows."""

import pytest
from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Referral
from referral.rules.permissions import Role
from referral.rules.referrals import State
from tests.databases import at_most
from tests.large_lists import REFERRALS, large_site, tell
from tests.pages import page
from tests.web.test_sql_budgets import USUAL

DISTRICT = (Role.COORDINATOR, Role.DIRECTOR)
STAFF = (Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR)
LISTS = [
    *[(role, "/") for role in Role],
    *[(role, "/programs") for role in Role],
    *[(role, "/notices") for role in Role],
    *[(role, "/students") for role in DISTRICT],
    *[(role, "/referrals/approvals") for role in DISTRICT],
    *[
        (role, f"/referrals{asked}")
        for role in DISTRICT + STAFF
        for asked in ("", "?state=all", "?turn=mine")
    ],
    *[
        (Role.DIRECTOR, f"/referrals?{asked}")
        for asked in ("q=Program+49", "state=ended", "overdue=y&turn=theirs")
    ],
    *[
        (role, f"/inbox?view={view}")
        for role in STAFF
        for view in ("waiting", "answered", "waitlists", "offers", "placed")
    ],
    (Role.DIRECTOR, "/referrals?state=all&first=4950"),
    (Role.DIRECTOR, "/notices?first=4950"),
]
LARGEST_BYTES = 400_000


@pytest.fixture
def browsers(saved, prepared, signed_in):
    """A browser of each role, at the large district or collaborative."""
    site = prepared(large_site)
    opened = {}
    for role in Role:
        key = site.places.get(role)
        place = saved(lambda key=key: db.session.get(Organisation, key)) if key else None
        opened[role] = signed_in(role, at=place)
        saved(tell, opened[role].user_id, REFERRALS if role is Role.DIRECTOR else 100)
    return opened


def test_every_list_keeps_its_budget_and_its_size(browsers, engine):
    over = {}
    for role, address in LISTS:
        browsers[role].get(address)
        with at_most(1000, engine) as sent:
            answer = browsers[role].get(address)
        assert answer.status_code == 200, address
        if len(sent) > USUAL or len(answer.data) > LARGEST_BYTES:
            over[role.value, address] = (len(sent), len(answer.data))
    assert over == {}


def test_long_lists_say_how_many_there_are_and_approvals_are_ticked_page_by_page(app, browsers):
    director = browsers[Role.DIRECTOR]
    listed = page(director.get("/referrals?state=all"))
    first = page(director.get("/referrals/approvals"))
    second = page(director.get("/referrals/approvals?first=25"))

    shown, others = refs_of(first), refs_of(second)
    assert len(shown) == len(others) == 25
    assert not set(shown) & set(others)
    assert f"of {REFERRALS + 1} referrals" in listed.get_text()
    assert f"{REFERRALS // len(State) + 1} referrals wait" in first.get_text()
    # A page of yesterday is sent: what it ticked now stands on another page, and is approved all the same.
    assert director.post("/referrals/approvals", data={"chosen": [shown[0], others[0]]}).status_code == 303
    with app.app_context():
        approved = select(Referral.state).where(Referral.ref.in_([shown[0], others[0]]))
        assert db.session.scalars(approved).all() == [State.ENQUIRY_SENT.value] * 2


def refs_of(soup) -> list[str]:
    return [box["value"] for box in soup.select("input[name=chosen]")]
