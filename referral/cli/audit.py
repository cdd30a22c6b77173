"""`placewell audit`: prove that the audit log is whole, and give its head to be kept elsewhere."""

import json
from pathlib import Path

import click

from referral.cli.running import instance_option, opened
from referral.formats.audit_heads import head_document, read_head
from referral.models.base import utc_now
from referral.queries.audit import head_of, verified
from referral.rules.audit_chain import Break, Walked
from referral.rules.permissions import COMMAND
from referral.wording.audit import FAULTS, WHOLE
from referral.wording.counts import counted

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.group()
def audit() -> None:
    """Prove that the audit log is whole.

    Example: placewell audit verify
    """


@audit.command()
@instance_option
@click.option("--from", "since", type=click.IntRange(min=1), default=1, help="Begin at this place.")
@click.option("--head", "head_file", type=FILE, help="A head kept earlier: finds a tail that was cut off.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(instance: Path | None, since: int, head_file: Path | None, as_json: bool) -> None:
    """Check every line of the log: its seal, and its place after the one before it.

    Names the first row that was changed, removed, added or moved, and ends with 1 if there is one. Nothing is
    changed. Only a head that was kept elsewhere shows that lines were cut off at the end.

    Example: placewell audit verify --head /mnt/elsewhere/audit-heads.jsonl
    """
    with opened(instance):
        kept = None if head_file is None else read_head(head_file.read_text(errors="replace"))
        walked = verified(COMMAND, since=since, kept=kept)
    if as_json:
        click.echo(json.dumps(_document(walked), indent=2))
    else:
        said = WHOLE if walked.broken is None else sentence(walked.broken)
        click.echo(f"{said} {counted(walked.rows, 'row')} checked.")
    if walked.broken is not None:
        raise SystemExit(1)


@audit.command()
@instance_option
def head(instance: Path | None) -> None:
    """Print the end of the log as it is now: its day, position and hash.

    Keep it where nobody who owns the database can write, and check against it later.

    Example: placewell audit head >> /mnt/elsewhere/audit-heads.jsonl
    """
    with opened(instance):
        click.echo(json.dumps(head_document(head_of(COMMAND), now=utc_now())))


def sentence(broken: Break) -> str:
    """What is wrong with the first bad row."""
    return FAULTS[broken.fault.value].format(position=broken.position, event=broken.event_id)


def _document(walked: Walked) -> dict[str, object]:
    broken = walked.broken
    bad = (
        None
        if broken is None
        else {
            "position": broken.position,
            "line": broken.event_id,
            "fault": broken.fault.value,
            "says": sentence(broken),
        }
    )
    return {"rows": walked.rows, "position": walked.head.position, "hash": walked.head.hash, "broken": bad}
