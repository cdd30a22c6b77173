"""Makes tokens of the JSON API for tests, and clients that bring them."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from referral.actions import tokens
from referral.models.base import db, utc_now
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import Role
from tests.factories import a_user

MAKERS = {"district": Role.DIRECTOR, "collaborative": Role.COLLABORATIVE_ADMINISTRATOR}


def a_token(at: Organisation | int, **facts: Any) -> tuple[str, str]:
    """The reference and the secret of a token that someone who may has made."""
    place = db.session.get_one(Organisation, at) if isinstance(at, int) else at
    maker = actor_of(a_user(MAKERS[place.kind], at=place))
    said = {"name": "Seat board", "lasts_days": 30, "now": utc_now()} | facts
    row, secret = tokens.make(maker, place, said.pop("name"), **said)
    return row.ref, secret


class TokenClient(FlaskClient):
    """A program that brings a token with every request."""

    secret = ""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Authorization", f"Bearer {self.secret}")
        return super().open(*args, headers=headers, **kwargs)


def token_client(app: Flask, secret: str) -> TokenClient:
    """A client of the API with a token."""
    client = TokenClient(app, app.response_class, use_cookies=True)
    client.environ_base = {"REMOTE_ADDR": "127.0.0.1"}
    client.secret = secret
    return client
