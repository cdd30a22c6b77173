"""Signing in with a password that was chosen by a one-time link."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask_security import hash_password
from sqlalchemy import select

from referral.app import create_app
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.users import User
from tests.databases import settings_for
from tests.factories import a_user
from tests.pages import page

PASSWORD = "four plain words here"
FOREIGN_ADDRESSES = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "///evil.example",
    "javascript:alert(1)",
]


@pytest.fixture
def link(signed_in, saved):
    """The one-time link of a new user, as the administrator sees it."""
    user = saved(a_user, email="new@district.example")
    admin = signed_in("site_administrator")
    admin.post(f"/users/{user.ref}/link")
    return (
        page(admin.get(f"/users/{user.ref}")).select_one("code").get_text().removeprefix("https://localhost")
    )


def choose_password(client, link):
    return client.post(link, data={"password": PASSWORD, "password_confirm": PASSWORD})


def sign_in(client, password=PASSWORD, address="/sign-in", email="New@district.example "):
    return client.post(address, data={"email": email, "password": password})


def test_a_link_lets_a_user_choose_a_password_and_sign_in(client, link):
    page(client.get(link))
    chosen = choose_password(client, link)
    signed_in = sign_in(client)

    assert (chosen.status_code, chosen.location) == (302, "/sign-in")
    assert (signed_in.status_code, signed_in.location) == (302, "/")
    assert page(client.get("/")).h1.get_text() == "Home"


def test_a_link_works_once(client, link):
    choose_password(client, link)

    again = client.get(link)

    assert again.location == "/password"


def test_a_newer_link_replaces_an_older_one(client, link, signed_in, app):
    with app.app_context():
        ref = db.session.scalar(select(User.ref).where(User.email == "new@district.example"))
    signed_in("site_administrator").post(f"/users/{ref}/link")

    assert client.get(link).location == "/password"


def test_a_short_password_is_refused_beside_its_field(client, link):
    soup = page(client.post(link, data={"password": "short", "password_confirm": "short"}))

    assert "12 characters" in soup.select_one("#password-error").get_text()


def test_a_password_is_kept_as_argon2id(client, link, app):
    choose_password(client, link)

    with app.app_context():
        kept = db.session.scalar(select(User.password).where(User.email == "new@district.example"))
    assert kept.startswith("$argon2id$")


def test_guessing_a_kept_password_is_slow(tmp_path):
    app = create_app(settings_for(f"sqlite:///{tmp_path}/placewell.db", tmp_path))

    with app.app_context():
        assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_who_fails_to_sign_in_is_told_the_same_whatever_was_wrong(client, link):
    choose_password(client, link)

    wrong = page(sign_in(client, password="wrong"))
    unknown = page(sign_in(client, email="nobody@district.example"))

    said = [" ".join(soup.select_one(".error-summary").get_text().split()) for soup in (wrong, unknown)]
    assert said[0] == said[1]


def test_a_disabled_user_cannot_sign_in(client, link, saved, app):
    choose_password(client, link)
    with app.app_context():
        db.session.scalars(select(User).where(User.email == "new@district.example")).one().active = False
        db.session.commit()

    assert page(sign_in(client)).h1.get_text() == "Sign in"


def test_signing_in_leads_back_to_the_page_asked_for(client, link):
    choose_password(client, link)

    assert sign_in(client, address="/sign-in?next=/help").location == "/help"


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_signing_in_never_leads_to_another_site(client, link, address):
    choose_password(client, link)

    answer = client.post(
        "/sign-in",
        query_string={"next": address},
        data={"email": "new@district.example", "password": PASSWORD},
    )

    landing = urlsplit(urljoin("https://localhost/sign-in", (answer.location or "/").replace("\\", "/")))
    assert (landing.scheme, landing.netloc) == ("https", "localhost")


def test_sign_in_and_refusal_and_link_leave_audit_lines(client, link, app):
    choose_password(client, link)
    sign_in(client, password="wrong")
    sign_in(client)

    with app.app_context():
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)).all()
    assert tags == ["user:link:issued", "user:password:set", "user:session:refused", "user:session:begun"]


def test_json_is_not_answered_by_the_sign_in_page(client):
    answer = client.post("/sign-in", json={"email": "a@b.example", "password": "x"})

    assert answer.mimetype == "text/html"


def test_the_page_about_a_forgotten_password_says_whom_to_ask(client):
    assert "administrator" in page(client.get("/password")).main.get_text()
