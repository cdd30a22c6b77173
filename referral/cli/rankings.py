"""`placewell rankings`: compute kept rankings again and say which still come out the same."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from referral.cli.running import instance_option, opened
from referral.queries.recomputing import Verified, verified
from referral.rules.permissions import COMMAND
from referral.rules.verification import Verification
from referral.wording.policies import OUTCOMES


@click.group()
def rankings() -> None:
    """Compute kept rankings again.

    Example: placewell rankings verify --since 2026-09-01
    """


@rankings.command()
@instance_option
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only rankings of this day or later.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def verify(instance: Path | None, since: datetime | None, form: str) -> None:
    """Compute kept rankings again from the profile, policy, directory, seed and day kept with them.

    Each is the same, differs, differs since the engine changed, or is purged. Ends with 1 if one differs
    under the same engine. Nothing is changed.

    Example: placewell rankings verify --format json
    """
    counted: Counter[Verification] = Counter()
    shown = []
    with opened(instance):
        for one in verified(COMMAND, since.date() if since else None):
            counted[one.outcome] += 1
            if form == "json":
                shown.append(_document(one))
            else:
                click.echo(f"{one.ref}  {one.made_on}  {OUTCOMES[one.outcome.value]}")
    if form == "json":
        summary = {outcome.value: counted[outcome] for outcome in Verification}
        click.echo(json.dumps({"summary": summary, "rankings": shown}, indent=2))
    else:
        parts = [f"{counted[outcome]} {OUTCOMES[outcome.value]}" for outcome in Verification]
        click.echo(f"{counted.total()} kept rankings: {', '.join(parts)}.")
    if counted[Verification.DIFFERS]:
        raise SystemExit(1)


def _document(one: Verified) -> dict[str, str]:
    return {
        "ref": one.ref,
        "day": one.made_on.isoformat(),
        "engine": one.engine_version,
        "policy": one.policy_version,
        "outcome": one.outcome.value,
    }
