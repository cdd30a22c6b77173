"""The JSON Schema of each file says what the file is and names every field."""

import pytest

from matching.vocabulary import Setting
from referral.formats.field_meanings import PROGRAM_MEANINGS, STUDENT_MEANINGS
from referral.formats.schemas import json_schema
from referral.rules.answers import StudentRecord
from referral.rules.program_records import ProgramRecord


@pytest.mark.parametrize("kind", ["program", "student", "ranking"])
def test_a_schema_says_its_dialect_address_title_and_version(kind):
    schema = json_schema(kind)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:placewell:schema:{kind}:1"
    assert schema["title"].startswith("Placewell")
    assert schema["version"] == "1"


def test_every_field_of_a_program_and_a_student_is_described():
    program = json_schema("program")["$defs"]["ProgramRecord"]
    student = json_schema("student")["$defs"]["StudentRecord"]

    assert set(program["properties"]) == set(ProgramRecord.model_fields)
    assert set(student["properties"]) == set(StudentRecord.model_fields)
    assert program["additionalProperties"] is False


@pytest.mark.parametrize("kind", ["program", "student"])
def test_every_field_says_what_it_means(kind):
    schema = json_schema(kind)

    silent = [
        f"{name}.{field}"
        for name, record in [("file", schema), *schema["$defs"].items()]
        for field, described in record.get("properties", {}).items()
        if not described.get("description")
    ]

    assert silent == []


def test_every_meaning_is_of_a_field_that_exists():
    defined = {**json_schema("program")["$defs"], **json_schema("student")["$defs"]}
    defined["ProgramFile"] = json_schema("program")

    assert {
        f"{name}.{field}"
        for name, meanings in {**PROGRAM_MEANINGS, **STUDENT_MEANINGS}.items()
        for field in meanings
        if field not in defined[name]["properties"]
    } == set()


def test_a_closed_list_gives_each_word_with_its_label():
    settings = json_schema("program")["$defs"]["Setting"]["oneOf"]

    assert {
        "const": "separate_class",
        "title": Setting.SEPARATE_CLASS.label,
        "description": Setting.SEPARATE_CLASS.definition,
    } in (settings)


def test_a_kind_without_a_schema_is_an_error():
    with pytest.raises(KeyError):
        json_schema("referral")
