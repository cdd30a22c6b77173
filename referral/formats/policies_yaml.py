"""A policy file: what a district changes of a published policy, each number with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from matching import InvalidPolicy
from matching.policy import Choice, Policy
from matching.policy_2026_1 import POLICY_2026_1
from referral.formats.problems import BadFile, Problem
from referral.formats.record_problems import Path, line_of, record_problems
from referral.formats.yaml_reading import Group, read_documents
from referral.rules.values import Day

SCHEMA = "placewell/policy/1"
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


class PolicyRecord(BaseModel):
    """A new version of a policy: based on which, by whom, when and why, and what it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["placewell/policy/1"] = "placewell/policy/1"
    based_on: Words
    version: Words
    author: Words
    date: Day
    reason: Words
    changes: Mapping[str, ChangeRecord] = {}


def read_policy(content: bytes, name: str) -> Policy:
    """The policy of a file.

    Raises
    ------
    BadFile : with everything that is wrong with it, each with its line and field.
    """
    documents, problems = read_documents(content, name)
    if len(documents) != 1 or not isinstance(documents[0], Group):
        message = "must be one group with based_on, version, author, date, reason and changes"
        raise BadFile([*problems, Problem(name, 1, "", "", message)])
    document = documents[0]
    try:
        record = PolicyRecord.model_validate(document)
    except ValidationError as error:
        refusals = record_problems(error, PolicyRecord, document, name, where=_whole)
        raise BadFile([*problems, *refusals]) from None
    if problems:
        raise BadFile(problems)
    return _policy(record, document, name)


def _whole(path: Path) -> tuple[str, Path]:
    return "", path


def _policy(record: PolicyRecord, document: Group, name: str) -> Policy:
    def at(field: str, message: str, *path: str) -> Problem:
        return Problem(name, line_of(document, path or (field,)), "", field, message)

    base = BASES.get(record.based_on)
    if base is None:
        known = ", ".join(BASES)
        raise BadFile([at("based_on", f"is not a policy known here; known is {known}")])
    values, problems = {}, []
    for field, change in record.changes.items():
        try:
            values[field] = _value(base, field, change.value)
        except ValueError as error:
            problems.append(at(f"changes.{field}", str(error), "changes", field))
    if problems:
        raise BadFile(problems)
    try:
        return _revised(base, record, values)
    except InvalidPolicy as error:
        path = ("changes", error.field) if error.field in record.changes else ("changes",)
        raise BadFile([at(f"changes.{error.field}", error.message, *path)]) from None


def _value(base: Policy, field: str, written: Any) -> Any:
    if field not in NUMBERS or field in IDENTITY:
        raise ValueError("is not a number of a policy")
    kind = TypeAdapter(NUMBERS[field])
    try:
        value = kind.validate_python(written)
    except ValidationError as error:
        raise ValueError(error.errors(include_url=False)[0]["msg"].lower()) from None
    before = getattr(base, field)
    return {**before, **value} if isinstance(before, Mapping) else value


def _revised(base: Policy, record: PolicyRecord, values: Mapping[str, Any]) -> Policy:
    choices = {
        field: Choice(change.reason, record.author, record.date, change.source)
        for field, change in record.changes.items()
    }
    return replace(
        base,
        version=record.version,
        author=record.author,
        adopted_on=record.date,
        reason=record.reason,
        choices={**base.choices, **choices},
        **values,
    )
