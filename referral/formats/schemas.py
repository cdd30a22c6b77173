"""The JSON Schema of every file that Placewell reads or writes."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from matching import vocabulary
from matching.vocabulary import Term
from referral.formats.field_meanings import PROGRAM_MEANINGS, STUDENT_MEANINGS
from referral.formats.rankings_schema import RankingPart
from referral.formats.students_yaml import StudentFile
from referral.rules.answers import StudentRecord
from referral.rules.program_records import ProgramFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
_MEANINGS = {**PROGRAM_MEANINGS, **STUDENT_MEANINGS}
_FILES: Mapping[str, tuple[str, Any, JsonSchemaMode]] = {
    "program": ("Placewell programs and agencies", ProgramFile, "validation"),
    "student": (
        "Placewell students: one, a list, or several under a heading",
        StudentRecord | list[StudentRecord] | StudentFile,
        "validation",
    ),
    "ranking": (
        "Placewell ranking of programs for one student, or a list of rankings",
        RankingPart | list[RankingPart],
        "serialization",
    ),
}


def json_schema(kind: str) -> dict[str, Any]:
    """The schema of a ``program``, ``student`` or ``ranking`` file; KeyError for another kind.

    Every field carries its meaning and every word of a closed list its label.
    """
    title, file, mode = _FILES[kind]
    heading = {
        "$schema": DIALECT,
        "$id": f"urn:placewell:schema:{kind}:{VERSION}",
        "title": title,
        "version": str(VERSION),
    }
    schema = TypeAdapter(file).json_schema(mode=mode)
    for name, record in {schema.get("title", ""): schema, **schema.get("$defs", {})}.items():
        _describe(record, _MEANINGS.get(name, {}))
        _label(record, getattr(vocabulary, name, None))
    return schema | heading


def _describe(record: dict[str, Any], meanings: Mapping[str, str]) -> None:
    for field, meaning in meanings.items():
        if field in record.get("properties", {}):
            record["properties"][field]["description"] = meaning


def _label(record: dict[str, Any], terms: Any) -> None:
    if isinstance(terms, type) and issubclass(terms, Term):
        del record["enum"]
        record["oneOf"] = [
            {"const": str(term.value), "title": term.label}
            | ({"description": term.definition} if term.definition else {})
            for term in terms
        ]
