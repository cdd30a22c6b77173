"""Makes the web application out of settings: extensions, pages, error pages and security headers."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from referral import api
from referral.config import Settings, check_settings, flask_config, read_settings
from referral.extensions import csrf, migrate
from referral.migrations import FOLDER
from referral.models import postgresql, sqlite
from referral.models.audit import keep_key
from referral.models.base import db
from referral.rules.ciphers import derived_key
from referral.web import (
    BLUEPRINTS,
    demo,
    documents,
    faults,
    freshness,
    headers,
    names,
    navigation,
    reading,
    second_step,
    sessions,
)
from referral.web.third_party import install_sign_in

PACKAGE = Path(__file__).parent


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve.

    Raises
    ------
    UnsafeSettings : the settings would run unsafely.
    """
    settings = check_settings(settings or read_settings())
    app = Flask("referral", template_folder=str(template_folder()), instance_path=str(settings.instance))
    app.config.update(flask_config(settings))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )
    sessions.install(app)  # before the extensions: they look at the session first thing in a request
    documents.install(app)  # likewise: the form's token is looked for in the whole request
    _install_extensions(app)
    for part in (headers, faults, freshness, second_step, navigation, names, reading):
        part.install(app)
    api.install(app)
    for blueprint in (*BLUEPRINTS, *((demo.bp,) if settings.demo else ())):
        app.register_blueprint(blueprint)
    return app


def template_folder() -> Path:
    """Where the templates lie: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def _install_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            sqlite.prepare(engine)
            postgresql.prepare(engine)
        keep_key(db.engine, derived_key(app.config["SECRET_KEY"], "audit"))
    migrate.init_app(app, db, directory=str(FOLDER))
    csrf.init_app(app)
    install_sign_in(app)
