"""Who guesses is slowed, is told for how long, and nobody is locked out by a stranger."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import time_machine
from flask_security import hash_password
from sqlalchemy import select

from referral.actions import throttles
from referral.actions.transactions import in_transaction
from referral.api.rates import limiter
from referral.callers import subject
from referral.errors import TooManyTries
from referral.models.base import db, utc_now
from referral.models.throttles import ThrottledSubject
from referral.rules.throttles import PACES, Throttle
from tests.factories import a_user
from tests.pages import page

PASSWORD = "four plain words here"
EMAIL = "guessed@district.example"
HERE = "198.51.100.1"
FREE = PACES[Throttle.ACCOUNT_AT_ADDRESS].free


def sign_in(client, password=PASSWORD, *, email=EMAIL, address=HERE):
    client.delete_cookie("__Host-placewell")
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        headers={"X-Forwarded-For": address, "X-Forwarded-Proto": "https"},
    )


def failed(app, throttle, *parts, times):
    """So many failures just now, without their slow hashes."""
    with app.test_request_context():
        tried = [subject(throttle, *parts)]
        for _ in range(times):
            in_transaction(lambda: throttles.take(tried, now=utc_now()))


def a_user_with_password(app, saved):
    with app.app_context():
        hashed = hash_password(PASSWORD)
    return saved(a_user, email=EMAIL, password=hashed)


def test_guesses_from_one_address_wait_longer_and_longer(app, client, saved):
    a_user_with_password(app, saved)
    with time_machine.travel("2026-09-01 09:00", tick=False) as clock:
        failed(app, Throttle.ACCOUNT_AT_ADDRESS, EMAIL, HERE, times=FREE)
        last_free = sign_in(client, "wrong")
        refused = sign_in(client)
        clock.shift(timedelta(seconds=16))
        sign_in(client, "wrong")
        again = sign_in(client)
        clock.shift(timedelta(seconds=31))
        let_in = sign_in(client)
    with app.app_context():
        own = ThrottledSubject.throttle == Throttle.ACCOUNT_AT_ADDRESS.value
        after = db.session.scalar(select(ThrottledSubject.failures).where(own))

    assert last_free.status_code == 200
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "15")
    assert "Wait 15 seconds" in page(refused).main.get_text()
    assert (again.status_code, again.headers["Retry-After"]) == (429, "30")
    assert (let_in.status_code, let_in.location) == (302, "/")
    assert after == 0


def test_strangers_who_guess_elsewhere_do_not_keep_the_owner_out(app, client, saved):
    a_user_with_password(app, saved)
    with time_machine.travel("2026-09-01 09:00", tick=False):
        at_home = sign_in(client, address="203.0.113.9")
        failed(app, Throttle.ACCOUNT, EMAIL, times=PACES[Throttle.ACCOUNT].free)
        guesses = [sign_in(client, "wrong", address=f"198.51.100.{number}").status_code for number in (1, 2)]
        new_place = sign_in(client, address="192.0.2.7")
        home_again = sign_in(client, address="203.0.113.9")

    assert at_home.status_code == home_again.status_code == 302
    assert guesses == [200, 429]
    assert new_place.status_code == 429


def test_an_account_that_does_not_exist_is_slowed_alike_and_no_address_is_kept(app, client):
    with time_machine.travel("2026-09-01 09:00", tick=False):
        failed(app, Throttle.ACCOUNT_AT_ADDRESS, "nobody@district.example", HERE, times=FREE)
        answers = [sign_in(client, email="nobody@district.example").status_code for _ in range(2)]

    assert answers == [200, 429]
    with app.app_context():
        kept = db.session.scalars(select(ThrottledSubject.subject)).all()
    assert len(kept) == 3
    assert all(len(one) == 64 for one in kept)


def test_an_address_that_tries_many_accounts_is_slowed_whatever_the_account(app, client):
    with time_machine.travel("2026-09-01 09:00", tick=False):
        failed(app, Throttle.SIGN_IN_ADDRESS, HERE, times=PACES[Throttle.SIGN_IN_ADDRESS].free)
        answers = [sign_in(client, email=f"u{number}@d.example").status_code for number in (1, 2)]

    assert answers == [200, 429]


def test_links_that_open_nothing_are_slowed_as_are_links_to_choose_a_password(client, app):
    with time_machine.travel("2026-09-01 09:00", tick=False):
        failed(app, Throttle.LINK_ADDRESS, "127.0.0.1", times=PACES[Throttle.LINK_ADDRESS].free)
        missed = [client.get(f"/c/guess-{number}").status_code for number in range(2)]
        password_links = [client.get(f"/password/guess-{number}").status_code for number in range(2)]

    assert missed == [404, 429]
    assert password_links == [429] * 2


def test_tokens_that_do_not_work_are_slowed_as_a_problem(app, client):
    with time_machine.travel("2026-09-01 09:00", tick=False):
        failed(app, Throttle.TOKEN_ADDRESS, "127.0.0.1", times=PACES[Throttle.TOKEN_ADDRESS].free)
        answers = [
            client.get("/api/v1/programs", headers={"Authorization": f"Bearer guess-{number}"})
            for number in range(2)
        ]

    assert [answer.status_code for answer in answers] == [401, 429]
    assert answers[-1].json["code"] == "too_many_tries"
    assert answers[-1].headers["Retry-After"] == "15"


def test_a_token_that_asks_too_often_is_told_to_wait(app, client):
    limiter.limiter.storage.reset()
    with time_machine.travel("2026-09-01 09:00", tick=False):
        answers = [client.get("/api/v1/openapi.json") for _ in range(601)]
        other = client.get("/api/v1/programs", headers={"Authorization": "Bearer other"})
    limiter.limiter.storage.reset()

    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1].json["code"]) == (429, "too_many_requests")
    assert int(answers[-1].headers["Retry-After"]) in (60, 61)
    assert other.status_code == 401


def test_of_many_guesses_at_once_no_more_pass_than_one_after_the_other(app):
    def guess(_):
        with app.test_request_context():
            tried = [subject(Throttle.CODE, "one account")]
            try:
                in_transaction(lambda: throttles.take(tried, now=utc_now()))
            except TooManyTries:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        passed = list(pool.map(guess, range(20)))

    assert sum(passed) == PACES[Throttle.CODE].free + 1


def test_failures_are_forgotten_after_a_day_and_known_addresses_after_a_month(app, client, saved):
    a_user_with_password(app, saved)
    with time_machine.travel("2026-09-01 09:00", tick=False) as clock:
        sign_in(client, email="nobody@district.example")
        sign_in(client)
        left = []
        for days in (2, 29):
            clock.shift(timedelta(days=days))
            client.get("/c/guess")
            with app.app_context():
                left.append(set(db.session.scalars(select(ThrottledSubject.throttle))))

    assert left == [{"account_at_address", "link_address"}, {"link_address"}]
