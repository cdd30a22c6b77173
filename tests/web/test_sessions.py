"""The life of a sign-in."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from referral.config import ABSOLUTE_LIMIT, IDLE_LIMIT
from referral.models.audit import AuditEvent
from referral.models.base import db
from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page


def test_signing_out_ends_copies_of_the_cookie_too(app, saved):
    user = saved(a_user)
    browser, thief = client_of(app, user), client_of(app, user)
    page(thief.get("/"))

    assert browser.post("/sign-out").location == "/sign-in"
    assert browser.get("/").status_code == 303
    assert thief.get("/").status_code == 303


def test_signing_out_on_one_device_leaves_another_signed_in(app, saved):
    user = saved(a_user)
    browser, phone = client_of(app, user), client_of(app, user)
    with phone.session_transaction() as session:
        session["session_key"] = "another sign-in"

    browser.post("/sign-out")

    assert phone.get("/").status_code == 200


def test_signing_out_leaves_an_audit_line(app, signed_in):
    signed_in().post("/sign-out")

    with app.app_context():
        assert db.session.scalars(select(AuditEvent.tag)).all() == ["user:session:ended"]


def test_an_idle_session_ends(signed_in):
    with time_machine.travel("2026-09-01 09:00", tick=False) as clock:
        browser = signed_in()
        browser.get("/")
        clock.shift(IDLE_LIMIT + timedelta(seconds=2))

        assert browser.get("/").status_code == 303


def test_use_keeps_a_session_alive_until_the_absolute_limit(signed_in):
    with time_machine.travel("2026-09-01 06:00", tick=False) as clock:
        browser = signed_in()
        step = timedelta(minutes=25)
        answers = []
        for _ in range(int(ABSOLUTE_LIMIT / step) + 1):
            clock.shift(step)
            answers.append(browser.get("/").status_code)

        assert answers == [200] * (len(answers) - 1) + [303]


def test_a_session_that_was_never_named_is_forgotten(signed_in):
    browser = signed_in()
    with browser.session_transaction() as session:
        del session["session_key"]

    assert browser.get("/").status_code == 303
