"""What can leave a district or open an account needs a password given in this sitting."""

from datetime import timedelta

import pytest
import time_machine
from flask_security import hash_password

from referral.actions import throttles
from referral.actions.transactions import in_transaction
from referral.callers import subject
from referral.config import FRESH_LIMIT
from referral.models.base import db, utc_now
from referral.models.users import User
from referral.rules.throttles import PACES, Throttle
from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page

PASSWORD = "four plain words here"


@pytest.fixture
def clock():
    with time_machine.travel("2026-09-01 09:00", tick=False) as frozen:
        yield frozen


@pytest.fixture
def browser(app, saved, clock):
    with app.app_context():
        hashed = hash_password(PASSWORD)
    return client_of(app, saved(a_user, "director", password=hashed))


def make_token(browser):
    return browser.post("/tokens", data={"name": "Bus board", "lasts_days": "30"})


def test_a_token_made_right_after_sign_in_asks_for_nothing(browser):
    assert make_token(browser).location == "/tokens"


def test_later_the_password_is_asked_for_and_the_form_is_kept_meanwhile(browser, clock):
    clock.shift(FRESH_LIMIT)
    asked = make_token(browser)
    made_before = browser.get("/tokens").text.count("Bus board")
    wrong = page(browser.post(asked.location, data={"password": "wrong"}))
    right = browser.post(asked.location, data={"password": PASSWORD})
    kept = page(browser.get(right.location))
    ref = kept.select_one("input[name=show_parked]")["value"]
    shown = page(browser.post("/tokens", data={"show_parked": ref}))
    made_by_showing = browser.get("/tokens").text.count("Bus board")
    made = make_token(browser)

    assert (asked.status_code, asked.location) == (303, "/confirm?next=/parked")
    assert "not your password" in wrong.select_one("#password-error").get_text()
    assert right.location == "/parked"
    assert shown.select_one("#name")["value"] == "Bus board"
    assert (made_before, made_by_showing) == (0, 0)
    assert made.location == "/tokens"


def test_one_password_serves_a_sitting_without_a_long_break(browser, clock):
    answers = []
    for _ in range(4):
        clock.shift(FRESH_LIMIT - timedelta(minutes=1))
        answers.append(make_token(browser).location)
    clock.shift(FRESH_LIMIT + timedelta(minutes=1))

    assert answers == ["/tokens"] * 4
    assert make_token(browser).location.startswith("/confirm")


def test_the_password_given_again_does_not_lengthen_the_day(browser, clock):
    with browser.session_transaction() as session:
        session["begun_at"] = session["fs_paa"]
    for _ in range(28):
        clock.shift(timedelta(minutes=25))
        browser.get("/help")
    late = browser.post("/confirm", data={"password": PASSWORD})
    clock.shift(timedelta(minutes=25))

    assert late.location == "/"
    assert browser.get("/").status_code == 303


def test_guessing_the_password_of_a_sitting_is_slowed(app, browser):
    with app.app_context():
        ref = db.session.get_one(User, browser.user_id).ref
    with app.test_request_context():
        tried = [subject(Throttle.AGAIN, ref)]
        for _ in range(PACES[Throttle.AGAIN].free):
            in_transaction(lambda: throttles.take(tried, now=utc_now()))
    answers = [browser.post("/confirm", data={"password": word}).status_code for word in ("wrong", PASSWORD)]

    assert answers == [422, 429]


def test_in_the_demo_one_click_is_enough(demo_app, clock):
    with demo_app.app_context():
        user = in_transaction(lambda: a_user("director", is_demo=True))
    browser = client_of(demo_app, user)
    clock.shift(FRESH_LIMIT)
    asked = make_token(browser)
    clicked = browser.post(asked.location)

    assert not page(browser.get(asked.location)).select("input[type=password]")
    assert clicked.location == "/parked"
    assert make_token(browser).location == "/tokens"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"]
)
def test_giving_the_password_never_leads_to_another_site(browser, address):
    answer = browser.post("/confirm", query_string={"next": address}, data={"password": PASSWORD})

    assert answer.location == "/"


def test_what_changes_a_factor_or_leaves_the_district_asks_again(app, browser, clock):
    views = app.view_functions
    marked = {name for name, view in views.items() if getattr(view, "fresh", False)}
    clock.shift(FRESH_LIMIT)
    asked = [
        browser.post(address).location
        for address in ("/account/second-step/begin", "/account/sessions/end", "/referrals/approvals")
    ]

    assert {"account.begin", "account.codes", "account.turn_off", "users.remove_second_step"} <= marked
    assert {"identities.show", "identities.edit"} <= marked
    assert [where.partition("?")[0] for where in asked] == ["/confirm"] * 3
