"""The first page."""

from tests.pages import page


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client):
    answer = client.get("/")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/"


def test_every_role_has_a_first_page(signed_in):
    soup = page(signed_in("coordinator").get("/"))

    assert soup.h1.get_text() == "Home"
