"""Browsers of everyone in a referral: the district's two and the program's staff, and ways to send moves."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select

from referral.models.base import db
from referral.models.referrals import Referral
from referral.models.users import User
from referral.rules.referrals import Verb
from tests.conftest import client_of
from tests.pages import page
from tests.referrals import SAYING, Cast, a_cast, moved, referred


@dataclass(frozen=True)
class Browsers:
    """Who looks at the pages, and at what."""

    cast: Cast
    coordinator: FlaskClient
    director: FlaskClient
    staff: FlaskClient


def browsers(app, saved, cast: Cast | None = None, **answers: object) -> Browsers:
    """Everyone signed in: of this cast, or of a new one whose student has these answers."""
    cast = cast or saved(a_cast, **answers)

    def client(actor):
        return client_of(app, saved(lambda: db.session.get_one(User, actor.user_id)))

    return Browsers(cast, client(cast.coordinator), client(cast.director), client(cast.river_staff))


def a_referral(saved, cast: Cast, *verbs: Verb, submit: bool = True) -> str:
    """The reference of a referral to the bridge program after these moves."""

    def make() -> str:
        [row] = referred(cast, submit=submit)
        return moved(cast, row, *verbs).ref if verbs else row.ref

    return saved(make)


def state_of(app, ref: str) -> str:
    """The state a referral is in."""
    with app.app_context():
        return db.session.scalars(select(Referral.state).where(Referral.ref == ref)).one()


def said(verb: Verb) -> dict[str, object]:
    """What a form of a move sends."""
    return {name: _typed(value) for name, value in SAYING.get(verb, {}).items()}


def _typed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else str(value)


def send(browser: FlaskClient, ref: str, verb: Verb, **more: object):
    """Open a referral, then send a move as its page would."""
    shown = page(browser.get(f"/referrals/{ref}"))
    form = shown.select_one(f"form[action$='/{verb.value}']")
    if form is None:
        form = page(browser.get(f"/referrals/{ref}/{verb.value}")).select_one(
            f"form[action$='/{verb.value}']"
        )
    return browser.post(form["action"], data=hidden_of(form) | said(verb) | more)


def hidden_of(form) -> dict[str, str]:
    """The hidden fields of a form, as the page filled them."""
    return {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}


def text_of(soup) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", soup.main.get_text(" ")).strip()
