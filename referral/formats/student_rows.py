"""Coded need profiles as rows, read one at a time: JSON lines, or CSV with a column for each answer.

A cell of CSV is written as in a YAML file: a list is words parted by semicolons, or like a group of answers
stands in brackets, such as ``[{service: counseling, minutes_per_week: 30}]``. An empty cell is not known.
"""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, get_args, get_origin

from referral.formats.problems import BadFile, Problem
from referral.formats.students_yaml import numbered, student_record
from referral.formats.yaml_reading import Group, read_documents
from referral.rules.answers import StudentRecord
from referral.rules.values import CONTROLS

MOST_BYTES_PER_ROW = 100_000
MOST_PROBLEMS = 100
Entries = Iterator[tuple[int, Any]]


class StudentRow(NamedTuple):
    """A student and the line of the file on which it begins."""

    line: int
    record: StudentRecord


class _Told(NamedTuple):
    """Why a row cannot be read, and in which field."""

    message: str
    field: str = ""


def has_rows(path: Path) -> bool:
    """Whether a file holds a student to a row, by the ending of its name."""
    return path.suffix.lower() in _READERS


def student_rows(path: Path, problems: list[Problem]) -> Iterator[StudentRow]:
    """The students of a file, one after the other; what is wrong with a row is added to the problems.

    Reading stops after a hundred problems. Only the codes that were read are remembered.
    """
    name, lines = str(path), dict[str, int]()
    with path.open("rb") as file:
        entries = _READERS[path.suffix.lower()](file, name, problems)
        for number, (line, entry) in enumerate(entries, start=1):
            if isinstance(entry, _Told):
                problems.append(Problem(name, line, "", entry.field, entry.message))
            elif (record := student_record(entry, number, line, name, problems)) is not None:
                record = numbered(record, number)
                _refuse_second(record.code, line, name, lines, problems)
                yield StudentRow(line, record)
            if len(problems) >= MOST_PROBLEMS:
                return


def _refuse_second(code: str, line: int, name: str, lines: dict[str, int], problems: list[Problem]) -> None:
    first = lines.setdefault(code, line)
    if first != line:
        problems.append(Problem(name, line, code, "code", f"{code} is used twice, first on line {first}"))


def _text_lines(file: BinaryIO) -> Iterator[str]:
    """The lines of a file as text.

    Raises
    ------
    ValueError : a line that is too long or not UTF-8.
    """
    while row := file.readline(MOST_BYTES_PER_ROW + 1):
        if len(row) > MOST_BYTES_PER_ROW:
            raise ValueError(f"is longer than {MOST_BYTES_PER_ROW:,} bytes")
        try:
            yield row.decode().removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise ValueError("holds bytes that are not UTF-8; save the file as UTF-8") from None


def _json_entries(file: BinaryIO, name: str, problems: list[Problem]) -> Entries:
    line = 0
    try:
        for line, text in enumerate(_text_lines(file), start=1):
            if text.strip():
                yield line, _json_entry(text, line)
    except ValueError as error:
        problems.append(Problem(name, line + 1, "", "", str(error)))


def _json_entry(text: str, line: int) -> Any:
    """What a line holds; a `_Told` where it is not JSON."""
    try:
        entry = json.loads(text, object_pairs_hook=_known_pairs, parse_constant=_refuse_constant)
    except RecursionError:
        return _Told("is nested too deep")
    except json.JSONDecodeError as error:
        return _Told(f"is not JSON: {error.msg} at character {error.colno}")
    except ValueError as error:
        return _Told(str(error))
    return _group(entry, line) if isinstance(entry, dict) else entry


def _known_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A group without what is null, which is not known; no key twice and no control character."""
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ValueError(f"{twice} stands twice in one group")
    if any(CONTROLS.search(text) for pair in pairs for text in pair if isinstance(text, str)):
        raise ValueError("holds a control character; delete it")
    return {key: value for key, value in pairs if value is not None}


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _csv_entries(file: BinaryIO, name: str, problems: list[Problem]) -> Entries:
    reader = csv.DictReader(_text_lines(file), strict=True)
    try:
        if not _has_known_header(reader.fieldnames or [], name, problems):
            return
        line = reader.line_num + 1
        for cells in reader:
            yield line, _csv_entry(cells, name, line)
            line = reader.line_num + 1
    except (ValueError, csv.Error) as error:
        problems.append(Problem(name, reader.line_num + 1, "", "", str(error)))


def _has_known_header(columns: Any, name: str, problems: list[Problem]) -> bool:
    """Whether each column is an answer, and stands once."""
    before = len(problems)
    student_record(_group({key: "" for key in columns if key not in _FIELDS}, 1), 1, 1, name, problems)
    twice = {key for key in columns if list(columns).count(key) > 1}
    problems += [Problem(name, 1, "", key, "stands twice in the first line") for key in sorted(twice)]
    return len(problems) == before


def _csv_entry(cells: dict[str, str], name: str, line: int) -> Any:
    """The answers of a row; a `_Told` where a cell cannot be read."""
    if None in cells or None in cells.values():
        return _Told("has more or fewer cells than the first line")
    values: dict[str, Any] = {}
    for key, cell in cells.items():
        if text := cell.strip():
            try:
                values[key] = _cell(key, text, name)
            except BadFile as refused:
                return _Told(refused.problems[0].message, key)
    return _group(values, line)


def _cell(key: str, text: str, name: str) -> Any:
    if text[0] in "[{":
        documents, problems = read_documents(text.encode(), name)
        if problems:
            raise BadFile(problems)
        return _plain(documents[0])
    if CONTROLS.search(text):
        raise BadFile([Problem(name, 1, "", key, "holds a control character; delete it")])
    return [part.strip() for part in text.split(";")] if key in _LISTS else text


def _plain(value: Any) -> Any:
    """The value without the lines that it has inside its cell."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _group(values: dict[str, Any], line: int) -> Group:
    group = Group(line)
    group.update(values)
    group.key_lines = dict.fromkeys(values, line)
    return group


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


_FIELDS = StudentRecord.model_fields
_LISTS = frozenset(key for key, field in _FIELDS.items() if _is_list(field.annotation))
_READERS: dict[str, Callable[[BinaryIO, str, list[Problem]], Entries]] = {
    ".jsonl": _json_entries,
    ".ndjson": _json_entries,
    ".csv": _csv_entries,
}
