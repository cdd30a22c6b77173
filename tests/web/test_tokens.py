"""The page on which tokens of the API are made and revoked."""

from sqlalchemy import select

from referral.models.base import db
from referral.models.tokens import ApiToken
from referral.rules.permissions import Role
from tests.pages import page
from tests.tokens import token_client

ROWS = select(ApiToken.__table__)


def token_on(answer) -> str:
    return page(answer).find("code").get_text()


def test_a_new_token_is_shown_once_and_works(app, signed_in):
    browser = signed_in(Role.DIRECTOR)

    made = browser.post("/tokens", data={"name": "Seat board", "lasts_days": "30"})
    shown = token_on(browser.get("/tokens"))

    assert made.status_code == 303
    assert shown.startswith("placewell_")
    assert token_client(app, shown).get("/api/v1/programs").status_code == 200
    assert page(browser.get("/tokens")).find("code") is None


def test_the_list_says_who_it_is_for_and_when_it_was_used(app, signed_in):
    browser = signed_in(Role.COLLABORATIVE_ADMINISTRATOR)
    browser.post("/tokens", data={"name": "Seat board", "lasts_days": "90"})
    before = page(browser.get("/tokens"))
    token_client(app, before.find("code").get_text()).get("/api/v1/programs")

    row = page(browser.get("/tokens")).find("tbody").get_text(" ")

    assert "Never" in before.find("tbody").get_text()
    assert "Seat board" in row
    assert "changes seats" in row
    assert "Never" not in row


def test_a_revoked_token_no_longer_works(app, signed_in):
    browser = signed_in(Role.DIRECTOR)
    browser.post("/tokens", data={"name": "Seat board", "lasts_days": "30"})
    shown = page(browser.get("/tokens"))
    client = token_client(app, shown.find("code").get_text())

    ended = browser.post(shown.find("form", class_="post", action=lambda to: "/revoke" in to)["action"])
    answer = client.get("/api/v1/programs")

    assert ended.status_code == 303
    assert answer.status_code == 401
    assert answer.json["code"] == "token_invalid"
    assert "Revoked" in page(browser.get("/tokens")).find("tbody").get_text()


def test_a_token_without_a_name_is_refused_beside_the_field(signed_in):
    answer = signed_in(Role.DIRECTOR).post("/tokens", data={"name": "", "lasts_days": "30"})

    assert answer.status_code == 422
    assert "Enter a name" in page(answer).get_text()


def test_only_the_hash_of_the_secret_is_kept(signed_in, saved):
    browser = signed_in(Role.DIRECTOR)
    browser.post("/tokens", data={"name": "Seat board", "lasts_days": "30"})
    shown = token_on(browser.get("/tokens"))

    kept = [str(value) for value in saved(lambda: db.session.execute(ROWS).one())]

    assert not any(shown in value or shown.removeprefix("placewell_") in value for value in kept)
