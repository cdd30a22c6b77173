"""Fixtures: a fresh database, the app on it, a client, and clients signed in as a role.

`pytest --database sqlite` (or postgresql) runs the tests that touch a database on one of the two only.
"""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine

from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.extensions import SESSION_KEY
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import Actor, Role
from tests.databases import PostgresqlTemplate, SqliteTemplate, settings_for
from tests.factories import a_user

DATABASES = ("sqlite", "postgresql")

# PLACEWELL_TESTS=long draws new examples, and many; otherwise the same few each time. Each mutant of a
# mutation test runs on PLACEWELL_TESTS=brief: the examples by hand should tell, the drawn ones only help.
settings.register_profile("dev", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("brief", max_examples=6, derandomize=True, deadline=None)
settings.load_profile(os.environ.get("PLACEWELL_TESTS") or "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=[*DATABASES, "both"], default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("database_kind", DATABASES if chosen == "both" else (chosen,), scope="session")


@pytest.fixture(scope="session")
def template_of(tmp_path_factory) -> Iterator[Callable[[str], SqliteTemplate | PostgresqlTemplate]]:
    """The migrated template of a kind of database, made when first asked for."""
    made: dict[str, SqliteTemplate | PostgresqlTemplate] = {}
    classes = {"sqlite": SqliteTemplate, "postgresql": PostgresqlTemplate}

    def get(kind: str) -> SqliteTemplate | PostgresqlTemplate:
        if kind not in made:
            made[kind] = classes[kind](tmp_path_factory.mktemp(kind))
        return made[kind]

    yield get
    if isinstance(server := made.get("postgresql"), PostgresqlTemplate):
        server.stop()


@pytest.fixture
def database_url(database_kind, template_of, tmp_path) -> Iterator[str]:
    """The address of a migrated database of this test's own."""
    with template_of(database_kind).fresh(tmp_path) as url:
        yield url


@pytest.fixture
def app(database_url, tmp_path) -> Iterator[Flask]:
    """The app of a real start (https, not the demo) on a fresh database; form tokens are not checked."""
    yield from _app(database_url, tmp_path, demo=False)


@pytest.fixture
def demo_app(database_url, tmp_path) -> Iterator[Flask]:
    """The app as the demo runs it (http on loopback, one-click sign-in), without its data."""
    yield from _app(database_url, tmp_path, demo=True)


def _app(url: str, folder, *, demo: bool) -> Iterator[Flask]:
    app = create_app(settings_for(url, folder, demo=demo))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(app) -> Iterator[Flask]:
    """An app context around the test, for tests of actions and queries; never together with a client."""
    with app.app_context():
        yield app


@pytest.fixture
def engine(app) -> Engine:
    """The engine of the app, for `at_most`."""
    with app.app_context():
        return db.engine


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def saved(app) -> Callable:
    """Run a factory and commit: `district = saved(a_district, name="...")`."""

    def save(make: Callable, *args, **kwargs):
        with app.app_context():
            return in_transaction(lambda: make(*args, **kwargs))

    return save


class SignedInClient(FlaskClient):
    """A browser in which `user` has signed in."""

    user_id: int
    actor: Actor
    organisation_id: int | None


@pytest.fixture
def signed_in(app, saved) -> Callable[..., SignedInClient]:
    """Sign in as a new user of a role: `signed_in("coordinator", at=district)`; None for no role."""

    def sign_in(
        role: Role | str | None = Role.COORDINATOR, at: Organisation | None = None, **facts
    ) -> SignedInClient:
        user = saved(a_user, role, at=at, **facts)
        return client_of(app, user)

    return sign_in


def client_of(app: Flask, user) -> SignedInClient:
    """A browser in which a user has signed in."""
    app.test_client_class = SignedInClient
    client = app.test_client()
    assert isinstance(client, SignedInClient)
    client.user_id, client.actor = user.id, actor_of(user)
    client.organisation_id = next((a.organisation_id for a in client.actor.assignments), None)
    with client.session_transaction() as session:
        session["_user_id"] = user.fs_uniquifier
        session["_fresh"] = True
        session["fs_paa"] = time.time()
        session[SESSION_KEY] = f"session-{user.id}"
        session.permanent = True
    return client
