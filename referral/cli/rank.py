"""`placewell rank`: rank the programs of a file for the students of a file, without a database."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from matching import (
    POLICY_2026_1,
    Catalogue,
    MatchingError,
    NeedProfile,
    rank_programs,
    with_example_transport,
)
from matching.policy import Policy
from matching.results import Ranking
from referral.cli.rank_table import ranking_lines
from referral.formats.places import find_place
from referral.formats.policies_yaml import read_policy
from referral.formats.problems import BadFile
from referral.formats.programs_yaml import read_programs
from referral.formats.rankings_json import ranking_document
from referral.formats.seed import read_seed
from referral.formats.students_yaml import read_students
from referral.rules.answers import StudentRecord
from referral.rules.program_records import ProgramFile
from referral.rules.programs import program_profile
from referral.rules.students import record_profile

Read = TypeVar("Read")
FilePath = click.Path(path_type=Path)


@click.command()
@click.option("--programs", type=FilePath, help="Programs and agencies as YAML. [default: the packaged list]")
@click.option("--student", type=FilePath, required=True, help="One student or several, as YAML.")
@click.option("--policy", type=FilePath, help="Changes to the packaged policy, as YAML.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day facts are read. [default: today]")
@click.option(
    "--with-examples", is_flag=True, help="Let example rooms, seats and prices count; each is marked."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def rank(
    programs: Path | None,
    student: Path,
    policy: Path | None,
    today: datetime | None,
    with_examples: bool,
    form: str,
) -> None:
    """Rank programs for coded need profiles, each with its reasons. The IEP Team decides.

    Every program appears once: it meets every must, needs a question answered, or is ruled out with its
    reasons. Nothing is saved or sent.

    Example: placewell rank --student student.yaml --format json
    """
    day = today.date() if today else date.today()  # noqa: DTZ011 - the day where the command runs
    wanted, several = _read(student, read_students)
    file = read_seed() if programs is None else _read(programs, read_programs)
    rules = POLICY_2026_1 if policy is None else _read(policy, read_policy)
    if with_examples:
        rules = with_example_transport(rules)
    catalogue = _catalogue(file, day, with_examples=with_examples)
    ranked = [_rank(record, catalogue, rules, day) for record in wanted]
    if form == "json":
        _print_json(ranked, catalogue, several=several)
    else:
        _print_tables(ranked, catalogue)


def _catalogue(file: ProgramFile, today: date, *, with_examples: bool) -> Catalogue:
    agencies = {agency.key: agency for agency in file.agencies}
    return Catalogue.compile(
        program_profile(
            record, agencies[record.agency], today=today, with_examples=with_examples, find_place=find_place
        )
        for record in file.programs
    )


def _rank(
    record: StudentRecord, catalogue: Catalogue, policy: Policy, today: date
) -> tuple[NeedProfile, Ranking]:
    town = record.town or record.district
    origin = find_place(record.home_zip, town, record.state)
    if origin is None and town is not None:
        click.echo(
            f"{record.code}: {town}, {record.state} is not a town known here; rides are not known.", err=True
        )
    try:
        profile = replace(record_profile(record, origin=origin), state=record.state)
        return profile, rank_programs(profile, catalogue, policy, seed=record.code, today=today)
    except MatchingError as error:
        raise _refusal(f"{record.code}: {error}") from None


def _print_json(
    ranked: Sequence[tuple[NeedProfile, Ranking]], catalogue: Catalogue, *, several: bool
) -> None:
    documents: list[dict[str, Any]] = [
        ranking_document(ranking, catalogue.programs, profile) for profile, ranking in ranked
    ]
    shown = documents if several else documents[0]
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _print_tables(ranked: Sequence[tuple[NeedProfile, Ranking]], catalogue: Catalogue) -> None:
    for number, (profile, ranking) in enumerate(ranked):
        if number:
            click.echo()
        for line in ranking_lines(profile, ranking, catalogue.programs):
            click.echo(line)


def _read(path: Path, read: Any) -> Any:
    """What a reader makes of a file; a file with problems ends the command with all of them."""
    try:
        return read(path.read_bytes(), str(path))
    except OSError as error:
        raise _refusal(f"{path} cannot be read: {error.strerror}") from None
    except BadFile as error:
        count = len(error.problems)
        raise _refusal(f"{error}\nNothing was ranked: {count} to mend.") from None


def _refusal(message: str) -> SystemExit:
    click.echo(message, err=True)
    return SystemExit(1)
