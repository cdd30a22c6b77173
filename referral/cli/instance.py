"""`placewell init` and `placewell serve`."""

import os
import secrets
from pathlib import Path

import click
import waitress

from referral.actions import organisations, users
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.cli.links import one_time_link
from referral.cli.loading import collecting_later
from referral.cli.running import instance_option, opened, refusals_told
from referral.cli.serving import GRACE_SECONDS, serve_until_told
from referral.config import read_settings, secret_file
from referral.migrations import upgrade
from referral.models.users import User
from referral.queries.users import administrators
from referral.rules.organisations import OrganisationFacts, OrganisationKind
from referral.rules.permissions import COMMAND, Role
from referral.rules.users import Invitation, tidy_email
from referral.web.documents import REQUEST_BYTES_MAX
from referral.wording.counts import counted

SITE = OrganisationFacts(slug="this-installation", name="This installation", kind=OrganisationKind.PLATFORM)


def make_instance(folder: Path) -> None:
    """Make the instance folder and its secret, readable by nobody else; what is there stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_secret(secret_file(folder))


def keep_secret(path: Path) -> None:
    """Make a file with a random secret, readable by nobody else; one that is there stays."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")


def first_administrator(email: str, name: str) -> User:
    """The first site administrator, with the organization that stands for this installation."""
    site = organisations.add(COMMAND, SITE)
    return users.invite(COMMAND, Invitation(tidy_email(email), name, Role.SITE_ADMINISTRATOR), site)


@click.command()
@instance_option
@click.option("--email", required=True, help="The e-mail address of the first administrator.")
@click.option("--name", default="Site administrator", show_default=True, help="The administrator's name.")
def init(instance: Path | None, email: str, name: str) -> None:
    """Make an instance: folder, secret, database, and the first administrator.

    Run again, it brings the database to the newest schema and changes nothing else.

    Example: PLACEWELL_URL=https://placewell.example.org PLACEWELL_TRUSTED_PROXIES=1
    placewell init --email you@example.org
    """
    make_instance(read_settings(instance=instance).instance)
    with opened(instance) as app:
        upgrade()
        click.echo(f"Instance: {app.instance_path}")
        if administrators(COMMAND):
            click.echo("There is an administrator already. For a new link run: placewell users link EMAIL")
            return
        user = in_transaction(lambda: first_administrator(email, name))
        click.echo(f"First administrator: {user.email}")
        click.echo(f"Choose a password within 3 days, once: {one_time_link(user)}")


@click.command()
@instance_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests worked on at the same time.")
@click.option(
    "--grace", default=GRACE_SECONDS, show_default=True, help="Seconds for the last requests to end."
)
def serve(instance: Path | None, host: str, port: int, threads: int, grace: float) -> None:
    """Serve the site of an instance, behind a proxy that ends https.

    SIGTERM or Ctrl+C: no new request is taken, those under way are answered, and it ends with 0. Several of
    these on different ports can share one PostgreSQL.

    Example: placewell serve --port 8000
    """
    with refusals_told(), collecting_later():
        app = create_app(read_settings(instance=instance))
    # The app itself trusts exactly the proxies it was told of (ProxyFix), so their headers must reach it.
    server = waitress.create_server(
        app,
        host=host,
        port=port,
        threads=threads,
        ident="",
        clear_untrusted_proxy_headers=False,
        # Documents on their way stay in memory: nothing of them is laid down unsealed in a file.
        inbuf_overflow=REQUEST_BYTES_MAX,
        outbuf_overflow=REQUEST_BYTES_MAX,
    )
    click.echo(f"Serving {app.config['SETTINGS'].public_url} on http://{host}:{server.effective_port}")
    cut_off = serve_until_told(server, grace_seconds=grace)
    click.echo(f"Stopped; {counted(cut_off, 'request')} cut off." if cut_off else "Stopped.")
