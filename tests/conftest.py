"""Fixtures: a fresh database, the app on it, a client, and clients signed in as a role.

`pytest --database sqlite` (or postgresql) runs the tests that touch a database on one of the two only.
"""

import gc
import os
import pickle
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine

from referral.actions.transactions import in_transaction
from referral.extensions import SESSION_KEY
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.users import actor_of
from referral.rules.permissions import Actor, Role
from tests.databases import PostgresqlTemplate, SqliteTemplate, fast_folder, settings_for
from tests.factories import a_user
from tests.kept_apps import KeptApp

DATABASES = ("sqlite", "postgresql")
MADE: dict[tuple[str, str], bytes] = {}  # what a kept state of a kind of database is called by

# PLACEWELL_TESTS=long draws new examples, and many; otherwise the same few each time. Each mutant of a
# mutation test runs on PLACEWELL_TESTS=brief: the examples by hand should tell, the drawn ones only help.
settings.register_profile("dev", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("brief", max_examples=6, derandomize=True, deadline=None)
settings.load_profile(os.environ.get("PLACEWELL_TESTS") or "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=[*DATABASES, "both"], default="both")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(fast_folder()))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again finds nothing."""
    gc.collect()
    gc.freeze()


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
    for template in made.values():
        template.stop()


@pytest.fixture
def database_url(database_kind, template_of, tmp_path) -> str:
    """The address of a database that holds what its migrations made and nothing else."""
    return template_of(database_kind).put(tmp_path)


@pytest.fixture(scope="session")
def app_on(tmp_path_factory) -> Callable[..., AbstractContextManager[Flask]]:
    """The app of a kind of start, on a database: one is kept for each kind of database."""
    made: dict[tuple[bool, bool], KeptApp] = {}

    def on(url: str, folder: Path, *, demo: bool) -> AbstractContextManager[Flask]:
        settings = settings_for(url, folder, demo=demo)
        key = (settings.is_sqlite, demo)
        if key not in made:
            first = replace(settings, instance=tmp_path_factory.mktemp("app"))
            made[key] = KeptApp(first, TESTING=True, WTF_CSRF_ENABLED=False)
        return made[key].on(settings)

    return on


@pytest.fixture
def app(database_url, app_on, tmp_path) -> Iterator[Flask]:
    """The app of a real start (https, not the demo) on a fresh database; form tokens are not checked."""
    with app_on(database_url, tmp_path, demo=False) as app:
        yield app


@pytest.fixture
def demo_app(database_url, app_on, tmp_path) -> Iterator[Flask]:
    """The app as the demo runs it (http on loopback, one-click sign-in), without its data."""
    with app_on(database_url, tmp_path, demo=True) as app:
        yield app


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
        save.was_used = True
        with app.app_context():
            return in_transaction(lambda: make(*args, **kwargs))

    save.was_used = False
    return save


@pytest.fixture
def prepared(app, saved, template_of, database_kind, tmp_path, tmp_path_factory) -> Callable:
    """What `saved` gives, made once in a test process and put back whole: `sides = prepared(two_sides)`.

    It takes the place of all that the database and the instance hold, so it comes first. A test whose
    clock is held says at which moment: `prepared(a_cast, at=NOW)`.
    """

    def prepare(make: Callable, *, at: datetime | None = None):
        assert not saved.was_used, "what was saved before would be lost"
        template, state = template_of(database_kind), f"{make.__module__}_{make.__name__}".replace(".", "_")
        state += f"_{at:%m%d%H%M}" if at else ""
        files = tmp_path_factory.getbasetemp() / f"{database_kind}-{state}"
        if state not in template.states:
            MADE[database_kind, state] = pickle.dumps(saved(make))
            template.keep(tmp_path, state)
            shutil.rmtree(files, ignore_errors=True)
            shutil.copytree(tmp_path, files, ignore=shutil.ignore_patterns("placewell.db*"))
        else:
            template.put(tmp_path, state)
            shutil.copytree(files, tmp_path, dirs_exist_ok=True)
        return pickle.loads(MADE[database_kind, state])  # noqa: S301 - our own

    return prepare


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
