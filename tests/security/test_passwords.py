"""A user changes the password with the present one; easy ones are refused; other sign-ins end."""

import pytest
from flask_security import hash_password
from sqlalchemy import select

from referral.models.audit import AuditEvent
from referral.models.base import db
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
