"""The JSON Schema of every file that Placewell reads or writes."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from referral.formats.rankings_schema import RankingPart
from referral.formats.students_yaml import StudentFile
from referral.rules.answers import StudentRecord
from referral.rules.program_records import ProgramFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
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
    """The schema of a ``program``, ``student`` or ``ranking`` file; KeyError for another kind."""
    title, file, mode = _FILES[kind]
    heading = {
        "$schema": DIALECT,
        "$id": f"urn:placewell:schema:{kind}:{VERSION}",
        "title": title,
        "version": str(VERSION),
    }
    return TypeAdapter(file).json_schema(mode=mode) | heading
