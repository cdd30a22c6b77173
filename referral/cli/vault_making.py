"""Making the identity vault: its file, its tables."""

from pathlib import Path

from sqlalchemy import create_engine

from referral import migrations_vault
from referral.cli.instance import keep_secret
from referral.config import Settings, engine_options, vault_file, vault_key_file
from referral.errors import ReferralError
from referral.models.sqlite import prepare


def make_vault(folder: Path) -> None:
    """A vault in a folder, its key beside it; one that is there is brought up to date."""
    keep_secret(vault_key_file(folder))
    bring_up_to_date(_address(folder))


def own_file(settings: Settings) -> str:
    """The address of the vault in the instance folder.

    Raises
    ------
    ReferralError : the core is on PostgreSQL, so the vault needs an address as well.
    """
    if not settings.is_sqlite:
        raise ReferralError("vault_url_missing")
    return _address(settings.instance)


def bring_up_to_date(url: str) -> None:
    """Make the tables of a vault, or bring them to the newest schema."""
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    try:
        migrations_vault.upgrade(engine)
    finally:
        engine.dispose()


def _address(folder: Path) -> str:
    return f"sqlite:///{vault_file(folder)}"
