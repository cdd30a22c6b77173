"""`placewell demo`: real programs, example figures, synthetic students, users of each role."""

import socket
import sys
import tempfile
import time
from datetime import date
from importlib.resources import files
from pathlib import Path

import click
import waitress
from flask import Flask

from referral.actions import demo as actions
from referral.actions.demo_names import name_students
from referral.actions.demo_referrals import make_referrals
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.cli.demo_check import check_pages
from referral.cli.instance import make_instance
from referral.cli.loading import collecting_later
from referral.cli.programs import load
from referral.cli.running import refusals_told
from referral.cli.vault_making import make_vault
from referral.config import DEMO_MARK, read_settings
from referral.formats.seed import read_seed
from referral.formats.students_yaml import read_students
from referral.migrations import upgrade
from referral.models.base import utc_now
from referral.queries.rankings import result_of
from referral.queries.vault import vault_of
from referral.wording.rankings.options import fit_sentences, seats_sentence
from referral.wording.rankings.order import counts_sentence
from referral.wording.rankings.terms import inside, listed

HOST = "127.0.0.1"
PORT = 8000
PORTS_TRIED = 50
DEFAULT_FOLDER = Path("instance") / "demo"
STUDENTS = "demo_students.yaml"
TOP = 3


@click.command()
@click.option("--check", is_flag=True, help="Make the demo, request the main pages of each role, and end.")
@click.option("--port", default=PORT, show_default=True, help="Port to listen on; the next free one if busy.")
@click.option(
    "--instance",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"The demo's folder. [default: {DEFAULT_FOLDER}; with --check a temporary one]",
)
def demo(check: bool, port: int, instance: Path | None) -> None:
    """Serve a demo on this computer: real programs, example figures, synthetic students.

    A second start uses what the first one made.

    Example: placewell demo --port 8000
    """
    if check and instance is None:
        with tempfile.TemporaryDirectory(prefix="placewell-demo-") as folder:
            raise SystemExit(_checked(Path(folder)))
    if check:
        raise SystemExit(_checked(instance or DEFAULT_FOLDER))
    app = prepared(instance or DEFAULT_FOLDER)
    server = waitress.create_server(app, host=HOST, port=free_port(port), threads=8, ident=None)
    click.echo(f"\nOpen http://{HOST}:{server.effective_port} and choose a role. Stop with Ctrl+C.")
    sys.stdout.flush()
    server.run()


def prepared(folder: Path) -> Flask:
    """The demo's app, with everything made that was missing."""
    started = time.perf_counter()
    with collecting_later():
        app = _made(folder)
    click.echo(f"Ready in {time.perf_counter() - started:.1f} seconds in {folder}.")
    return app


def _made(folder: Path) -> Flask:
    app = demo_app(folder)
    with refusals_told(), app.app_context():
        upgrade()
        counts = load(read_seed(), with_examples=True)
        today = date.today()  # noqa: DTZ011 - the day where the command runs
        records = read_students(_students(), STUDENTS).records
        users = in_transaction(actions.make_users)
        students = in_transaction(lambda: actions.make_students(records))
        in_transaction(lambda: name_students(vault_of(app.config["SETTINGS"]), today=today))
        ranked = in_transaction(lambda: actions.rank_students(today))
        referred = in_transaction(lambda: make_referrals(utc_now()))
        click.echo(f"Programs: {'; '.join(counts.lines())}")
        added = (
            f"{users} demo users, {students} synthetic students, {ranked} rankings and {referred} referrals"
        )
        click.echo(f"Added {added}.")
        _print_first_ranking()
    return app


def demo_app(folder: Path) -> Flask:
    """The app of the demo in a folder that holds nothing but a demo; environment settings do not reach it."""
    folder = folder.resolve()
    if (folder / "placewell.db").exists() and not (folder / DEMO_MARK).exists():
        raise click.ClickException(
            f"{folder} holds an instance that is not a demo. Choose another --instance."
        )
    make_instance(folder)
    make_vault(folder)
    (folder / DEMO_MARK).touch()
    return create_app(read_settings({}, demo=True, instance=folder))


def free_port(wanted: int) -> int:
    """The port, or the next one that is free; 0 lets the system choose."""
    for port in range(wanted, wanted + PORTS_TRIED) if wanted else ():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    if wanted:
        raise click.ClickException(f"No port from {wanted} to {wanted + PORTS_TRIED - 1} is free.")
    return 0


def _students() -> bytes:
    return files("referral").joinpath("data", STUDENTS).read_bytes()


def _print_first_ranking() -> None:
    row = actions.first_ranking()
    kept = result_of(row)
    click.echo(f"\nFirst student, {row.student.ref}: {counts_sentence(kept.ranking)}")
    for option in kept.ranking.ranked[:TOP]:
        label = kept.programs[option.program_key]
        click.echo(f"  {option.rank}. {label.name} ({label.agency})")
        reasons = map(inside, fit_sentences(option, kept.student)[:TOP])
        click.echo(f"     Why: {listed(reasons)}. Seats: {inside(seats_sentence(option.seats))} (example).")


def _checked(folder: Path) -> int:
    app = prepared(folder)
    with app.app_context():
        refs = actions.ranked_refs()
    return 0 if check_pages(app, *refs[0]) else 1
