"""The worked cases: students, and what named programs should answer."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from matching import POLICY_2026_1, NeedProfile, Ranking, rank_programs
from referral.rules.answers import StudentRecord
from referral.rules.students import record_profile
from tests.reference.seed import TODAY, seed_profiles

_FILE = Path(__file__).with_name("worked_cases.yaml")


class Expected(NamedTuple):
    """What one program should answer: a verdict and the gates that decide it."""

    program: str
    verdict: str
    gates: tuple[str, ...]
    because: str


class Case(NamedTuple):
    """One student and the programs named for that student."""

    name: str
    group: str
    student: NeedProfile
    expected: tuple[Expected, ...]


@cache
def worked_cases() -> tuple[Case, ...]:
    """The ten cases of the file."""
    read = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  (text only)
    return tuple(_case(number, case) for number, case in enumerate(read["cases"], start=1))


@cache
def ranking_of(case_name: str, *, with_examples: bool = False) -> Ranking:
    """The ranking of a case's student over the seed."""
    case = next(case for case in worked_cases() if case.name == case_name)
    programs = seed_profiles(with_examples=with_examples)
    return rank_programs(case.student, programs, POLICY_2026_1, seed="worked-cases", today=TODAY)


def _case(number: int, case: dict) -> Case:
    record = StudentRecord.model_validate({"code": f"S-CASE-{number}", **case["student"]})
    expected = (
        Expected(e["program"], e["verdict"], tuple(e.get("gates", ())), e["because"])
        for e in case["expected"]
    )
    return Case(case["name"], case["group"], record_profile(record, origin=None), tuple(expected))
