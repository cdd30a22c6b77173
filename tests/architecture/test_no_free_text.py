"""A need profile has no field where a name, a birth date, an identifier, a school or free text could sit."""

from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel
from sqlalchemy import String

from referral.models.students import Draft, ProfileVersion, Student
from referral.rules.answers import Answers

TELLING = (
    "name",
    "birth",
    "dob",
    "school_name",
    "ssn",
    "sasid",
    "note",
    "comment",
    "text",
    "address",
    "phone",
)
CODES = {"home_zip": r"^[0-9]{5}$", "preferred_programs": r"^[a-z0-9]+(-{1,2}[a-z0-9]+)*$"}
CODED_COLUMNS = {"ref", "origin"}
TYPED_TEXT = "<b>Jordan was born on May 5</b>"


def plain_texts(kind: Any, path: str) -> list[str]:
    """Every place below a type where a string of any letters could sit."""
    if kind is str:
        return [path]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return []
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [
            found
            for name, field in kind.model_fields.items()
            for found in plain_texts(field.annotation, f"{path}.{name}" if path else name)
        ]
    if get_origin(kind) is None and not get_args(kind):
        return []
    return [found for part in get_args(kind) if part is not NoneType for found in plain_texts(part, path)]


def test_the_only_texts_of_a_profile_are_codes_with_a_pattern():
    assert set(plain_texts(Answers, "")) == set(CODES)


@pytest.mark.parametrize("name", sorted(Answers.model_fields))
def test_no_field_of_a_profile_takes_a_sentence(name):
    for typed in (TYPED_TEXT, [TYPED_TEXT], {TYPED_TEXT: TYPED_TEXT}, [{TYPED_TEXT: TYPED_TEXT}]):
        with pytest.raises(ValueError, match=name):
            Answers.model_validate({name: typed})


@pytest.mark.parametrize("name", sorted(Answers.model_fields))
def test_no_field_of_a_profile_is_called_after_an_identity(name):
    assert not [word for word in TELLING if word in name.split("_")]


@pytest.mark.parametrize("model", [Student, ProfileVersion, Draft])
def test_the_text_columns_of_students_hold_codes_only(model):
    texts = {column.name for column in model.__table__.columns if isinstance(column.type, String)}

    assert texts <= CODED_COLUMNS
