"""Alembic migrations: one file per change, a linear chain, run up, down and up on data."""

from pathlib import Path

import flask_migrate

FOLDER = Path(__file__).parent


def upgrade(revision: str = "head") -> None:
    """Bring the app's database up to a revision, inside an app context."""
    flask_migrate.upgrade(directory=str(FOLDER), revision=revision)


def downgrade(revision: str) -> None:
    """Take the app's database down to a revision, inside an app context."""
    flask_migrate.downgrade(directory=str(FOLDER), revision=revision)
