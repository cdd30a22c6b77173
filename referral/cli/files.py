"""What commands that work on files share: reading one or refusing with its problems, programs, profiles."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from matching import Catalogue, NeedProfile
from referral.formats.places import find_place
from referral.formats.problems import BadFile
from referral.formats.programs_yaml import read_programs
from referral.formats.seed import read_seed
from referral.rules.answers import StudentRecord
from referral.rules.program_records import ProgramFile
from referral.rules.programs import program_profile
from referral.rules.students import record_profile

Read = TypeVar("Read")
FilePath: Any = click.Path(path_type=Path)


def read_file(path: Path, read: Callable[[bytes, str], Read], undone: str = "Nothing was ranked") -> Read:
    """What a reader makes of a file; a file with problems ends the command with all of them."""
    try:
        return read(path.read_bytes(), str(path))
    except OSError as error:
        raise refusal(f"{path} cannot be read: {error.strerror}") from None
    except BadFile as error:
        raise refusal(f"{error}\n{undone}: {len(error.problems)} to mend.") from None


def refusal(message: str) -> SystemExit:
    """The end of the command, after the message."""
    click.echo(message, err=True)
    return SystemExit(1)


def day_of(today: datetime | None) -> date:
    """The day facts are read: the one that was named, else the day where the command runs."""
    return today.date() if today else date.today()  # noqa: DTZ011 - the day where the command runs


def file_catalogue(path: Path | None, today: date, *, with_examples: bool) -> Catalogue:
    """The programs of a file, or the packaged ones, compiled."""
    file: ProgramFile = read_seed() if path is None else read_file(path, read_programs)
    agencies = {agency.key: agency for agency in file.agencies}
    return Catalogue.compile(
        program_profile(
            record, agencies[record.agency], today=today, with_examples=with_examples, find_place=find_place
        )
        for record in file.programs
    )


def file_profile(record: StudentRecord, *, tell: bool = True) -> NeedProfile:
    """The need profile of a student in a file; an unknown town is told, and rides are then not known."""
    town = record.town or record.district
    origin = find_place(record.home_zip, town, record.state)
    if tell and origin is None and town is not None:
        click.echo(
            f"{record.code}: {town}, {record.state} is not a town known here; rides are not known.", err=True
        )
    return replace(record_profile(record, origin=origin), state=record.state)
