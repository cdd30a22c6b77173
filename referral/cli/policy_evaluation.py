"""`placewell policies evaluate`: agreement with judgements, fairness between groups, invariance."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from matching import POLICY_2026_1, Catalogue, MatchingError, rank_programs, with_example_transport
from matching.evaluation import (
    Agreement,
    agreement,
    canonical_bytes,
    fairness_gaps,
    invariance,
    measures_of,
)
from matching.policy import Policy
from matching.results import Ranking
from referral.cli.evaluation_report import Evaluated, evaluation_document, evaluation_lines
from referral.cli.files import FilePath, day_of, file_catalogue, file_profile, read_file, refusal
from referral.formats.judgements import read_columns, read_judgements
from referral.formats.policies_yaml import read_policy
from referral.formats.students_yaml import read_students
from referral.rules.answers import StudentRecord

# Facts a need rests on: compared between groups, and free to change a ranking.
COMPARED = ("primary_category", "grade")
# Facts that no gate and no value may know.
PROTECTED = ("home_language", "english_learner")
INVARIANCE_STUDENTS = 50
UNDONE = "Nothing was evaluated"


@click.command()
@click.argument("judgements", type=FilePath)
@click.option("--students", type=FilePath, required=True, help="The students that were judged, as YAML.")
@click.option(
    "--columns", type=FilePath, help="Further protected columns by student, as CSV or YAML; audited only."
)
@click.option("--programs", type=FilePath, help="Programs and agencies as YAML. [default: the packaged list]")
@click.option("--policy", type=FilePath, help="Changes to the packaged policy, as YAML.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day facts are read. [default: today]")
@click.option("--with-examples", is_flag=True, help="Let example rooms, seats and prices count.")
@click.option("--top", default=3, show_default=True, help="How many best programs are compared.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def evaluate(
    judgements: Path,
    students: Path,
    columns: Path | None,
    programs: Path | None,
    policy: Path | None,
    today: datetime | None,
    with_examples: bool,
    top: int,
    form: str,
) -> None:
    """Compare a policy's rankings with people's JUDGEMENTS, and groups of students with each other.

    JUDGEMENTS is CSV or YAML with student, program and verdict (eligible, to_confirm, not_eligible), grade
    (higher is better) or both. Groups under 10 students are suppressed. Ends with 1 if a protected column
    changes a ranking. Nothing is saved or sent.

    Example: placewell policies evaluate judged.csv --students students.yaml
    """
    day = day_of(today)
    said = read_file(judgements, read_judgements, UNDONE)
    records = read_file(students, read_students, UNDONE).records
    further = {} if columns is None else read_file(columns, read_columns, UNDONE)
    rules = POLICY_2026_1 if policy is None else read_file(policy, read_policy, UNDONE)
    rules = with_example_transport(rules) if with_examples else rules
    ranks = _Ranks(file_catalogue(programs, day, with_examples=with_examples), rules, day)
    try:
        rankings = {record.code: ranks.ranking(record) for record in records}
        agrees = agreement(said, rankings.values(), k=top)
        found = _evaluated(ranks, records, further, rankings, agrees)
    except MatchingError as error:
        raise refusal(f"{error}\n{UNDONE}.") from None
    _print(found, top, form)
    if found.changed:
        raise SystemExit(1)


@dataclass(frozen=True)
class _Ranks:
    """Ranks the students of a file under one policy."""

    catalogue: Catalogue
    policy: Policy
    today: date

    def ranking(self, record: StudentRecord, *, tell: bool = True) -> Ranking:
        """The ranking of one student."""
        profile = file_profile(record, tell=tell)
        return rank_programs(profile, self.catalogue, self.policy, seed=record.code, today=self.today)

    def of_row(self, row: Mapping[str, Any]) -> bytes:
        """The ranking of a row of the file as bytes; what is no answer of the file is left aside."""
        answers = {name: row[name] for name in StudentRecord.model_fields if name in row}
        return canonical_bytes(self.ranking(StudentRecord.model_construct(**answers), tell=False))


def _evaluated(
    ranks: _Ranks,
    records: Sequence[StudentRecord],
    further: Mapping[str, Mapping[str, str]],
    rankings: Mapping[str, Ranking],
    agrees: Agreement,
) -> Evaluated:
    beside = sorted({column for columns in further.values() for column in columns})
    rows = [_row(record, further.get(record.code, {}), beside) for record in records]
    groups = {
        record.code: {c: _group(row[c]) for c in (*COMPARED, *PROTECTED, *beside)}
        for record, row in zip(records, rows, strict=True)
    }
    checked = rows[:INVARIANCE_STUDENTS]
    columns = (*PROTECTED, *beside)
    varied = tuple(c for c in columns if len({_group(row[c]) for row in checked}) > 1)
    measures = {code: measures_of(ranking) for code, ranking in rankings.items()}
    return Evaluated(
        policy=ranks.policy.version,
        agreement=agrees,
        figures=fairness_gaps(measures, groups),
        protected=varied,
        same_everywhere=tuple(c for c in columns if c not in varied),
        invariance_students=len(checked),
        changed=invariance(ranks.of_row, checked, varied, seed=0),
    )


def _row(record: StudentRecord, columns: Mapping[str, str], beside: Sequence[str]) -> dict[str, Any]:
    """A student as a row: every answer, and the columns beside the file that are no answer of it."""
    extra = {column: columns.get(column, "") for column in beside if column not in StudentRecord.model_fields}
    return {**dict(record), **extra}


def _group(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not known" if value in (None, "") else str(value)


def _print(found: Evaluated, top: int, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(evaluation_document(found, top), indent=2))
        return
    for line in evaluation_lines(found, top):
        click.echo(line)
