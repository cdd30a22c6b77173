"""``placewell/programs/1``: YAML of agencies and programs, read with every problem named, and written."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from matching.vocabulary import Delivery
from referral.formats.problems import BadFile, Problem
from referral.formats.record_problems import Path, field_name, line_of, record_problems
from referral.formats.yaml_reading import Group, Series, read_documents
from referral.formats.yaml_writing import grades_text, plain, write_yaml
from referral.rules.program_records import SCHEMA, ProgramFile, ProgramRecord

_SINGULAR = {"programs": "program", "agencies": "agency"}
_HEADING = (
    "# Programs and the agencies that run them. A field left out is not known; an empty list means none.\n"
    "# `placewell schema program` describes every field. Each program names the source of its facts.\n"
    "# What stands under `examples` is invented for demonstrations: nobody publishes these figures.\n"
)


def read_programs(content: bytes, name: str) -> ProgramFile:
    """The agencies and programs of a file.

    Raises
    ------
    BadFile : with every problem of the file, each with its line, program and field.
    """
    documents, problems = read_documents(content, name)
    if len(documents) != 1 or not isinstance(documents[0], Group):
        message = "must be one YAML document, a group that begins with format, agencies and programs"
        raise BadFile([*problems, Problem(name, 1, "", "", message)])
    return _checked(documents[0], name, problems)


def _checked(document: Group, name: str, problems: list[Problem]) -> ProgramFile:
    def where(path: Path) -> tuple[str, Path]:
        return _record_of(document, path)

    found = [*problems, *_references(document, name)]
    file: ProgramFile | None = None
    try:
        file = ProgramFile.model_validate(document)
    except ValidationError as error:
        found += record_problems(error, ProgramFile, document, name, where=where)
    if file is None or found:
        raise BadFile(_without_echoes(found))
    return file


def _record_of(document: Group, path: Path) -> tuple[str, Path]:
    """The key of the program or agency that a path leads into, and the rest of the path."""
    if len(path) < 2 or path[0] not in _SINGULAR:
        return "", path
    records = document.get(str(path[0]))
    record = records[path[1]] if isinstance(records, Series) and isinstance(path[1], int) else None
    key = record.get("key") if isinstance(record, Group) else None
    number = path[1] + 1 if isinstance(path[1], int) else path[1]
    return key if isinstance(key, str) else f"{_SINGULAR[str(path[0])]} {number}", path[2:]


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Without a record's general refusal where the same is said of its exact line."""
    exact = {(p.where, p.message) for p in problems if p.field}
    return [p for p in problems if p.field or (p.where, p.message) not in exact]


def _references(document: Group, name: str) -> Iterator[Problem]:
    """Problems between records: keys used twice, agencies and sites that are not there."""
    agencies = _groups(document, "agencies")
    yield from _twice(document, ("agencies",), name)
    yield from _twice(document, ("programs",), name)
    known = {agency.get("key") for _, agency in agencies}
    for number, program in _groups(document, "programs"):
        path: Path = ("programs", number)
        agency = program.get("agency")
        if isinstance(agency, str) and agency not in known:
            message = f"{agency} is not among the agencies of this file"
            yield _problem(document, (*path, "agency"), name, message)
        yield from _within(document, program, path, name)


def _within(document: Group, program: Group, path: Path, name: str) -> Iterator[Problem]:
    """Problems inside one program that need more than one of its fields."""
    yield from _twice(document, (*path, "sites"), name)
    unknown = [
        field
        for field in _texts(program.get("inferred"))
        if field.split(".")[0] not in ProgramRecord.model_fields
    ]
    if unknown:
        message = f"inferred names no field of a program: {', '.join(sorted(set(unknown)))}"
        yield _problem(document, (*path, "inferred"), name, message)
    yield from _rooms_twice(document, program, path, name)


def _rooms_twice(document: Group, program: Group, path: Path, name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    places: list[tuple[Group, Path]] = [(program, path)]
    if isinstance(examples := program.get("examples"), Group):
        places.append((examples, (*path, "examples")))
    for group, at in places:
        for number, room in _groups(group, "rooms"):
            key = str(room.get("key"))
            if key in seen:
                yield _problem(document, (*at, "rooms", number, "key"), name, "two rooms have the same key")
            seen.add(key)


def _twice(document: Group, path: Path, name: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for number, record in _groups(_at(document, path[:-1]), str(path[-1])):
        key = record.get("key")
        if not isinstance(key, str):
            continue
        at = (*path, number, "key")
        if key in lines:
            yield _problem(document, at, name, f"{key} is used twice, first on line {lines[key]}")
        lines.setdefault(key, line_of(document, at))


def _at(document: Any, path: Path) -> Any:
    for part in path:
        document = document[part]
    return document


def _groups(parent: Any, field: str) -> list[tuple[int, Group]]:
    entries = parent.get(field) if isinstance(parent, Group) else None
    if not isinstance(entries, Series):
        return []
    return [(number, entry) for number, entry in enumerate(entries) if isinstance(entry, Group)]


def _texts(entries: Any) -> list[str]:
    return [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, Series) else []


def _problem(document: Group, path: Path, name: str, message: str) -> Problem:
    record, inside = _record_of(document, path)
    return Problem(name, line_of(document, path), record, field_name(inside), message)


def write_programs(file: ProgramFile) -> str:
    """The file as YAML in a stable order; reading it gives an equal file."""
    values = plain(file)
    values = {"format": SCHEMA, **{part: values[part] for part in ("agencies", "programs") if part in values}}
    for agency in values.get("agencies", ()):
        agency |= {"members": list(map(_member_text, agency["members"]))} if "members" in agency else {}
    for program in values.get("programs", ()):
        _shorten(program)
    return _HEADING + write_yaml(values)


def _member_text(member: dict[str, str]) -> dict[str, str] | str:
    return member if len(member) > 1 else member["district"]


def _shorten(program: dict[str, Any]) -> None:
    """Write grades as a range and a service without a limit of minutes as one word."""
    for record in _records_with_grades(program):
        if "grades" in record:
            record["grades"] = grades_text(record["grades"]) or []
    for service, offer in program.get("services", {}).items():
        delivery = offer.get("delivery", Delivery.DIRECT.value)
        minutes = "minutes_per_week_max" in offer
        program["services"][service] = {"delivery": delivery, **offer} if minutes else delivery


def _records_with_grades(program: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield program
    yield from program.get("rooms", ())
    yield from program.get("examples", {}).get("rooms", ())
