"""Refusals and faults are pages with a plain sentence."""

import pytest

from tests.pages import page


@pytest.mark.parametrize("who", ["stranger", "user"])
def test_an_unknown_address_is_a_page(client, signed_in, who):
    answer = (client if who == "stranger" else signed_in()).get("/nowhere")

    assert answer.status_code == 404
    assert page(answer).h1.get_text() == "Page not found"


def test_a_wrong_method_is_a_page(client):
    answer = client.get("/sign-out")

    assert answer.status_code == 405
    assert page(answer).h1.get_text() == "This page works another way"


def test_a_page_of_another_role_is_refused_in_words(signed_in):
    answer = signed_in("coordinator").get("/users")

    assert answer.status_code == 403
    assert "Your role does not include this" in page(answer).main.get_text()


def test_a_form_without_its_token_is_refused_in_words(app, signed_in):
    app.config["WTF_CSRF_ENABLED"] = True

    answer = signed_in().post("/sign-out", headers={"Referer": "https://localhost/"})

    assert answer.status_code == 400
    assert page(answer).h1.get_text() == "The page was open too long"


def test_a_form_with_its_token_passes(app, signed_in):
    app.config["WTF_CSRF_ENABLED"] = True
    browser = signed_in()
    token = page(browser.get("/")).select_one("form.account [name=csrf_token]")["value"]

    answer = browser.post("/sign-out", data={"csrf_token": token}, headers={"Referer": "https://localhost/"})

    assert answer.status_code == 303


def test_too_large_a_request_is_refused(app, client):
    answer = client.post("/sign-in", data={"email": "x" * 6_000_000})

    assert answer.status_code == 413
    assert page(answer).h1.get_text() == "That is too large"


def test_what_is_refused_is_logged_in_codes_and_numbers(signed_in, caplog):
    browser = signed_in("coordinator")

    browser.get("/users?q=Jordan")

    assert caplog.messages == [f"refused: GET users.index, not_permitted, user {browser.user_id}"]
