"""The administrator's pages for users."""

import pytest

from tests.conftest import client_of
from tests.factories import a_district, a_user
from tests.pages import page


@pytest.fixture
def admin(signed_in):
    return signed_in("site_administrator")


@pytest.fixture
def district(saved):
    return saved(a_district, name="Lexington", slug="lexington")


@pytest.fixture
def coordinator(saved, district):
    return saved(
        a_user, "coordinator", at=district, name="Coordinator, Lexington", email="ood@lexington.example"
    )


def test_an_invitation_shows_its_link_once(admin, district):
    page(admin.get("/users/invite"))
    answer = admin.post(
        "/users/invite",
        data={
            "email": "OOD@district.example",
            "name": "Coordinator",
            "role": "coordinator",
            "organisation": "lexington",
        },
    )

    assert answer.status_code == 303
    assert "https://localhost/password/" in page(admin.get(answer.location)).main.get_text()
    assert "https://localhost/password/" not in page(admin.get(answer.location)).main.get_text()


def test_an_invitation_names_every_field_at_fault(admin, district):
    answer = admin.post(
        "/users/invite",
        data={"email": "no address", "name": " ", "role": "collaborative_staff", "organisation": "lexington"},
    )

    faults = {tag["id"] for tag in page(answer).select("[id$=-error]")}
    assert answer.status_code == 422
    assert faults >= {"name-error"}


def test_an_address_is_invited_once(admin, coordinator):
    answer = admin.post(
        "/users/invite",
        data={"email": coordinator.email, "name": "Other", "role": "director", "organisation": "lexington"},
    )

    assert "exists already" in page(answer).select_one("#email-error").get_text()


def test_a_role_has_its_place(admin, coordinator):
    answer = admin.post(
        f"/users/{coordinator.ref}", data={"role": "collaborative_staff", "organisation": "lexington"}
    )

    assert "kind of organization" in page(answer).select_one("#role-error").get_text()


def test_a_further_role_is_given_and_taken(admin, coordinator):
    admin.post(f"/users/{coordinator.ref}", data={"role": "director", "organisation": "Lexington"})
    given = page(admin.get(f"/users/{coordinator.ref}")).select_one("tbody").get_text()
    admin.post(f"/users/{coordinator.ref}/roles/coordinator/lexington/remove")
    left = page(admin.get(f"/users/{coordinator.ref}")).select_one("tbody").get_text()

    assert "Special education director" in given
    assert "coordinator" not in left


def test_a_change_of_roles_ends_the_user_s_sessions(app, admin, coordinator):
    browser = client_of(app, coordinator)
    page(browser.get("/"))

    admin.post(f"/users/{coordinator.ref}", data={"role": "director", "organisation": "lexington"})

    assert browser.get("/").location == "/sign-in?next=/"


def test_a_disabled_user_is_out_at_once_and_can_be_enabled(app, admin, coordinator):
    browser = client_of(app, coordinator)

    admin.post(f"/users/{coordinator.ref}/disable")
    shown = page(admin.get(f"/users/{coordinator.ref}")).main.get_text()
    admin.post(f"/users/{coordinator.ref}/enable")

    assert browser.get("/").status_code == 303
    assert "Disabled" in shown
    assert "Active" in page(admin.get(f"/users/{coordinator.ref}")).main.get_text()


def test_a_link_is_refused_for_a_disabled_user(admin, coordinator):
    admin.post(f"/users/{coordinator.ref}/disable")

    answer = admin.post(f"/users/{coordinator.ref}/link")

    assert answer.status_code == 422
    assert "disabled" in page(answer).main.get_text()


def test_nobody_disables_the_own_account(admin, app):
    soup = page(admin.get("/users"))
    own = soup.select_one("tbody a")["href"]

    answer = admin.post(f"{own}/disable")

    assert answer.status_code == 422
    assert "own account" in page(answer).main.get_text()


def test_users_are_found_by_name_and_address(admin, coordinator):
    for wanted in ("coordinator, lex", "OOD@"):
        soup = page(admin.get("/users", query_string={"q": wanted}))

        assert [row.get_text(strip=True) for row in soup.select("tbody th")] == ["Coordinator, Lexington"]


@pytest.mark.parametrize("ref", ["U-0000000000A", "1", "S-00000000000", "U-00000000000"])
def test_a_user_who_is_not_there_is_not_found(admin, ref):
    assert admin.get(f"/users/{ref}").status_code == 404
