"""`placewell users`: invite, list, disable, and make a one-time link."""

from pathlib import Path

import click

from referral.actions import second_steps
from referral.actions import users as actions
from referral.actions.transactions import in_transaction
from referral.cli.links import one_time_link
from referral.cli.running import instance_option, opened
from referral.models.users import User
from referral.queries import organisations as organisation_queries
from referral.queries import users as queries
from referral.rules.permissions import COMMAND, Role
from referral.rules.users import Invitation, tidy_email
from referral.wording.users import ROLE_LABELS

EVERYONE = 100_000


@click.group()
def users() -> None:
    """Invite, list and disable users, or make a one-time link for a new password.

    Example: placewell users list
    """


@users.command()
@instance_option
@click.argument("email")
@click.option("--name", required=True, help="The user's name, or the post.")
@click.option("--role", required=True, type=click.Choice(list(ROLE_LABELS)), help="The first role.")
@click.option("--at", "place", required=True, help="Name or short name of the organization.")
def invite(instance: Path | None, email: str, name: str, role: str, place: str) -> None:
    """Invite a user and print the one-time link.

    Example: placewell users invite ood@district.example --name Coordinator --role coordinator --at lexington
    """
    with opened(instance):

        def work() -> User:
            organisation = organisation_queries.named(COMMAND, place, "organisation")
            return actions.invite(COMMAND, Invitation(tidy_email(email), name, Role(role)), organisation)

        click.echo(one_time_link(in_transaction(work)))


@users.command(name="list")
@instance_option
@click.option("--search", default="", help="Only users whose name or address contains this.")
def list_users(instance: Path | None, search: str) -> None:
    """List users with their roles.

    Example: placewell users list --search lexington
    """
    with opened(instance):
        for user in queries.listed(COMMAND, search, limit=EVERYONE).rows:
            roles = "; ".join(f"{held.role} at {held.organisation.slug}" for held in user.assignments)
            state = "active" if user.active else "disabled"
            click.echo(f"{user.email}\t{user.name}\t{state}\t{roles or 'no role'}")


@users.command()
@instance_option
@click.argument("email")
def disable(instance: Path | None, email: str) -> None:
    """Keep a user from signing in and end every session.

    Example: placewell users disable ood@district.example
    """
    with opened(instance):
        in_transaction(lambda: actions.disable(COMMAND, queries.with_email(COMMAND, email)))
        click.echo(f"Disabled: {tidy_email(email)}")


@users.command(name="remove-second-step")
@instance_option
@click.argument("email")
def remove_second_step(instance: Path | None, email: str) -> None:
    """Take away a user's second step at sign-in, because the app is lost; every session ends.

    Example: placewell users remove-second-step ood@district.example
    """
    with opened(instance):
        in_transaction(lambda: second_steps.remove(COMMAND, queries.with_email(COMMAND, email)))
        click.echo(f"The password alone signs in again: {tidy_email(email)}")


@users.command()
@instance_option
@click.argument("email")
def link(instance: Path | None, email: str) -> None:
    """Print a one-time link for a new password; earlier links and sessions end.

    Example: placewell users link ood@district.example
    """
    with opened(instance):

        def work() -> User:
            user = queries.with_email(COMMAND, email)
            actions.issue_link(COMMAND, user)
            return user

        click.echo(one_time_link(in_transaction(work)))
