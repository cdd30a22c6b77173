"""Makes an app with an identity vault for tests, and identities that name nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from referral import migrations_vault
from referral.actions import identities
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.config import Settings, engine_options
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.identities import StoredIdentity
from referral.models.organisations import Organisation
from referral.models.sqlite import prepare
from referral.models.vault import Vault
from referral.queries import identities as queries
from referral.queries.users import actor_of
from referral.queries.vault import vault_of
from referral.rules.identities import Identity
from referral.rules.permissions import Actor, Role
from tests.databases import settings_for
from tests.factories import a_district, a_user
from tests.students import a_student

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


@contextmanager
def opened_vault(database_url: str, kind: str, template_of, folder) -> Iterator[Flask]:
    """The same with an empty vault made for it."""
    with vault_url(kind, template_of, folder) as url, app_with_vault(database_url, url, folder) as app:
        yield app


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


WHOLE = Identity(
    name="Given Family",
    nickname="Nick",
    birth_date=TODAY.replace(year=2014),
    state_id="1000000001",
    school="Some School",
    town="Sometown",
    street="1 Some Street",
    parents="A parent\nAnother parent",
    notes="A note",
)


class Team:
    """A district that keeps names, its two users, and a student."""

    def __init__(self, kept: Vault) -> None:
        self.district = a_district()
        self.director = actor_of(a_user(Role.DIRECTOR, at=self.district))
        self.coordinator = actor_of(a_user(Role.COORDINATOR, at=self.district))
        self.student = a_student(self.coordinator)
        names_kept(self.director, kept)


class Crash(Exception):
    """The process dies."""


def name_of(team: Team, kept: Vault) -> str | None:
    """The name the team's student is shown with."""
    return queries.names(team.coordinator, kept, [team.student.ref]).by_ref.get(team.student.ref)


def rows(kept: Vault) -> list[StoredIdentity]:
    """Every row of the vault, in the order of their numbers."""
    with Session(kept.engine) as session:
        return list(session.scalars(select(StoredIdentity).order_by(StoredIdentity.number)))


def tags() -> list[str]:
    """The tags of the audit log."""
    return list(db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.id)))


def crash_after(work: Callable[[], object]) -> None:
    """The vault commits, the core does not."""

    def then_crash():
        work()
        raise Crash

    with pytest.raises(Crash):
        in_transaction(then_crash)
