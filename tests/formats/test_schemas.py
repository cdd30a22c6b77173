"""The JSON Schema of each file says what the file is and names every field."""

import pytest

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


def test_a_kind_without_a_schema_is_an_error():
    with pytest.raises(KeyError):
        json_schema("referral")
