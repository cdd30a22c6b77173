"""One app for each kind of database and of start, made once and put on the database of each test.

Making an app compiles 150 addresses and, page by page, every template and SQL statement again. What a test
changes in its app (settings, views, the class of its clients) is put back for the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event, make_url

from referral.api.rates import limiter
from referral.app import create_app
from referral.config import Settings, flask_config
from referral.models.base import db


class Compiled(BytecodeCache):
    """The templates that any app of the process has compiled."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in a template that was compiled before."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
# A real start takes 64 MB and a sixth of a second for a password; test_sign_in.py holds it to that.
QUICK_HASHES = {"argon2__memory_cost": 64, "argon2__rounds": 1, "argon2__parallelism": 1}


class KeptApp:
    """An app whose engines connect to where `on` last put it."""

    def __init__(self, settings: Settings, **config: Any) -> None:
        self.app = create_app(settings)
        self.app.jinja_env.bytecode_cache = COMPILED
        self.app.extensions["security"].pwd_context.update(**QUICK_HASHES)
        self._own, self._config, self._views = config, dict(self.app.config), dict(self.app.view_functions)
        with self.app.app_context():
            self._engines = dict(db.engines)
        for bind, engine in self._engines.items():
            event.listen(engine, "do_connect", partial(self._lead, bind))

    @contextmanager
    def on(self, settings: Settings) -> Iterator[Flask]:
        """The app on another database and instance folder of the same kind."""
        app, before = self.app, self._url(None)
        app.config.clear()
        app.config.update(self._config | flask_config(settings) | self._own)
        assert app.config["SQLALCHEMY_BINDS"].keys() == self._engines.keys() - {None}
        app.view_functions.clear()
        app.view_functions.update(self._views)
        app.instance_path, app.test_client_class = str(settings.instance), None
        limiter.reset()
        if before != self._url(None) or self._is_held():
            self._let_go()
        yield app
        if settings.is_sqlite:
            self._let_go()

    def _url(self, bind: str | None) -> str:
        config = self.app.config
        url = config["SQLALCHEMY_DATABASE_URI"] if bind is None else config["SQLALCHEMY_BINDS"][bind]["url"]
        return str(url)

    def _is_held(self) -> bool:
        return any(engine.pool.checkedout() for engine in self._engines.values())  # type: ignore[attr-defined]

    def _let_go(self) -> None:
        for engine in self._engines.values():
            engine.dispose()

    def _lead(self, bind: str | None, dialect, _record, arguments: list, parameters: dict) -> None:
        arguments[:], made = dialect.create_connect_args(make_url(self._url(bind)))
        parameters.update(made)
