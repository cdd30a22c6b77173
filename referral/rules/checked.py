"""Values to a record, or every field at fault."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from referral.errors import FieldProblem, InvalidInput

Kind = TypeVar("Kind", bound=BaseModel)


def checked(kind: type[Kind], values: Mapping[str, Any]) -> Kind:
    """The record of these values.

    Raises
    ------
    InvalidInput : a value that cannot be, by field.
    """
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        raise InvalidInput(_problems(error)) from error


def _problems(error: ValidationError) -> list[FieldProblem]:
    return [
        FieldProblem(
            str(one["loc"][0]) if one["loc"] else "",
            "program_facts_invalid",
            {"message": one["msg"].removeprefix("Value error, ").capitalize()},
        )
        for one in error.errors()
    ]
