"""Changes of a policy's numbers as they are written in files and kept: each value with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from matching import InvalidPolicy
from matching.policy import Choice, Policy
from matching.policy_2026_1 import POLICY_2026_1

BASES: Mapping[str, Policy] = {POLICY_2026_1.version: POLICY_2026_1}
NUMBERS = get_type_hints(Policy)
IDENTITY = frozenset({"version", "author", "adopted_on", "reason", "choices"})

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class ChangeRecord(BaseModel):
    """One number and why it is what it is; part of a table (weights) changes that part."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Any
    reason: Words
    source: Words = ""


@dataclass(frozen=True)
class Authorship:
    """What a new version is called, who made it, from when it counts and why."""

    version: str
    author: str
    adopted_on: date
    reason: str


def changed_value(base: Policy, field: str, written: Any) -> Any:
    """The value of a number as the policy holds it, out of what was written.

    Raises
    ------
    ValueError : no such number, or not a value it can have; the message says which.
    """
    if field not in NUMBERS or field in IDENTITY:
        raise ValueError("is not a number of a policy")
    try:
        value = TypeAdapter(NUMBERS[field]).validate_python(written)
    except ValidationError as error:
        raise ValueError(error.errors(include_url=False)[0]["msg"].lower()) from None
    before = getattr(base, field)
    return {**before, **value} if isinstance(before, Mapping) else value


def revised(base: Policy, by: Authorship, changes: Mapping[str, ChangeRecord]) -> Policy:
    """The policy with the changes, each number under its own reason.

    Raises
    ------
    InvalidPolicy : a number that does not exist, or numbers that do not hold together.
    """
    values = {}
    for field, change in changes.items():
        try:
            values[field] = changed_value(base, field, change.value)
        except ValueError as error:
            raise InvalidPolicy(field, str(error)) from None
    policy = base.revised(version=by.version, choice=Choice(by.reason, by.author, by.adopted_on), **values)
    reasons = {
        field: Choice(change.reason, by.author, by.adopted_on, change.source)
        for field, change in changes.items()
    }
    return replace(policy, choices={**base.choices, **reasons})


def plain_changes(changes: Mapping[str, ChangeRecord]) -> dict[str, Any]:
    """The changes as JSON values; ``read_changes`` reads them."""
    return {field: change.model_dump(mode="json", exclude_defaults=True) for field, change in changes.items()}


def read_changes(kept: Mapping[str, Any]) -> dict[str, ChangeRecord]:
    """The changes that were kept."""
    return {field: ChangeRecord.model_validate(change) for field, change in kept.items()}
