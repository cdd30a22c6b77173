"""The best programs of many students, written as they are found: JSON lines or CSV."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from matching import IN_LINE, Catalogue, MatchingError, NeedProfile, TopPrograms, processes, rank_many
from matching.options import Option
from matching.policy import Policy
from referral.cli.files import file_profile, read_file, refusal
from referral.formats.problems import BadFile, Problem
from referral.formats.student_rows import StudentRow, has_rows, student_rows
from referral.formats.students_yaml import read_students

JSON_LINES, CSV = "json-lines", "csv"
FIRST_LINE = ("student", "rank", "program", "room", "block", "with_examples")
Problems = list[Problem]


class Place(NamedTuple):
    """One of the best programs, by its best room."""

    program: str
    room: str | None
    block: int


class Best(NamedTuple):
    """What to list: the best so many programs, by so many workers, and whether example figures count."""

    top: int
    workers: int
    form: str
    with_examples: bool


def print_top(students: Path, catalogue: Catalogue, policy: Policy, today: date, best: Best) -> None:
    """Write the best programs of each student in the file; nothing where the file has a problem."""
    count, without_ride = _checked(students)
    workers = IN_LINE if best.workers == 1 else processes(best.workers)
    profiles = (profile for _, profile in _profiles(students, []))
    ranked, done = rank_many(profiles, catalogue, policy, top=best.top, today=today, workers=workers), 0
    if best.form == CSV:
        click.echo(",".join(FIRST_LINE))
    for part in ranked:
        _WRITERS[best.form](part, best.with_examples)
        done += len(part.student_codes)
        _tell_progress(done, count)
    if done != count:
        raise refusal(f"{students} changed while it was read: {count:,} students first, then {done:,}.")
    if without_ride:
        click.echo(f"Rides are not known for {without_ride:,} students: no town known here.", err=True)
    click.echo(
        f"Ranked {len(catalogue.programs):,} programs for {done:,} students. The Team decides.", err=True
    )


def _checked(path: Path) -> tuple[int, int]:
    """How many students the file holds, and how many without a place; a file with problems ends it here."""
    problems: Problems = []
    count = without_ride = 0
    try:
        for _, profile in _profiles(path, problems):
            count += 1
            without_ride += profile.origin is None
    except OSError as error:
        raise refusal(f"{path} cannot be read: {error.strerror}") from None
    refuse_file(path, problems, count)
    return count, without_ride


def refuse_file(path: Path, problems: Problems, count: int) -> None:
    """End the command where a file of rows has problems, or no student."""
    if not count and not problems:
        problems.append(Problem(str(path), 1, "", "", "holds no student"))
    if problems:
        raise refusal(f"{BadFile(problems)}\nNothing was ranked: {len(problems)} to mend.")


def _profiles(path: Path, problems: Problems) -> Iterator[tuple[StudentRow, NeedProfile]]:
    for row in _rows(path, problems):
        try:
            yield row, file_profile(row.record, tell=False)
        except MatchingError as error:
            problems.append(Problem(str(path), row.line, row.record.code, error.field, str(error)))


def _rows(path: Path, problems: Problems) -> Iterable[StudentRow]:
    if has_rows(path):
        return student_rows(path, problems)
    return [StudentRow(1, record) for record in read_file(path, read_students).records]


def _tell_progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {count:,} students", err=True, nl=done == count)


def _lists(part: TopPrograms) -> Iterator[tuple[str, list[Place]]]:
    """Each student with the best programs, as they are written."""
    for number, code in enumerate(part.student_codes):
        rows = zip(part.options[number].tolist(), part.blocks[number].tolist(), strict=True)
        yield code, [_place(part.catalogue.options[row], block) for row, block in rows if row >= 0]


def _place(option: Option, block: int) -> Place:
    return Place(option.program.key, option.room.key if option.room else None, block)


def _write_json(part: TopPrograms, with_examples: bool) -> None:
    for code, places in _lists(part):
        document = {"student": code, "programs": [place._asdict() for place in places]}
        click.echo(json.dumps({**document, "with_examples": with_examples}, ensure_ascii=False))


def _write_csv(part: TopPrograms, with_examples: bool) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for code, places in _lists(part):
        for rank, place in enumerate(places, start=1):
            writer.writerow((code, rank, *place, "yes" if with_examples else "no"))


_WRITERS: dict[str, Callable[[TopPrograms, bool], None]] = {JSON_LINES: _write_json, CSV: _write_csv}
