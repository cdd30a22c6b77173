"""One app for each kind of database and of start, made once and put on the database of each test.

Making an app compiles 150 addresses and, page by page, every template and SQL statement again. What a test
changes in its app (settings, views, the class of its clients) is put back for the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event, make_url

from referral.api.rates import limiter
from referral.app import create_app
from referral.config import flask_config
from referral.models.base import db
from tests.databases import settings_for

OF_TESTS = {"TESTING": True, "WTF_CSRF_ENABLED": False}


class KeptApp:
    """An app whose engine connects to where `on` last put it."""

    def __init__(self, url: str, folder: Path, *, demo: bool) -> None:
        self.demo, self._url = demo, url
        self.app = create_app(settings_for(url, folder, demo=demo))
        self._config, self._views = dict(self.app.config), dict(self.app.view_functions)
        with self.app.app_context():
            self._engine = db.engine
        event.listen(self._engine, "do_connect", self._lead)

    @contextmanager
    def on(self, url: str, folder: Path) -> Iterator[Flask]:
        """The app on a database and an instance folder."""
        settings = settings_for(url, folder, demo=self.demo)
        app = self.app
        app.config.clear()
        app.config.update(self._config | flask_config(settings) | OF_TESTS)
        app.view_functions.clear()
        app.view_functions.update(self._views)
        limiter.reset()
        app.instance_path, app.test_client_class = str(folder), None
        if url != self._url or self._engine.pool.checkedout():  # type: ignore[attr-defined]
            self._engine.dispose()
        self._url = url
        yield app
        if settings.is_sqlite:
            self._engine.dispose()

    def _lead(self, dialect, _record, arguments: list, parameters: dict) -> None:
        arguments[:], made = dialect.create_connect_args(make_url(self._url))
        parameters.update(made)
