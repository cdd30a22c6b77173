"""The demo as `placewell demo` makes it: built once, copied for a test that writes, served on a free port."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from referral.actions import clocks
from referral.actions.transactions import in_transaction
from referral.cli.demo import prepared
from referral.cli.demo_check import served
from referral.config import Settings, read_settings
from referral.models.base import db, utc_now
from referral.queries.users import demo_user
from referral.rules.permissions import COMMAND, Role
from tests.conftest import client_of
from tests.journeys.scenes import set_the_scene
from tests.kept_apps import KeptApp

COOKIE = "placewell"


@dataclass(frozen=True)
class DemoSite:
    """A demo that is being served."""

    app: Flask
    address: str
    folder: Path
    cookies: Mapping[Role, str]
    names: Mapping[str, str]

    def count(self, table: str) -> int:
        """How many rows a table holds."""
        with self.app.app_context():
            return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - our own table

    def tick(self, days: int) -> None:
        """What the clocks will do so many days from now is done."""
        with self.app.app_context():
            assert clocks.tick(COMMAND, utc_now() + timedelta(days=days)).faults == []


@contextmanager
def built_site(folder: Path) -> Iterator[DemoSite]:
    """A demo made from nothing, with the scenes the pages are looked at in."""
    app = prepared(folder)
    with app.app_context():
        names = in_transaction(set_the_scene)
        users = {role: demo_user(role) for role in Role}
    cookies = {role: str(_cookie(app, user)) for role, user in users.items()}
    yield from _served(app, folder, cookies, names)


def kept_app(site: DemoSite, folder: Path) -> KeptApp:
    """One app for all copies of the demo."""
    return KeptApp(_copied(site, folder))


@contextmanager
def copied_site(site: DemoSite, kept: KeptApp, folder: Path) -> Iterator[DemoSite]:
    """The same demo in a folder of its own, for a test that writes."""
    with kept.on(_copied(site, folder)) as app:
        yield from _served(app, folder, site.cookies, site.names)


def _copied(site: DemoSite, folder: Path) -> Settings:
    with site.app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("placewell.db", "secret", "demo"):
        shutil.copyfile(site.folder / name, folder / name)
    return read_settings({}, demo=True, instance=folder)


def _served(
    app: Flask, folder: Path, cookies: Mapping[Role, str], names: Mapping[str, str]
) -> Iterator[DemoSite]:
    with served(app) as address:
        yield DemoSite(app, address, folder, cookies, names)
    with app.app_context():
        db.engine.dispose()


def _cookie(app: Flask, user: object) -> str:
    cookie = client_of(app, user).get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value
