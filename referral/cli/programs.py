"""`placewell programs`: load a file of programs, or write one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from referral.actions.programs_import import AfterEach, ImportOptions, ignore, import_programs
from referral.actions.transactions import in_transaction
from referral.cli.running import instance_option, opened
from referral.formats.places import find_place
from referral.formats.problems import BadFile
from referral.formats.programs_yaml import read_programs, write_programs
from referral.queries.programs import records
from referral.rules.import_counts import ImportCounts
from referral.rules.permissions import COMMAND
from referral.rules.program_records import SCHEMA, ProgramFile


class NothingSaved(Exception):
    """Ends the transaction of a dry run without saving; carries what would have been done."""

    def __init__(self, counts: ImportCounts) -> None:
        self.counts = counts
        super().__init__("dry run")


@click.group()
def programs() -> None:
    """Load programs from a file, or write them to one.

    Example: placewell programs import seed_programs.yaml --dry-run
    """


@programs.command("import")
@instance_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--with-examples", is_flag=True, help="Load example rooms, seats and prices too; each is marked."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_(instance: Path | None, file: Path, with_examples: bool, dry_run: bool) -> None:
    """Load agencies and programs from a YAML file.

    A file with a problem loads nothing. What a program's own staff entered is kept.

    Example: placewell programs import seed_programs.yaml
    """
    wanted = _read(file)
    with opened(instance):
        counts = load(wanted, with_examples=with_examples, dry_run=dry_run)
    click.echo("Nothing was saved; this would be done:" if dry_run else "Done:")
    for line in counts.lines():
        click.echo(f"  {line}")


@programs.command("export")
@instance_option
@click.argument("file", type=click.Path(path_type=Path), required=False)
def export(instance: Path | None, file: Path | None) -> None:
    """Write agencies and programs as YAML, to a file or to the terminal.

    Example: placewell programs export programs.yaml
    """
    with opened(instance):
        agencies, found = records(COMMAND)
    text = write_programs(ProgramFile(format=SCHEMA, agencies=tuple(agencies.values()), programs=found))
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        _refuse(f"{file} cannot be written: {error.strerror}")
    click.echo(f"{len(found)} programs of {len(agencies)} agencies are in {file}.")


def load(file: ProgramFile, *, with_examples: bool, dry_run: bool = False) -> ImportCounts:
    """Load a file inside an app context, with a progress bar on a terminal."""
    options = ImportOptions(
        today=date.today(),  # noqa: DTZ011 - the day where the command runs
        with_examples=with_examples,
        find_place=find_place,
    )
    with _progress(len(file.programs)) as after_each:

        def work() -> ImportCounts:
            counts = import_programs(COMMAND, file, options, after_each=after_each)
            if dry_run:
                raise NothingSaved(counts)
            return counts

        try:
            return in_transaction(work)
        except NothingSaved as rehearsal:
            return rehearsal.counts


@contextmanager
def _progress(length: int) -> Iterator[AfterEach]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield ignore
        return
    with click.progressbar(length=length, label="Programs", file=sys.stderr) as bar:
        yield lambda _record: bar.update(1)


def _read(file: Path) -> ProgramFile:
    try:
        return read_programs(file.read_bytes(), str(file))
    except OSError as error:
        _refuse(f"{file} cannot be read: {error.strerror}")
    except BadFile as error:
        _refuse(f"{error}\nNothing was loaded: {len(error.problems)} to mend.")


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(1)
