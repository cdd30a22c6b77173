"""A policy file: what a district changes of a published policy, each number with its reason."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from matching import InvalidPolicy
from matching.policy import Policy
from referral.formats.policy_changes import (
    BASES,
    Authorship,
    ChangeRecord,
    Words,
    changed_value,
    revised,
)
from referral.formats.problems import BadFile, Problem
from referral.formats.record_problems import Path, line_of, record_problems
from referral.formats.yaml_reading import Group, read_documents
from referral.rules.values import Day

SCHEMA = "placewell/policy/1"


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
    problems = []
    for field, change in record.changes.items():
        try:
            changed_value(base, field, change.value)
        except ValueError as error:
            problems.append(at(f"changes.{field}", str(error), "changes", field))
    if problems:
        raise BadFile(problems)
    by = Authorship(record.version, record.author, record.date, record.reason)
    try:
        return revised(base, by, record.changes)
    except InvalidPolicy as error:
        path = ("changes", error.field) if error.field in record.changes else ("changes",)
        raise BadFile([at(f"changes.{error.field}", error.message, *path)]) from None
