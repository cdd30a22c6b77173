"""Coded need profiles in a file: one student, a list, several documents, or ``placewell/students/1``."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, ValidationError

from referral.formats.problems import BadFile, Problem
from referral.formats.record_problems import Path, record_problems
from referral.formats.yaml_reading import Group, Series, read_documents
from referral.rules.answers import StudentRecord

SCHEMA = "placewell/students/1"
_UNNAMED = StudentRecord.model_fields["code"].default


class StudentFile(BaseModel):
    """Several students under one heading."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["placewell/students/1"]
    students: Annotated[list[StudentRecord], Field(min_length=1)]


class _Heading(StudentFile):
    """The heading alone: its students are checked one by one."""

    students: SkipValidation[list[Any]]


class Students(NamedTuple):
    """The students of a file, and whether the file holds a list or one alone."""

    records: list[StudentRecord]
    several: bool


def read_students(content: bytes, name: str) -> Students:
    """The students of a file; those of a list without a code are numbered.

    Raises
    ------
    BadFile : with every problem of the file, each with its line, student and answer.
    """
    documents, problems = read_documents(content, name)
    entries, several = _entries(documents, name, problems)
    if not entries and not problems:
        problems.append(Problem(name, 1, "", "", "holds no student"))
    lines = entries.entry_lines if isinstance(entries, Series) else [1] * len(entries)
    records = [
        student_record(entry, number, line, name, problems)
        for number, (entry, line) in enumerate(zip(entries, lines, strict=True), start=1)
    ]
    _refuse_shared_codes(entries, name, problems)
    if problems:
        raise BadFile(problems)
    read = [record for record in records if record is not None]
    return Students([numbered(r, n) for n, r in enumerate(read, start=1)] if several else read, several)


def _entries(documents: list[Any], name: str, problems: list[Problem]) -> tuple[list[Any], bool]:
    """What stands for each student, and whether the file is a list."""
    if len(documents) != 1:
        return documents, True
    only = documents[0]
    if isinstance(only, Series):
        return only, True
    if isinstance(only, Group) and ("students" in only.key_lines or "format" in only.key_lines):
        return _under_heading(only, name, problems), True
    return [only], False


def _under_heading(heading: Group, name: str, problems: list[Problem]) -> list[Any]:
    def where(path: Path) -> tuple[str, Path]:
        return "", path

    try:
        _Heading.model_validate(heading)
    except ValidationError as error:
        problems += record_problems(error, _Heading, heading, name, where=where)
    students = heading.get("students")
    if isinstance(students, Series):
        return students
    if "students" in heading:
        line = heading.key_lines["students"]
        problems.append(Problem(name, line, "", "students", "must be a list, each student after a hyphen"))
    return []


def student_record(
    entry: Any, number: int, line: int, name: str, problems: list[Problem]
) -> StudentRecord | None:
    """The record of one entry of a file; None where it has problems, each added to the list."""
    student = _name_of(entry, number)
    if not isinstance(entry, Group):
        message = "must be a group of answers, such as age_years: 9"
        problems.append(Problem(name, line, student, "", message))
        return None

    def where(path: Path) -> tuple[str, Path]:
        return student, path

    try:
        return StudentRecord.model_validate(entry)
    except ValidationError as error:
        problems += record_problems(error, StudentRecord, entry, name, where=where)
        return None


def _name_of(entry: Any, number: int) -> str:
    code = entry.get("code") if isinstance(entry, Group) else None
    return code if isinstance(code, str) else f"student {number}"


def _refuse_shared_codes(entries: list[Any], name: str, problems: list[Problem]) -> None:
    lines: dict[str, int] = {}
    for entry in entries:
        code = entry.get("code") if isinstance(entry, Group) else None
        if not isinstance(code, str):
            continue
        line = entry.key_lines["code"]
        if code in lines:
            message = f"{code} is used twice, first on line {lines[code]}"
            problems.append(Problem(name, line, code, "code", message))
        lines.setdefault(code, line)


def numbered(record: StudentRecord, number: int) -> StudentRecord:
    """The record with a code: its own, or one made of its number in the file."""
    return record.model_copy(update={"code": f"{_UNNAMED}-{number}"}) if record.code == _UNNAMED else record
