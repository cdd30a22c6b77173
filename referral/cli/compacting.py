"""Rewrites what a purge touched, so that deleted bytes do not lie on in the database's files."""

import sqlite3
import time
from contextlib import closing

import click
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from referral.models.base import db

TRIES, PAUSE_SECONDS = 20, 0.1
TOUCHED = (
    "profile_versions",
    "rankings",
    "ranking_notes",
    "ranking_overrides",
    "referrals",
    "referral_notes",
    "drafts",
    "documents",
    "notices",
    "mails",
)


def compact(engine: Engine) -> None:
    """Rewrite the touched tables; where others keep the database busy, leave it for the next time."""
    db.session.remove()  # what was read last must not keep the old pages
    engine.dispose()
    try:
        (_sqlite if engine.dialect.name == "sqlite" else _postgresql)(engine)
    except OperationalError:
        click.echo(
            "The database was busy: deleted bytes may lie in its files until the next purge.", err=True
        )


def _sqlite(engine: Engine) -> None:
    """Write the file anew, then bring the log into it, waiting a little for those who read."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        for attempt in range(TRIES):
            try:
                cursor.execute("VACUUM")
                is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not is_busy:
                    return
            except sqlite3.OperationalError as error:
                if attempt == TRIES - 1:
                    raise OperationalError("VACUUM", None, error) from error
            time.sleep(PAUSE_SECONDS)
        raise OperationalError("VACUUM", None, sqlite3.OperationalError("others read on"))


def _postgresql(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM (FULL) {', '.join(TOUCHED)}"))
