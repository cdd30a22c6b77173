"""`placewell retention`: delete what is kept no longer, prove it, and do it again after a restore."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from referral.actions import documents, retention, vault
from referral.actions.retention import Replayed
from referral.actions.transactions import in_transaction
from referral.cli.compacting import compact
from referral.cli.running import instance_option, opened
from referral.formats.certificates import Certificate, CertificateFolder
from referral.formats.retention_yaml import schedule
from referral.formats.sealed_files import SealedFolder
from referral.models.base import db, utc_now
from referral.queries import certificates as queries
from referral.queries.retention import due
from referral.queries.vault import vault_of
from referral.rules.identities import VaultClosed
from referral.rules.permissions import COMMAND
from referral.rules.retention import Purged, counts_of
from referral.wording.counts import counted
from referral.wording.retention import FAULTS, PURGED_KINDS

AT = click.DateTime(["%Y-%m-%d"])
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="retention")
def retention_group() -> None:
    """Delete what is kept no longer, with a certificate.

    Example: placewell retention run --dry-run
    """


@retention_group.command()
@instance_option
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("--at", "moment", type=AT, help="As of another day. Ahead only with --dry-run.")
@as_json
def run(instance: Path | None, dry_run: bool, moment: datetime | None, as_json: bool) -> None:
    """Delete what the schedule keeps no longer, and write a certificate to the database and to a file.

    Content goes; codes, states and dates stay. Students under a legal hold are passed over. Files of
    documents without a row are swept. Where your state asks you to tell families first: --dry-run --json
    lists the codes.

    Example: placewell retention run --dry-run --at 2027-07-01
    """
    today = _day(moment, dry_run=dry_run)
    with opened(instance) as app:
        if dry_run:
            found = due(COMMAND, schedule(), today)
            _print_due(found, today, as_json=as_json)
            return
        folder, ref = CertificateFolder.of_instance(Path(app.instance_path)), retention.new_certificate_ref()
        made = in_transaction(
            lambda: retention.run(COMMAND, schedule(), folder, ref, today=today, now=utc_now())
        )
        swept = documents.sweep(COMMAND, _documents(app))
        if made is not None:
            _forget_names(app)
            compact(db.engine)
        _print_done(made, swept, folder, as_json=as_json)


@retention_group.command()
@instance_option
def replay(instance: Path | None) -> None:
    """Delete again what the certificates list, after an old backup was put back by hand.

    `placewell restore` does it by itself.

    Example: placewell retention replay
    """
    with opened(instance) as app:
        click.echo(replayed_words(replay_in(app)))


@retention_group.command()
@instance_option
@as_json
def verify(instance: Path | None, as_json: bool) -> None:
    """Prove the certificates: file, database and list agree, and nothing purged is there again.

    Ends with 1 if something does not hold.

    Example: placewell retention verify
    """
    with opened(instance) as app:
        files = list(CertificateFolder.of_instance(Path(app.instance_path)).read())
        faults = queries.faults(COMMAND, files)
        if as_json:
            told = [{"certificate": one.certificate, "fault": one.code, "ref": one.ref} for one in faults]
            click.echo(json.dumps({"certificates": len(files), "faults": told}, indent=2))
        else:
            for one in faults:
                click.echo(f"{one.certificate}{f' {one.ref}' if one.ref else ''}: {FAULTS[one.code]}")
            click.echo(f"{counted(len(files), 'certificate')}, {counted(len(faults), 'fault')}.")
    if faults:
        raise SystemExit(1)


def replay_in(app: Flask) -> Replayed:
    """Replay in an opened app, then make what was deleted unreadable in the database's file.

    No file is swept: where the wrong backup was put back, the documents since then must still be there.
    """
    folder = CertificateFolder.of_instance(Path(app.instance_path))
    done = in_transaction(lambda: retention.replay(COMMAND, folder, now=utc_now()))
    if done.purged:
        _forget_names(app)
        compact(db.engine)
    return done


def replayed_words(done: Replayed) -> str:
    """What a replay did."""
    again = counted(done.purged, "record")
    return f"{counted(done.certificates, 'certificate')} replayed; the content of {again} was deleted again."


def _forget_names(app: Flask) -> None:
    """Take from the vault what counts for nobody now; the purge has let go of the names of its students."""
    held = vault_of(app.config["SETTINGS"])
    if held.engine is None:
        return
    try:
        in_transaction(lambda: vault.sweep(COMMAND, held))
    except VaultClosed:
        click.echo("The vault does not answer. Once it does, run: placewell vault sweep", err=True)


def _documents(app: Flask) -> SealedFolder:
    settings = app.config["SETTINGS"]
    return SealedFolder.of_instance(settings.instance, settings.secret)


def _day(moment: datetime | None, *, dry_run: bool) -> date:
    today = utc_now().astimezone(UTC).date()
    day = today if moment is None else moment.date()
    if day > today and not dry_run:
        raise click.UsageError("A day ahead is only for --dry-run: what is deleted early does not come back.")
    return day


def _print_due(found: list[Purged], today: date, *, as_json: bool) -> None:
    counts = counts_of(found)
    if as_json:
        listed = [[one.kind, one.ref, one.rule] for one in found]
        _json({"dry_run": True, "as_of": today.isoformat(), "counts": counts, "purged": listed})
        return
    click.echo(f"Would be deleted as of {today}: {_words(counts)}")


def _print_done(made: Certificate | None, swept: int, folder: CertificateFolder, *, as_json: bool) -> None:
    if as_json:
        about = made.model_dump(mode="json") if made else None
        _json({"dry_run": False, "certificate": about, "swept_files": swept})
        return
    click.echo(f"Deleted: {_words(made.counts) if made else 'nothing'}")
    if made:
        click.echo(f"Certificate {made.certificate}: {folder.path_of(made.certificate)}")
    if swept:
        click.echo(f"Swept: {counted(swept, 'file')} without a row")


def _words(counts: dict[str, int]) -> str:
    return ", ".join(counted(number, PURGED_KINDS[kind]) for kind, number in counts.items()) or "nothing"


def _json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, indent=2))
