"""Migrations of the identity vault, apart from the core's: another database, another chain."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a vault up to a revision."""
    command.upgrade(_config(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take a vault down to a revision."""
    command.downgrade(_config(engine), revision)


@cache
def newest_revision() -> str:
    """The revision that this version of the code works with."""
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def revision_of(engine: Engine) -> str | None:
    """The revision a vault has; None for one that was never set up."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = engine
    return config
