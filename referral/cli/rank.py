"""`placewell rank`: rank the programs of a file for the students of a file, without a database."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from matching import (
    POLICY_2026_1,
    Catalogue,
    Draws,
    MatchingError,
    NeedProfile,
    draws_of,
    rank_programs,
    with_example_transport,
)
from matching.policy import Policy
from matching.results import Ranking
from referral.cli.files import FilePath, day_of, file_catalogue, file_profile, read_file, refusal
from referral.cli.rank_table import ranking_lines
from referral.cli.rank_top import CSV, JSON_LINES, Best, print_top, refuse_file
from referral.formats.policies_yaml import read_policy
from referral.formats.problems import Problem
from referral.formats.rankings_json import ranking_document
from referral.formats.student_rows import has_rows, student_rows
from referral.formats.students_yaml import Students, read_students
from referral.rules.answers import StudentRecord

TABLE, JSON = "table", "json"


@click.command()
@click.argument("students", type=FilePath, required=False)
@click.argument("programs", type=FilePath, required=False)
@click.option("--student", type=FilePath, help="The same as STUDENTS.")
@click.option("--programs", "programs_option", type=FilePath, help="The same as PROGRAMS.")
@click.option("--top", type=click.IntRange(min=1), help="Write only the best N programs of each student.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, help="With --top: processes that rank. [default: 1]"
)
@click.option("--policy", type=FilePath, help="Changes to the packaged policy, as YAML.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day facts are read. [default: today]")
@click.option(
    "--with-examples", is_flag=True, help="Let example rooms, seats and prices count; each is marked."
)
@click.option(
    "--format",
    "form",
    type=click.Choice([TABLE, JSON, JSON_LINES, CSV]),
    help="table or json; with --top: json-lines or csv. [default: the first of each]",
)
def rank(
    students: Path | None,
    programs: Path | None,
    student: Path | None,
    programs_option: Path | None,
    top: int | None,
    workers: int,
    policy: Path | None,
    today: datetime | None,
    with_examples: bool,
    form: str | None,
) -> None:
    """Rank programs for coded need profiles, each with its reasons. The IEP Team decides.

    STUDENTS is one student or several, as YAML; or a student to a row, as JSON lines (.jsonl) or CSV.
    PROGRAMS is a file of programs and agencies, as YAML; without it, the packaged list.

    Every program appears once: it meets every must, needs a question answered, or is ruled out with its
    reasons. Nothing is saved or sent.

    With --top only the best programs are written, student by student as they are found, for files of any
    length: program, room and block (1 meets every must and fits, 2 may fit, 3 has a question, 4 does not fit
    well). A file with a mistake is refused with its lines before anything is written.

    \b
    Example: placewell rank student.yaml --format json
             placewell rank students.jsonl programs.yaml --top 10 > ranked.jsonl
             placewell rank students.csv --top 3 --format csv --workers 2
    """
    path = _only(students, student, "STUDENTS")
    if path is None:
        raise click.UsageError("Name a file of students: placewell rank student.yaml")
    form = _form(form, top)
    day = day_of(today)
    catalogue = file_catalogue(_only(programs, programs_option, "PROGRAMS"), day, with_examples=with_examples)
    rules = POLICY_2026_1 if policy is None else read_file(policy, read_policy)
    if with_examples:
        rules = with_example_transport(rules)
    if top is not None:
        print_top(path, catalogue, rules, day, Best(top, workers, form, with_examples))
        return
    wanted, several = _records(path)
    draws = draws_of(rules)
    ranked = [_rank(record, catalogue, rules, day, draws) for record in wanted]
    if form == JSON:
        _print_json(ranked, catalogue, several=several)
    else:
        _print_tables(ranked, catalogue)


def _only(argument: Path | None, option: Path | None, name: str) -> Path | None:
    if argument and option:
        raise click.UsageError(f"{name} is named twice.")
    return argument or option


def _form(form: str | None, top: int | None) -> str:
    """The format asked for, or the first that fits."""
    fitting = (TABLE, JSON) if top is None else (JSON_LINES, CSV)
    if form is not None and form not in fitting:
        raise click.UsageError(f"{form} is written {'with' if top is None else 'without'} --top.")
    return form or fitting[0]


def _records(path: Path) -> Students:
    """The students of a file that is read as a whole."""
    if not has_rows(path):
        return read_file(path, read_students)
    problems: list[Problem] = []
    try:
        records = [row.record for row in student_rows(path, problems)]
    except OSError as error:
        raise refusal(f"{path} cannot be read: {error.strerror}") from None
    refuse_file(path, problems, len(records))
    return Students(records, several=True)


def _rank(
    record: StudentRecord, catalogue: Catalogue, policy: Policy, today: date, draws: Draws
) -> tuple[NeedProfile, Ranking]:
    try:
        profile = file_profile(record)
        return profile, rank_programs(profile, catalogue, policy, seed=record.code, today=today, draws=draws)
    except MatchingError as error:
        raise refusal(f"{record.code}: {error}") from None


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
