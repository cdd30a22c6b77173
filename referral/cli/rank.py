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
from referral.formats.policies_yaml import read_policy
from referral.formats.rankings_json import ranking_document
from referral.formats.students_yaml import read_students
from referral.rules.answers import StudentRecord


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
    day = day_of(today)
    wanted, several = read_file(student, read_students)
    catalogue = file_catalogue(programs, day, with_examples=with_examples)
    rules = POLICY_2026_1 if policy is None else read_file(policy, read_policy)
    if with_examples:
        rules = with_example_transport(rules)
    draws = draws_of(rules)
    ranked = [_rank(record, catalogue, rules, day, draws) for record in wanted]
    if form == "json":
        _print_json(ranked, catalogue, several=several)
    else:
        _print_tables(ranked, catalogue)


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
