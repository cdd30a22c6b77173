"""One-click sign-in exists in the demo only."""

import pytest

from referral.actions.transactions import in_transaction
from referral.rules.permissions import Role
from tests.factories import a_user
from tests.pages import page


@pytest.fixture
def visitor(demo_app):
    with demo_app.app_context():
        in_transaction(lambda: [a_user(role, is_demo=True, name=f"{role.value} (demo)") for role in Role])
    return demo_app.test_client()


@pytest.mark.parametrize("role", list(Role))
def test_one_click_signs_in_as_each_role(visitor, role):
    answer = visitor.post(f"/demo/sign-in/{role.value}")

    assert (answer.status_code, answer.location) == (303, "/")
    assert f"{role.value} (demo)" in page(visitor.get("/")).header.get_text()


def test_the_sign_in_page_offers_each_role_and_says_it_is_the_demo(visitor):
    soup = page(visitor.get("/sign-in"))

    assert len(soup.select("form[action^='/demo/sign-in/']")) == len(Role)
    assert "DEMO" in soup.get_text()


def test_one_click_signs_in_as_any_demo_user_and_as_nobody_else(visitor, demo_app):
    with demo_app.app_context():
        real = in_transaction(lambda: a_user("director", is_demo=False)).ref
    button = page(visitor.get("/sign-in")).select("form[action^='/demo/sign-in-as/']")[2]

    assert visitor.post(button["action"]).location == "/"
    assert button.get_text(strip=True) in page(visitor.get("/")).header.get_text()
    assert demo_app.test_client().post(f"/demo/sign-in-as/{real}").status_code == 404


def test_a_role_that_is_none_is_not_found(visitor):
    assert visitor.post("/demo/sign-in/superuser").status_code == 404


def test_a_user_of_a_real_start_is_never_signed_in_by_a_click(demo_app):
    with demo_app.app_context():
        in_transaction(lambda: a_user("director", is_demo=False))

    assert demo_app.test_client().post("/demo/sign-in/director").status_code == 404


def test_outside_the_demo_there_is_no_such_page(app, client, saved):
    saved(a_user, "director", is_demo=True)

    assert client.post("/demo/sign-in/director").status_code == 404
    assert "demo" not in app.blueprints
    assert "DEMO" not in page(client.get("/sign-in")).get_text()
