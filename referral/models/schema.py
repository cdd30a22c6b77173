"""Brings a database to the newest schema."""

from pathlib import Path

import flask_migrate

FOLDER = Path(__file__).parent.parent / "migrations"


def upgrade(revision: str = "head") -> None:
    """Run the migrations up to a revision, inside an app context."""
    flask_migrate.upgrade(directory=str(FOLDER), revision=revision)


def downgrade(revision: str) -> None:
    """Run the migrations down to a revision, inside an app context."""
    flask_migrate.downgrade(directory=str(FOLDER), revision=revision)
