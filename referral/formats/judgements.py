"""Judgements of people in a file, and columns beside a student file: YAML or CSV, each with its line."""

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from matching.evaluation import Judgement
from matching.vocabulary import Verdict
from referral.formats.problems import BadFile, Problem
from referral.formats.yaml_reading import MAX_BYTES, Group, Series, read_documents

FIELDS = ("student", "program", "verdict", "grade")
STUDENT = "student"
MAX_ROWS = 100_000
VERDICTS: Mapping[str, Verdict] = {
    word: verdict
    for verdict in Verdict
    for word in (verdict.value, verdict.value.replace("_", " "), verdict.label.lower())
}


class Row(NamedTuple):
    """One row of a file with its line."""

    line: int
    values: dict[str, str]


def read_judgements(content: bytes, name: str) -> list[Judgement]:
    """What people said of programs for students: a verdict, a grade (higher is better), or both.

    Raises
    ------
    BadFile : with every problem of the file.
    """
    problems: list[Problem] = []
    judgements = []
    seen: set[tuple[str, str]] = set()
    for row in _rows(content, name, problems):
        unknown = sorted(row.values.keys() - set(FIELDS))
        problems += [Problem(name, row.line, "", field, "is not a field here") for field in unknown]
        judged = _judgement(row, name, problems)
        if judged is None:
            continue
        pair = (judged.student_code, judged.program_key)
        if pair in seen:
            problems.append(Problem(name, row.line, pair[0], "program", f"{pair[1]} is judged twice"))
        seen.add(pair)
        judgements.append(judged)
    if not judgements and not problems:
        problems.append(Problem(name, 1, "", "", "holds no judgement"))
    if problems:
        raise BadFile(problems)
    return judgements


def read_columns(content: bytes, name: str) -> dict[str, dict[str, str]]:
    """Further columns of students by code, for an audit only: no gate and no value reads them.

    Raises
    ------
    BadFile : with every problem of the file.
    """
    problems: list[Problem] = []
    columns: dict[str, dict[str, str]] = {}
    for row in _rows(content, name, problems):
        code = row.values.pop(STUDENT, "")
        if not code:
            problems.append(Problem(name, row.line, "", STUDENT, "is missing"))
        elif code in columns:
            problems.append(Problem(name, row.line, code, STUDENT, "stands here twice"))
        columns[code] = row.values
    if problems:
        raise BadFile(problems)
    return columns


def _rows(content: bytes, name: str, problems: list[Problem]) -> Iterator[Row]:
    read: Callable[..., Iterator[Row]] = _csv_rows if name.lower().endswith(".csv") else _yaml_rows
    return read(content, name, problems)


def _csv_rows(content: bytes, name: str, problems: list[Problem]) -> Iterator[Row]:
    try:
        text = content[: MAX_BYTES + 1].decode("utf-8-sig")
        if len(content) > MAX_BYTES:
            raise ValueError(f"is larger than {MAX_BYTES // 1024 // 1024} MB")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        for number, values in enumerate(reader):
            if None in values or None in values.values():
                problems.append(
                    Problem(name, reader.line_num, "", "", "has more or fewer cells than the first line")
                )
            elif number == MAX_ROWS:
                raise ValueError(f"has more than {MAX_ROWS} rows")
            else:
                yield Row(reader.line_num, {key.strip(): text.strip() for key, text in values.items()})
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, "", "", "is not text in UTF-8"))
    except (ValueError, csv.Error) as error:
        problems.append(Problem(name, 1, "", "", str(error)))


def _yaml_rows(content: bytes, name: str, problems: list[Problem]) -> Iterator[Row]:
    documents, found = read_documents(content, name)
    problems += found
    if len(documents) != 1 or not isinstance(documents[0], Series):
        problems.append(Problem(name, 1, "", "", "must be a list, each entry after a hyphen"))
        return
    for line, entry in zip(documents[0].entry_lines, documents[0], strict=True):
        if not isinstance(entry, Group) or not all(isinstance(value, str | None) for value in entry.values()):
            problems.append(Problem(name, line, "", "", "must be a group of single values"))
        else:
            yield Row(line, {key: (value or "").strip() for key, value in entry.items()})


def _judgement(row: Row, name: str, problems: list[Problem]) -> Judgement | None:
    """The judgement of a row; None where something of it is wrong."""

    def wrong(field: str, message: str) -> None:
        problems.append(Problem(name, row.line, row.values.get(STUDENT, ""), field, message))

    before = len(problems)
    for field in ("student", "program"):
        if not row.values.get(field):
            wrong(field, "is missing")
    verdict, grade = row.values.get("verdict", ""), row.values.get("grade", "")
    if verdict and verdict.lower() not in VERDICTS:
        wrong("verdict", f"must be one of {', '.join(one.value for one in Verdict)}")
    number = _grade(grade)
    if grade and number is None:
        wrong("grade", "must be a number, higher for better")
    if not verdict and not grade:
        wrong("verdict", "is missing, and so is a grade; give one of them")
    if len(problems) > before:
        return None
    return Judgement(row.values["student"], row.values["program"], VERDICTS.get(verdict.lower()), number)


def _grade(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


__all__ = ["read_columns", "read_judgements"]
