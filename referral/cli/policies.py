"""`placewell policies`: list versions, show one in words, compare one with people's judgements."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from matching.policy import Policy
from referral.cli.policy_evaluation import evaluate
from referral.cli.running import instance_option, opened
from referral.errors import RecordNotFound
from referral.formats.kept_rankings import pack_policy
from referral.models.policies import PolicyVersion
from referral.queries import policies as queries
from referral.rules.permissions import COMMAND
from referral.rules.policies import WEIGHTS
from referral.wording.policies import STATES, number_label
from referral.wording.policy_values import value_words, weight_rows
from referral.wording.programs import day_words


@click.group()
def policies() -> None:
    """Show policies, or compare one with people's judgements.

    Example: placewell policies show
    """


policies.add_command(evaluate)


@policies.command(name="list")
@instance_option
def list_versions(instance: Path | None) -> None:
    """List the packaged policy and every version of every district.

    Example: placewell policies list
    """
    today = date.today()  # noqa: DTZ011 - the day where the command runs
    packaged = queries.PACKAGED
    with opened(instance):
        click.echo(f"{packaged.version}\tpackaged\tfrom {packaged.adopted_on}\t{packaged.reason}")
        for district, rows in queries.every_version(COMMAND).items():
            now = queries.in_force(queries.approved(district.id), today)
            for row in rows:
                state = "In force" if row is now else STATES[queries.state(row, now).value]
                days = f"from {queries.first_day(row)}"
                click.echo(f"{row.version}\t{district.slug}\t{state}\t{days}\t{row.reason}")


@policies.command()
@instance_option
@click.argument("version", default=queries.PACKAGED.version)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(instance: Path | None, version: str, form: str) -> None:
    """Show a policy's numbers, each with its reason, author, date and source.

    VERSION is a name or a reference as the list shows it; without one, the packaged policy is shown.

    Example: placewell policies show lexington-ma-1
    """
    if version == queries.PACKAGED.version:
        policy = queries.PACKAGED
    else:
        with opened(instance):
            policy = _found(version)
    if form == "json":
        click.echo(pack_policy(policy))
        return
    for line in policy_lines(policy):
        click.echo(line)


def _found(version: str) -> Policy:
    row = next((row for row in _versions() if version in (row.version, row.ref)), None)
    if row is None:
        raise RecordNotFound(kind="policy")
    return queries.policy_of(row, queries.approved(row.district_id))


def _versions() -> Iterator[PolicyVersion]:
    for rows in queries.every_version(COMMAND).values():
        yield from rows


def policy_lines(policy: Policy) -> Iterator[str]:
    """A policy in words: what it is, then every number with its reason."""
    yield f"Policy {policy.version}, {policy.author}, {day_words(policy.adopted_on)}: {policy.reason}"
    yield ""
    yield f"{number_label(WEIGHTS)}: {policy.choices[WEIGHTS].reason}"
    for label, weight, share in weight_rows(policy):
        yield f"  {label:<22}{weight:>6}{share:>7}"
    yield ""
    for name in sorted(policy.choices.keys() - {WEIGHTS}, key=number_label):
        choice = policy.choices[name]
        source = f" Source: {choice.source}." if choice.source else ""
        yield f"{number_label(name)}: {value_words(name, getattr(policy, name))}"
        yield f"  {choice.reason} {choice.author}, {day_words(choice.on)}.{source}"
