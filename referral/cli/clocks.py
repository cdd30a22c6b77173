"""`placewell tick`: do what the date brings."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from referral.actions import clocks as actions
from referral.cli.mail import send_due
from referral.cli.running import instance_option, opened
from referral.models.base import utc_now
from referral.rules.due_acts import DueKind
from referral.rules.permissions import COMMAND
from referral.wording.notices import DUE_KINDS


@click.command()
@instance_option
@click.option("--at", "moment", help="Another moment, as 2026-12-09T05:00+00:00. Ahead only with --dry-run.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--no-mail", is_flag=True, help="Do not send the mails that wait.")
def tick(instance: Path | None, moment: str | None, dry_run: bool, as_json: bool, no_mail: bool) -> None:
    """Do what the date brings: reminders, overdue referrals, offers that lapse, enquiries that expire.

    Run it every ten minutes by cron or a systemd timer. Run twice, or two at once, it does nothing twice.
    Ends with 1 if something could not be done; the rest is done all the same.

    Example: placewell tick --dry-run
    """
    now = utc_now() if moment is None else _read_moment(moment, dry_run=dry_run)
    with opened(instance) as app:
        done = actions.due(COMMAND, now) if dry_run else actions.tick(COMMAND, now)
        _print(done, as_json=as_json, dry_run=dry_run)
        if not (dry_run or no_mail):
            click.echo(send_due(app), err=as_json)
    if done.faults:
        raise SystemExit(1)


def _read_moment(text: str, *, dry_run: bool) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError("--at takes a moment like 2026-12-09T05:00+00:00.") from error
    if moment.tzinfo is None:
        raise click.UsageError("--at needs a zone, like +00:00.")
    if moment > utc_now() and not dry_run:
        raise click.UsageError("A moment ahead is only for --dry-run: what expires early is not undone.")
    return moment.astimezone(UTC)


def _print(done: actions.Ticked, *, as_json: bool, dry_run: bool) -> None:
    counts = {kind.value: done.done[kind] for kind in DueKind}
    if as_json:
        faults = [{"subject": subject, "fault": fault} for subject, fault in done.faults]
        click.echo(json.dumps({"dry_run": dry_run, "done": counts, "faults": faults}, indent=2))
        return
    click.echo("Would be done:" if dry_run else "Done:")
    for name, count in counts.items():
        if count:
            click.echo(f"  {count:5}  {DUE_KINDS[name]}")
    if not any(counts.values()):
        click.echo("  nothing")
    for subject, fault in done.faults:
        click.echo(f"  could not be done: {subject} ({fault})", err=True)
