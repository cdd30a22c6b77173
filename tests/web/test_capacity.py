"""Pages of questions about capacity: asked from a program or a ranking, answered in one click."""

import pytest
from sqlalchemy import select

from referral.actions import capacity
from referral.models.base import db
from referral.models.capacity import CapacityAnswer
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from tests.pages import page
from tests.referrals import NOW
from tests.world import two_sides


@pytest.fixture
def places(prepared):
    return prepared(two_sides)[0].places


@pytest.fixture
def someone(signed_in, places, saved):
    """A browser signed in as a role of the first side."""

    def sign_in(role: Role):
        return signed_in(role, at=saved(lambda: db.session.get_one(Organisation, places[role])))

    return sign_in


@pytest.fixture
def coordinator(someone):
    return someone(Role.COORDINATOR)


@pytest.fixture
def staff(someone):
    return someone(Role.COLLABORATIVE_STAFF)


@pytest.fixture
def question(saved, coordinator):
    return saved(lambda: capacity.ask(coordinator.actor, ["bridge"], now=NOW).ref)


def test_a_program_named_in_the_address_is_ticked(coordinator):
    soup = page(coordinator.get("/capacity/ask?program=bridge&program=hilltop"))

    assert [box["value"] for box in soup.select("input[name=programs][checked]")] == ["bridge", "hilltop"]


def test_asking_without_a_program_leads_to_the_directory(coordinator):
    assert page(coordinator.get("/capacity/ask")).select_one(".empty a")["href"] == "/programs"


def test_the_question_is_listed_with_its_answers_to_come(coordinator):
    answer = coordinator.post("/capacity/ask", data={"programs": ["bridge", "hilltop"]})

    assert (answer.status_code, answer.location) == (303, "/capacity")
    assert "0 of 2 answered" in page(coordinator.get("/capacity")).text


def test_unticking_everything_is_explained_beside_the_boxes(coordinator):
    answer = coordinator.post("/capacity/ask", data={"programs": []})

    assert answer.status_code == 422


def test_staff_answer_in_one_click_and_are_reminded_of_the_seats(staff, question):
    answer = staff.post(f"/capacity/{question}/bridge", data={"reply": "none"})

    soup = page(staff.get(answer.location))
    assert "Your profile still shows open seats." in soup.text
    assert "still right" in soup.select_one(".messages").text


def test_the_district_reads_the_answer(coordinator, staff, question):
    staff.post(f"/capacity/{question}/bridge", data={"reply": "has_capacity"})

    assert "Has capacity" in page(coordinator.get("/capacity")).text


def test_staff_read_the_state_of_who_asks_and_not_the_name(staff, question):
    text = page(staff.get("/capacity")).text

    assert "A district in Massachusetts" in text
    assert "District of river" not in text


def test_no_answer_is_no_answer(app, staff, question):
    staff.post(f"/capacity/{question}/bridge", data={"reply": "perhaps"})

    with app.app_context():
        assert set(db.session.scalars(select(CapacityAnswer.reply))) == {None}


@pytest.mark.parametrize("address", ["/capacity/ask?program=%00", "/capacity/ask?program=../x"])
def test_an_address_that_names_no_program_opens_the_page(coordinator, address):
    assert coordinator.get(address).status_code == 200


def test_a_program_of_no_name_cannot_be_told_gone_or_answered_for(coordinator, staff, question):
    assert coordinator.post("/programs/%00/told-gone").status_code == 404
    assert staff.post(f"/capacity/{question}/%00", data={"reply": "none"}).status_code == 404


def test_a_program_page_leads_to_the_question(coordinator):
    soup = page(coordinator.get("/programs/bridge"))

    assert soup.select_one('a[href="/capacity/ask?program=bridge"]')
