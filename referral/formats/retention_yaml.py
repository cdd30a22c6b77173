"""The schedule of retention, as it is packaged, and the words it brings along."""

from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field

from referral.rules.retention import Keeping, RuleName, Schedule


class RuleRecord(BaseModel):
    """One rule of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    days: int = Field(ge=1)
    counted_from: str
    purges: str
    source: str


class ScheduleRecord(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: str
    checked_on: date
    rules: dict[RuleName, RuleRecord]


@cache
def packaged() -> ScheduleRecord:
    """The schedule of the file, read once; a rule that is missing is a fault of the package."""
    text = files("referral").joinpath("data", "retention.yaml").read_text(encoding="utf-8")
    record = ScheduleRecord.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - plain strings only
    missing = set(RuleName) - set(record.rules)
    if missing:
        raise ValueError(f"retention.yaml has no rule {', '.join(sorted(one.value for one in missing))}")
    return record


def schedule() -> Schedule:
    """The schedule as the rules read it."""
    record = packaged()
    keeping = {name: Keeping(name, one.days) for name, one in record.rules.items()}
    return Schedule(record.version, keeping)
