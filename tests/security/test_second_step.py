"""The second step of a sign-in: set up by its user, asked for ever after, each code once."""

from datetime import datetime, timedelta

import pyotp
import pytest
import time_machine
from flask_security import hash_password
from sqlalchemy import select

from referral.actions.transactions import in_transaction
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.second_steps import RecoveryCode
from referral.models.users import User
from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page

PASSWORD = "four plain words here"
NOW = datetime.fromisoformat("2026-09-01T09:00:00+00:00")


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


@pytest.fixture
def user(app, saved, clock):
    with app.app_context():
        hashed = hash_password(PASSWORD)
    return saved(a_user, "director", email="head@district.example", password=hashed)


def sign_in(client, address="/sign-in"):
    return client.post(address, data={"email": "head@district.example", "password": PASSWORD})


def set_up(browser):
    """Set the second step up as its page says; gives the app and the recovery codes."""
    assert browser.post("/account/second-step/begin").location == "/account/second-step"
    shown = page(browser.get("/account/second-step"))
    assert shown.img["src"].startswith("data:image/svg+xml;base64,")
    app = pyotp.TOTP(shown.main.find("code").get_text().replace(" ", ""))
    done = page(browser.post("/account/second-step", data={"code": app.now()}))
    return app, [code.get_text() for code in done.select("main li code")]


def test_once_set_up_a_code_is_asked_for_and_works_once(app, client, user, clock):
    totp, codes = set_up(client_of(app, user))
    clock.shift(timedelta(minutes=2))
    asked = sign_in(client, "/sign-in?next=/help")
    before = client.get("/").status_code
    wrong = page(client.post(asked.location, data={"code": "000000"}))
    done = client.post(asked.location, data={"code": f"{totp.now()[:3]} {totp.now()[3:]}"})
    home = page(client.get("/"))
    thief = app.test_client()
    again = thief.post(sign_in(thief).location, data={"code": totp.now()})

    assert len(set(codes)) == 10
    assert asked.location.startswith("/sign-in/code")
    assert before == 303
    assert "does not work" in wrong.select_one("#code-error").get_text()
    assert (done.status_code, done.location) == (303, "/help")
    assert home.h1.get_text() == "Home"
    assert again.status_code == 422


def test_a_recovery_code_signs_in_once_and_is_not_kept_readable(app, client, user, clock):
    _, codes = set_up(client_of(app, user))
    asked = sign_in(client).location
    done = client.post(asked, data={"code": codes[0].lower().replace("-", " ")})
    other = app.test_client()
    again = other.post(sign_in(other).location, data={"code": codes[0]})

    assert (done.status_code, done.location) == (303, "/")
    assert again.status_code == 422
    with app.app_context():
        kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
        secret = db.session.scalar(select(User.second_step_secret).where(User.id == user.id))
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all()
    assert len(kept) == 10
    assert not [code for code in codes if code in kept or code.replace("-", "") in str(secret)]
    assert tags == ["user:second_step:set", *["user:session:begun"] * 2, "user:session:refused"]


def test_a_right_password_waits_ten_minutes_for_its_code_and_opens_nothing(app, client, user, clock):
    totp, _ = set_up(client_of(app, user))
    asked = sign_in(client).location
    clock.shift(timedelta(minutes=11))

    late = client.post(asked, data={"code": totp.now()})

    assert (late.status_code, late.location) == (303, "/sign-in")
    assert app.test_client().get("/sign-in/code").location == "/sign-in"


def test_wrong_codes_are_slowed(app, client, user, clock):
    totp, _ = set_up(client_of(app, user))
    clock.shift(timedelta(minutes=2))
    asked = sign_in(client).location

    answers = [client.post(asked, data={"code": "000000"}).status_code for _ in range(7)]

    assert answers == [422] * 6 + [429]
    assert client.post(asked, data={"code": totp.now()}).status_code == 429


def test_who_decides_must_set_it_up_within_the_grace_and_cannot_turn_it_off(app, saved, user, clock):
    staff = saved(a_user, "coordinator")
    clock.shift(timedelta(days=13))
    early = client_of(app, user).get("/")
    clock.shift(timedelta(days=2))
    browser, other = client_of(app, user), client_of(app, staff)
    late = browser.get("/")
    led = page(browser.get(late.location))
    help_page = browser.get("/help")
    set_up(browser)
    kept_on = browser.post("/account/second-step/off")

    assert (early.status_code, other.get("/").status_code) == (200, 200)
    assert (late.status_code, late.location) == (303, "/account/second-step")
    assert "Your role needs a second step" in led.main.get_text()
    assert help_page.status_code == 200
    assert browser.get("/").status_code == 200
    assert kept_on.status_code == 422


def test_the_demo_never_requires_it(demo_app):
    with time_machine.travel(NOW, tick=False) as clock:
        with demo_app.app_context():
            user = in_transaction(lambda: a_user("director", is_demo=True))
        clock.shift(timedelta(days=100))

        assert client_of(demo_app, user).get("/").status_code == 200


def test_an_administrator_removes_it_and_new_codes_replace_the_old(app, client, user, signed_in, clock):
    browser = client_of(app, user)
    _, codes = set_up(browser)
    newer = [code.get_text() for code in page(browser.post("/account/second-step/codes")).select("li code")]
    old = client.post(sign_in(client).location, data={"code": codes[0]})
    removed = signed_in("site_administrator").post(f"/users/{user.ref}/second-step/remove")
    ended = browser.get("/")
    now = sign_in(app.test_client())

    assert not set(codes) & set(newer)
    assert old.status_code == 422
    assert removed.status_code == ended.status_code == 303
    assert now.location == "/"


def test_setting_it_up_ends_the_other_sign_ins(app, user):
    browser, phone = client_of(app, user), client_of(app, user)

    set_up(browser)

    assert (browser.get("/").status_code, phone.get("/").status_code) == (200, 303)


def test_a_new_password_by_link_does_not_pass_the_second_step(app, client, user, signed_in):
    set_up(client_of(app, user))
    admin = signed_in("site_administrator")
    admin.post(f"/users/{user.ref}/link")
    link = page(admin.get(f"/users/{user.ref}")).select_one(".notice code").get_text()
    client.post(
        link.removeprefix("https://localhost"), data={"password": PASSWORD, "password_confirm": PASSWORD}
    )

    assert sign_in(client).location.startswith("/sign-in/code")
    assert client.get("/").status_code == 303
