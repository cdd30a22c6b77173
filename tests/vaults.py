"""Makes an app with an identity vault for tests, and identities that name nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from flask import Flask
from sqlalchemy import Engine, create_engine

from referral import migrations_vault
from referral.actions import identities
from referral.app import create_app
from referral.config import Settings, engine_options
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.sqlite import prepare
from referral.models.vault import Vault
from referral.queries.vault import vault_of
from referral.rules.identities import Identity
from referral.rules.permissions import Actor, Role
from tests.databases import settings_for

SECRET = "a-secret-of-the-vault-and-of-nothing-else"
OTHER_SECRET = "another-secret-that-opens-nothing-at-all-here"
TODAY = date(2026, 11, 23)


def vault_engine(url: str) -> Engine:
    """An engine as the app makes it."""
    options = engine_options(url)
    engine = create_engine(url, **options)
    prepare(engine)
    return engine


@contextmanager
def vault_url(kind: str, template_of, folder) -> Iterator[str]:
    """The address of an empty vault, apart from the core."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'vault.db'}"
        return
    with template_of("postgresql").fresh(folder, migrated=False) as url:
        yield url


@contextmanager
def app_with_vault(core_url: str, url: str, folder, *, secret: str = SECRET) -> Iterator[Flask]:
    """The app of a real start, its vault made; form tokens are not checked."""
    engine = vault_engine(url)
    migrations_vault.upgrade(engine)
    engine.dispose()
    made = with_vault(settings_for(core_url, folder), url, secret)
    app = create_app(made)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        for one in db.engines.values():
            one.dispose()


def with_vault(settings: Settings, url: str, secret: str = SECRET) -> Settings:
    """The settings with a vault."""
    return replace(settings, vault_url=url, vault_key=secret)


def the_vault(app: Flask, secret: str = SECRET) -> Vault:
    """The vault of an app, opened with a secret; call inside an app context."""
    return vault_of(replace(app.config["SETTINGS"], vault_key=secret))


def names_kept(director: Actor, vault: Vault) -> None:
    """The director's district keeps names."""
    [district_id] = {one.organisation_id for one in director.assignments if one.role is Role.DIRECTOR}
    identities.keep_names(director, vault, db.session.get_one(Organisation, district_id))


def named(actor: Actor, vault: Vault, ref: str, identity: Identity, seen_number: int = 0) -> None:
    """The student of this code is given an identity."""
    identities.save(actor, vault, ref, identity, seen_number=seen_number, today=TODAY)
