"""How a program is kept up: its contact, its rhythm, and a district that was told no seat is left."""

import pytest
from sqlalchemy import select

from referral.models.base import db
from referral.models.capacity import ContactLink, Upkeep
from referral.models.notices import Mail, Notice
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from tests.pages import page
from tests.world import two_sides


@pytest.fixture
def someone(signed_in, saved, prepared):
    """A browser signed in as a role of the first side."""
    places = prepared(two_sides)[0].places

    def sign_in(role: Role):
        return signed_in(role, at=saved(lambda: db.session.get_one(Organisation, places[role])))

    return sign_in


@pytest.fixture
def staff(someone):
    return someone(Role.COLLABORATIVE_STAFF)


@pytest.fixture
def coordinator(someone):
    return someone(Role.COORDINATOR)


def saved_upkeep(app) -> tuple[str | None, int]:
    with app.app_context():
        row = db.session.scalars(select(Upkeep)).one()
        return row.contact_email, row.confirm_every_days


def test_a_contact_and_a_rhythm_are_kept(app, staff):
    data = {"contact_email": " Office@River.Example ", "confirm_every_days": "7"}

    answer = staff.post("/programs/bridge/upkeep", data=data)

    assert answer.status_code == 303
    assert saved_upkeep(app) == ("office@river.example", 7)


@pytest.mark.parametrize(
    "data",
    [
        {"contact_email": "nobody", "confirm_every_days": "14"},
        {"contact_email": "", "confirm_every_days": "0"},
        {"contact_email": "", "confirm_every_days": "91"},
        {"contact_email": "", "confirm_every_days": "often"},
        {"contact_email": "", "confirm_every_days": ""},
    ],
)
def test_what_cannot_be_is_explained_beside_its_field(staff, data):
    answer = staff.post("/programs/bridge/upkeep", data=data)

    assert answer.status_code == 422
    assert page(answer).select(".error-summary a")


def test_a_link_is_mailed_to_the_contact_at_once(app, staff):
    staff.post("/programs/bridge/upkeep", data={"contact_email": "a@b.example", "confirm_every_days": "14"})

    staff.post("/programs/bridge/upkeep/ask")

    with app.app_context():
        assert db.session.scalars(select(ContactLink.act)).all() == ["confirm_seats"]
        assert db.session.scalars(select(Mail.path).where(Mail.to_address == "a@b.example")).one()


def test_without_a_contact_there_is_nobody_to_mail(app, staff):
    answer = staff.post("/programs/bridge/upkeep/ask")

    assert "Enter the contact&#39;s email first" in staff.get(answer.location).text


def test_what_a_district_was_told_is_read_by_all_until_the_seats_are_confirmed(app, staff, coordinator):
    coordinator.post("/programs/bridge/told-gone")

    for address in ("/programs/bridge", "/programs/bridge/seats", "/programs/bridge/upkeep"):
        assert "that no seat is left" in page(staff.get(address)).text

    form = page(staff.get("/programs/bridge/seats")).select_one(
        'form[action="/programs/bridge/seats/confirm"]'
    )
    staff.post(form["action"], data={field["name"]: field["value"] for field in form.select("input")})
    assert "that no seat is left" not in page(coordinator.get("/programs/bridge")).text


def test_the_staff_are_told_once(app, staff, coordinator):
    for _ in range(2):
        coordinator.post("/programs/bridge/told-gone")

    with app.app_context():
        told = select(Notice.event).where(Notice.user_id == staff.user_id, Notice.event == "told_gone")
        assert len(db.session.scalars(told).all()) == 1
