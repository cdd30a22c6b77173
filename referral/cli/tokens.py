"""`placewell tokens`: list, make and revoke tokens of the JSON API."""

from pathlib import Path

import click

from referral.actions import tokens as actions
from referral.actions.transactions import in_transaction
from referral.cli.running import instance_option, opened
from referral.models.base import utc_now
from referral.queries import organisations as organisation_queries
from referral.queries import tokens as queries
from referral.queries.users import actor_of, with_email
from referral.rules.permissions import COMMAND


@click.group()
def tokens() -> None:
    """List, make and revoke tokens of the JSON API.

    Example: placewell tokens list
    """


@tokens.command(name="list")
@instance_option
def list_tokens(instance: Path | None) -> None:
    """List every token: code, organization, name, last day, last used.

    Example: placewell tokens list
    """
    with opened(instance):
        for row in queries.listed(COMMAND):
            ends = "revoked" if row.revoked_at else f"until {row.expires_on}"
            used = f"used {row.last_used_on}" if row.last_used_on else "never used"
            click.echo(f"{row.ref}\t{row.organisation.slug}\t{row.name}\t{ends}\t{used}")


@tokens.command()
@instance_option
@click.argument("name")
@click.option("--at", "place", required=True, help="Name or short name of the organization.")
@click.option("--by", "email", required=True, help="E-mail address of its director or administrator.")
@click.option("--days", default=365, show_default=True, help="For how many days it works.")
def make(instance: Path | None, name: str, place: str, email: str, days: int) -> None:
    """Make a token for one who may, and print it, once.

    Example: placewell tokens make "Seat board" --at lexington --by director@district.example
    """
    with opened(instance):

        def work() -> str:
            actor = actor_of(with_email(COMMAND, email))
            organisation = organisation_queries.named(COMMAND, place, "organisation")
            return actions.make(actor, organisation, name, lasts_days=days, now=utc_now())[1]

        click.echo(in_transaction(work))


@tokens.command()
@instance_option
@click.argument("ref")
def revoke(instance: Path | None, ref: str) -> None:
    """End a token now.

    Example: placewell tokens revoke T-0000000000
    """
    with opened(instance):
        row = in_transaction(lambda: actions.revoke(COMMAND, ref, now=utc_now()))
        click.echo(f"Revoked: {row.ref} ({row.name})")
