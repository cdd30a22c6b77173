"""`placewell vault`: make the identity vault, look at it, change its keys, mend it, back it up."""

from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from referral.actions import backups
from referral.actions import vault as actions
from referral.actions.transactions import in_transaction
from referral.cli.backup import FILE, words_of_backup, write_backup
from referral.cli.instance import keep_secret
from referral.cli.restoring import TargetRefused
from referral.cli.running import instance_option, instance_settings, opened, refusals_told
from referral.cli.vault_keys import check_secret, new_secret, take_into_use
from referral.cli.vault_making import bring_up_to_date, own_file
from referral.config import Settings, check_settings, vault_key_file, vault_secret
from referral.formats.backups import Reading
from referral.models.vault import Vault
from referral.queries.vault import overview, vault_of
from referral.rules.identities import SweepPlan, VaultClosed, VaultState
from referral.rules.identity_seals import master_key
from referral.rules.permissions import COMMAND
from referral.wording.counts import counted
from referral.wording.identities import KEY_WORDS

KEY_OPTION = "PLACEWELL_VAULT_KEY"


@click.group()
def vault() -> None:
    """Keep names of students apart from everything else: make, look at, mend and back up the identity vault.

    Example: placewell vault init
    """


@vault.command()
@instance_option
def init(instance: Path | None) -> None:
    """Make the vault: its key, where the environment has none, and its database; again, bring it up to date.

    Without PLACEWELL_VAULT_URL it is a file beside the database's; without PLACEWELL_VAULT_KEY its key is the
    file vault.key. Move the key to another disk than the vault's, and keep a copy: without it no name opens.

    Example: placewell vault init
    """
    with refusals_told():
        settings = check_settings(instance_settings(instance))
        url = settings.vault_url or own_file(settings)
        if not vault_secret(settings):
            keep_secret(vault_key_file(settings.instance))
        check_secret(vault_secret(settings))
        bring_up_to_date(url)
    click.echo(f"Vault: {make_url(url).render_as_string(hide_password=True)}")
    where = KEY_OPTION if settings.vault_key else vault_key_file(settings.instance)
    click.echo(f"Key: {where}. Keep a copy of it apart; without it no name can be opened.")
    click.echo("Start the site again; a district's director chooses on Students whether to keep names.")


@vault.command()
@instance_option
def status(instance: Path | None) -> None:
    """Say whether the vault opens, what it holds, and whether it agrees with the core; ends with 1 if not.

    Example: placewell vault status
    """
    with opened(instance) as app:
        held = vault_of(app.config["SETTINGS"])
        seen = overview(COMMAND, held)
        click.echo(KEY_WORDS[seen.state.value])
        if seen.state in (VaultState.OFF, VaultState.NOT_READY):
            raise SystemExit(1)
        click.echo(f"{counted(seen.districts, 'district')}, {counted(seen.identities, 'name')}.")
        torn = actions.planned_sweep(COMMAND, held).refs
        mend = f"{counted(len(torn), 'student')} to mend: placewell vault sweep"
        click.echo(mend if torn else "It agrees with the core.")
        if torn or seen.state not in (VaultState.OPEN, VaultState.NOT_KEPT):
            raise SystemExit(1)


@vault.command()
@instance_option
@click.option("--full", is_flag=True, help="Change the districts' keys too: every identity is sealed anew.")
def rotate(instance: Path | None, full: bool) -> None:
    """Change the master key: every district's key is sealed by the new one, and no identity is read.

    The new key is PLACEWELL_VAULT_KEY_NEW where PLACEWELL_VAULT_KEY is set; else a new vault.key is made
    and the old one stays beside it for older backups. Cut off half way, run it again.

    Example: placewell vault rotate --full
    """
    with opened(instance) as app:
        settings: Settings = app.config["SETTINGS"]
        held = vault_of(settings)
        _engine_of(held)
        secret = new_secret(settings)
        check_secret(secret)
        done = in_transaction(lambda: actions.rotate(COMMAND, held, master_key(secret), full=full))
        kept = take_into_use(settings)
    click.echo(f"{counted(done.keys, 'key')} sealed anew, and {counted(done.identities, 'name')}.")
    to_do = f"Set {KEY_OPTION} to the new key and start the site again."
    click.echo(f"The old key is kept as {kept}." if kept else to_do)


@vault.command()
@instance_option
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def sweep(instance: Path | None, dry_run: bool) -> None:
    """Mend what a fault or an older backup tore: entries that count for nobody go, missing ones are let go.

    Example: placewell vault sweep --dry-run
    """
    with opened(instance) as app:
        held = vault_of(app.config["SETTINGS"])
        if dry_run:
            _tell(actions.planned_sweep(COMMAND, held), "would be ")
        else:
            _tell(in_transaction(lambda: actions.sweep(COMMAND, held)), "")


@vault.command()
@instance_option
@click.argument("file", type=FILE)
def backup(instance: Path | None, file: Path) -> None:
    """Write the vault to FILE, sealed as it is; the master key is not in it.

    Example: placewell vault backup /var/backups/vault-2026-11-22.zip
    """
    with opened(instance) as app:
        manifest = write_backup(_engine_of(vault_of(app.config["SETTINGS"])), file)
    click.echo(f"{file}: {words_of_backup(manifest)}")


@vault.command()
@instance_option
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def restore(instance: Path | None, file: Path) -> None:
    """Restore a backup of the vault into an empty one, then say what no longer agrees with the core.

    Example: placewell vault restore /var/backups/vault-2026-11-22.zip
    """
    with opened(instance) as app:
        held = vault_of(app.config["SETTINGS"])
        engine = _engine_of(held)
        if not backups.is_empty(engine):
            raise TargetRefused("vault_not_empty")
        reading = Reading(file)
        with engine.begin() as connection:
            backups.load(COMMAND, connection, reading)
        reading.close()
        click.echo(f"Restored and verified: {words_of_backup(reading.manifest)}")
        _tell(actions.planned_sweep(COMMAND, held), "by placewell vault sweep would be ")


def _engine_of(held: Vault) -> Engine:
    if held.engine is None:
        raise VaultClosed(VaultState.OFF)
    return held.engine


def _tell(plan: SweepPlan, how: str) -> None:
    for row in plan.orphans:
        click.echo(f"{row.ref}: entry {row.number} {how}removed")
    for ref, number in plan.numbers.items():
        click.echo(f"{ref}: {how}{f'named by entry {number}' if number else 'without a name'}")
    if not plan.refs:
        click.echo("Nothing to mend.")
