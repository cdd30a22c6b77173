"""Alembic migrations: one file per change, a linear chain, run up, down and up on data."""

from functools import cache
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def upgrade(revision: str = "head") -> None:
    """Bring the app's database up to a revision, inside an app context."""
    flask_migrate.upgrade(directory=str(FOLDER), revision=revision)


def downgrade(revision: str) -> None:
    """Take the app's database down to a revision, inside an app context."""
    flask_migrate.downgrade(directory=str(FOLDER), revision=revision)


@cache
def newest_revision() -> str:
    """The revision that this version of the code works with."""
    revision = ScriptDirectory(str(FOLDER)).get_current_head()
    assert revision is not None  # noqa: S101 - the folder is not empty
    return revision


def is_known(revision: str) -> bool:
    """Whether this version of the code has a revision; a newer one it has not."""
    return any(script.revision == revision for script in ScriptDirectory(str(FOLDER)).walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision a database has; None for one that was never set up."""
    return MigrationContext.configure(connection).get_current_revision()
