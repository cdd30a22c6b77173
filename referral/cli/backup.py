"""`placewell backup` and `placewell restore`."""

import os
from pathlib import Path

import click
from sqlalchemy import Engine

from referral.actions import backups as actions
from referral.cli.restoring import restore_into
from referral.cli.retention import replay_in, replayed_words
from referral.cli.running import instance_option, opened, refusals_told
from referral.config import check_settings, read_settings
from referral.errors import ReferralError
from referral.formats.backups import BadBackup, Manifest, Reading
from referral.migrations import is_known, upgrade
from referral.models.base import db, utc_now
from referral.rules.permissions import COMMAND
from referral.wording.counts import counted

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@instance_option
@click.argument("file", type=FILE)
def backup(instance: Path | None, file: Path) -> None:
    """Write everything in the database to FILE, as of one moment, while the site runs.

    It fits both databases. It holds password hashes and coded profiles: keep it as you keep the database.
    The instance's secret is not in it; keep that apart.

    Example: placewell backup /var/backups/placewell-2026-11-22.zip
    """
    with opened(instance):
        manifest = write_backup(db.engine, file)
    click.echo(f"{file}: {words_of_backup(manifest)}")


@click.command()
@instance_option
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Put what is there aside and take its place.")
def restore(instance: Path | None, file: Path, replacing: bool) -> None:
    """Restore a backup, prove by counts and digests that it is whole, and bring it up to date.

    Stop the site first. What was there is kept aside: a file beside the database's, or a schema.

    Example: placewell restore /var/backups/placewell-2026-11-22.zip --replace
    """
    with refusals_told():
        settings = check_settings(read_settings(instance=instance))
        reading = Reading(file)
        manifest = reading.manifest
        if not is_known(manifest.revision):
            raise BadBackup("backup_newer", version=manifest.version)
        stamp = f"{utc_now():%Y%m%dT%H%M%S}"
        kept = restore_into(settings, lambda: _load(reading), replacing=replacing, stamp=stamp)
        reading.close()
    click.echo(f"Restored and verified: {words_of_backup(manifest)}")
    if kept:
        click.echo(f"What was there before is in {kept}")
    with opened(instance) as app:
        replayed = replay_in(app)  # the backup does not know what was deleted since
    if replayed.certificates:
        click.echo(replayed_words(replayed))


def write_backup(engine: Engine, file: Path) -> Manifest:
    """Write every table to a new file, readable by nobody else and there only once it is whole."""
    if file.exists():
        raise ReferralError("backup_exists", path=str(file))
    partial = file.with_name(f"{file.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        manifest = actions.back_up(COMMAND, engine, partial, now=utc_now())
        _make_durable(partial)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _load(reading: Reading) -> None:
    """Fill an empty database: the schema of the backup, its rows, then the newest schema."""
    upgrade(reading.manifest.revision)
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")  # the pragma does nothing inside a transaction
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        actions.load(COMMAND, connection, reading)
        connection.commit()
    db.engine.dispose()
    upgrade()


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def words_of_backup(manifest: Manifest) -> str:
    """What a backup holds, and of when."""
    tables = counted(len(manifest.tables), "table")
    return f"{counted(manifest.rows, 'row')} in {tables}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC"
