"""The first page."""

import pytest

from referral.rules.permissions import Role
from tests.databases import at_most
from tests.factories import a_user
from tests.pages import page


def tasks(browser):
    return " ".join(card.get_text(" ", strip=True) for card in page(browser.get("/")).select("section.card"))


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client):
    answer = client.get("/")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/"


@pytest.mark.parametrize("role", [*Role, None])
def test_every_role_has_a_first_page(signed_in, role):
    assert page(signed_in(role).get("/")).h1.get_text() == "Home"


def test_a_coordinator_without_students_is_asked_to_describe_one(signed_in):
    assert "Describe a student" in tasks(signed_in("coordinator"))


def test_an_administrator_sees_who_has_not_chosen_a_password(signed_in, saved):
    browser = signed_in("site_administrator", password="chosen")
    saved(a_user)

    assert "1 invited user without a password yet" in tasks(browser)


def test_the_menu_names_the_pages_of_the_role_and_no_others(signed_in):
    shown = {
        role: [link.get_text() for link in page(signed_in(role).get("/")).select("nav[aria-label=Main] a")]
        for role in ("coordinator", "site_administrator")
    }

    assert "Users" not in shown["coordinator"]
    assert "Students" not in shown["site_administrator"]
    assert {"Organizations", "Users", "Help"} <= set(shown["site_administrator"])


def test_the_menu_marks_the_page_it_is_on(signed_in):
    soup = page(signed_in("site_administrator").get("/users/invite"))

    assert [link.get_text() for link in soup.select("[aria-current=page]")] == ["Users"]


def test_the_first_page_takes_a_fixed_number_of_statements(signed_in, engine):
    browser = signed_in("director")

    with at_most(8, engine):
        browser.get("/")
