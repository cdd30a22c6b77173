"""Runs migrations inside the app; on SQLite with foreign keys off, and checked before the commit."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from referral import models
from referral.models.base import Base, UtcDateTime, db

TABLES = models.__all__  # importing the package declared every table


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type as the plain type it is in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run the migrations asked for, in one transaction; refuse one that leaves rows pointing nowhere."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"the migration leaves {len(broken)} rows that point nowhere")


def run_on(engine: Engine) -> None:
    """Open a connection and run on it; SQLite rebuilds tables, so its foreign keys are off meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            run(connection)
            return
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            run(connection)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


with current_app.app_context():
    run_on(db.engine)
