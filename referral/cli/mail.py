"""`placewell mail`: send what is queued, say what waits, and try again what was given up."""

from pathlib import Path

import click
from flask import Flask

from referral.actions import mail as actions
from referral.actions.transactions import in_transaction
from referral.cli.mail_transports import delivery
from referral.cli.running import instance_option, opened
from referral.models.base import utc_now
from referral.queries import mails as queries
from referral.rules.permissions import COMMAND

OUTCOMES = {"sent": "sent", "put_off": "put off", "failed": "given up"}


@click.group()
def mail() -> None:
    """Send the mails that wait, or try failed ones again.

    Where they go: PLACEWELL_MAIL=smtp://USER:PASSWORD@HOST:587, smtps://..., file:FOLDER or console.
    The sender is PLACEWELL_MAIL_FROM.

    Example: placewell mail send
    """


@mail.command()
@instance_option
def send(instance: Path | None) -> None:
    """Send what is due. Safe to run twice at once; a fault of the server loses nothing.

    Example: placewell mail send
    """
    with opened(instance) as app:
        click.echo(send_due(app))


@mail.command()
@instance_option
def status(instance: Path | None) -> None:
    """Say how many mails wait, were given up, and were sent lately.

    Example: placewell mail status
    """
    with opened(instance):
        counted = queries.counts(COMMAND)
        click.echo(f"{counted.queued} waiting, {counted.failed} given up, {counted.sent} sent in 90 days.")


@mail.command()
@instance_option
def retry(instance: Path | None) -> None:
    """Put the mails that were given up back into the queue.

    Example: placewell mail retry
    """
    with opened(instance):
        count = in_transaction(lambda: actions.retry_failed(COMMAND, utc_now()))
        click.echo(f"{count} mails wait again. Send them with: placewell mail send")


def send_due(app: Flask) -> str:
    """Send what is due and say in a sentence what became of it."""
    with delivery(app.config["SETTINGS"]) as deliver:
        if deliver is None:
            return f"No mail server is set (PLACEWELL_MAIL). {queries.counts(COMMAND).queued} mails wait."
        done = actions.send_due(COMMAND, deliver, clock=utc_now)
    return "Mails: " + ", ".join(f"{done[name]} {words}" for name, words in OUTCOMES.items()) + "."
