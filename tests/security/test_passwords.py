"""A user changes the password with the present one; easy ones are refused; other sign-ins end."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_security import hash_password
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from referral.app import PACKAGE
from referral.extensions import new_session_key
from referral.models.audit import AuditEvent
from referral.models.base import db, utc_now
from referral.models.users import User
from referral.web.passwords import is_easy
from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page

PASSWORD = "four plain words here"
NEW = "other plain words there"
HARD = ["correct horse battery staple", "ünïcode wörter für ältere leute", "x" * 3 + "7 lamps on a shelf" * 4]
EASY = [
    "passwordpassword",
    "qwertyuiop1234",
    "aaaaaaaaaaaa",
    "placewell2026",
    "director2026!",
    "lexington2026",
]


@pytest.fixture
def user(app, saved):
    with app.app_context():
        hashed = hash_password(PASSWORD)
    return saved(a_user, email="ood@lexington.example", password=hashed)


def change(browser, new=NEW, current=PASSWORD, again=None):
    return browser.post(
        "/account/password",
        data={"current": current, "password": new, "again": new if again is None else again},
    )


def test_a_changed_password_works_and_every_other_sign_in_ends(app, client, user):
    browser, phone = client_of(app, user), client_of(app, user)
    changed = change(browser)
    old, new = (
        client.post("/sign-in", data={"email": "ood@lexington.example", "password": word})
        for word in (PASSWORD, NEW)
    )

    assert (changed.status_code, changed.location) == (303, "/account")
    assert (browser.get("/").status_code, phone.get("/").status_code) == (200, 303)
    assert (old.status_code, new.status_code) == (200, 302)
    with app.app_context():
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all()
        kept = db.session.scalar(select(User.password).where(User.id == user.id))
    assert tags[:2] == ["user:password:changed", "user:session:begun"]
    assert kept.startswith("$argon2id$")


def test_a_password_is_not_changed_without_the_present_one_nor_to_an_easy_one(app, user):
    browser = client_of(app, user)
    wrong, differ, easy, short = (
        page(answer)
        for answer in (
            change(browser, current="wrong"),
            change(browser, again="something else"),
            change(browser, EASY[0]),
            change(browser, "short"),
        )
    )

    assert "not your password" in wrong.select_one("#current-error").get_text()
    assert "differ" in differ.select_one("#again-error").get_text()
    assert "easy to guess" in easy.select_one("#password-error").get_text()
    assert "12 characters" in short.select_one("#password-error").get_text()
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("password", HARD)
def test_long_passwords_of_any_letters_will_do(password):
    assert not is_easy(password, None)


@pytest.mark.parametrize("password", EASY)
def test_what_is_guessed_first_will_not(password):
    assert is_easy(password, User(name="Coordinator, Lexington", email="ood@lexington.example"))


def test_a_user_sees_the_sign_ins_of_the_last_twelve_hours(app, client, user, saved):
    client.post("/sign-in", data={"email": "ood@lexington.example", "password": "wrong"})
    client.post("/sign-in", data={"email": "ood@lexington.example", "password": PASSWORD})
    seen = [row.get_text() for row in page(client.get("/account")).select("tbody td")]
    with time_machine.travel(utc_now() + timedelta(hours=13)):
        later = page(client_of(app, user).get("/account"))
    other = page(client_of(app, saved(a_user)).get("/account"))

    assert seen == ["With your password", "Refused: a wrong password or code"]
    assert "There is none on record" in later.main.get_text()
    assert "There is none on record" in other.main.get_text()


def test_a_user_signs_out_everywhere_else(app, user):
    browser, phone = client_of(app, user), client_of(app, user)

    ended = browser.post("/account/sessions/end")

    assert (ended.status_code, browser.get("/").status_code) == (303, 200)
    assert phone.get("/").status_code == 303


def test_giving_the_password_again_renews_the_session(app, user):
    browser = client_of(app, user)
    old = browser.get_cookie("__Host-placewell").value
    browser.post("/confirm", data={"password": PASSWORD})
    thief = app.test_client()
    thief.set_cookie("__Host-placewell", old, path="/", secure=True)

    assert browser.get("/").status_code == 200
    assert thief.get("/").status_code == 303


@pytest.mark.parametrize("change", ["disable", "roles/coordinator/{place}/remove", "link"])
def test_disabling_a_change_of_roles_and_a_new_link_end_every_sign_in(app, signed_in, saved, change):
    user = saved(a_user)
    browser = client_of(app, user)
    with app.app_context():
        place = db.session.get_one(User, user.id).assignments[0].organisation.slug
    before = browser.get("/").status_code

    signed_in("site_administrator").post(f"/users/{user.ref}/{change.format(place=place)}")

    assert (before, browser.get("/").status_code) == (200, 303)


def test_the_fields_hide_take_pastes_and_tell_the_password_manager(client, app, user):
    sign_in, change_page = page(client.get("/sign-in")), page(client_of(app, user).get("/account/password"))
    fields = [*sign_in.select("#password"), *change_page.select("#current, #password, #again")]

    assert [field["type"] for field in fields] == ["password"] * 4
    known = ["current-password", "current-password", "new-password", "new-password"]
    assert [field["autocomplete"] for field in fields] == known
    assert not [field for field in fields if any(name.startswith("on") for name in field.attrs)]


def test_a_password_counts_to_its_last_letter_and_in_its_case(client, user):
    tries = (PASSWORD[:-1], PASSWORD.upper(), PASSWORD)
    answers = [
        client.post("/sign-in", data={"email": "ood@lexington.example", "password": one}).status_code
        for one in tries
    ]

    assert answers == [200, 200, 302]


def test_a_session_key_has_144_bits_and_differs():
    keys = {new_session_key() for _ in range(100)}

    assert len(keys) == 100
    assert {len(urlsafe_b64decode(key)) for key in keys} == {18}


def test_every_page_of_who_is_signed_in_has_a_way_out(app, user):
    browser = client_of(app, user)

    for address in ("/", "/programs", "/account", "/parked", "/nowhere"):
        assert page(browser.get(address)).select_one("form[action='/sign-out'] button")


def test_a_cookie_that_was_changed_or_signed_with_another_key_opens_nothing(app, user):
    payload = client_of(app, user).get_cookie("__Host-placewell").value.rpartition(".")[0]
    other = Flask("other", static_folder=None)
    other.secret_key = "another secret"
    said = {"_user_id": user.fs_uniquifier}
    signed = SecureCookieSessionInterface().get_signing_serializer(other).dumps(said)
    link = URLSafeTimedSerializer(app.secret_key, salt="reset-salt").dumps(said)
    answers = []
    for cookie in (f"{payload}.{'A' * 27}", signed, link):
        thief = app.test_client()
        thief.set_cookie("__Host-placewell", cookie, path="/", secure=True)
        answers.append(thief.get("/").status_code)

    assert answers == [303] * 3


def test_folders_are_not_listed_and_trace_is_refused(client):
    folders = [
        client.get(address).status_code for address in ("/static/", "/static/css/", "/static/../app.py")
    ]

    assert folders == [404] * 3
    assert client.open("/", method="TRACE").status_code == 405


def test_scripts_keep_nothing_in_the_browser():
    scripts = "".join(path.read_text() for path in (PACKAGE / "static" / "js").glob("*.js"))
    stores = ("localStorage", "sessionStorage", "indexedDB", "document.cookie")

    assert len(scripts) > 1000

    assert not [word for word in stores if word in scripts]


def test_the_one_click_sign_in_of_the_demo_is_nowhere_else(app):
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("demo")]
