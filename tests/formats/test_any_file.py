"""Whatever bytes a file holds, it is read or refused; and whatever is read can be ranked."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import POLICY_2026_1, NeedProfile, rank_programs
from referral.formats.problems import BadFile, Problem
from referral.formats.programs_yaml import read_programs
from referral.formats.seed import seed_path
from referral.formats.students_yaml import read_students
from referral.rules.programs import program_profile
from tests.formats.records import PROGRAM_FILES, YAML_TRAPS

ANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEED = seed_path().read_text(encoding="utf-8")
START = SEED.index("programs:")
EXCERPT = (
    "format: placewell/programs/1\nagencies: [{key: labbb, name: LABBB, state: MA}]\n"
    + SEED[START : SEED.index("- key: caps--caps-horizons")]
).splitlines(keepends=True)
STUDENT = ["age_years: 9\n", "vision: low\n", "services:\n", "- {service: nursing}\n", "home_zip: '02130'\n"]
EDITS = st.sampled_from(
    [*YAML_TRAPS, "\t", "\x00", "{", "]", "'", '"', "|", ">", ": ", "- ", "9" * 5000, "é", "%"]
)


def _edited(lines: list[str]) -> st.SearchStrategy[bytes]:
    """The lines with some of them replaced, split or doubled."""
    changes = st.lists(st.tuples(st.integers(0, len(lines) - 1), st.integers(0, 20), EDITS), max_size=3)
    return changes.map(lambda made: _with_edits(lines, made))


def _with_edits(lines: list[str], changes: list[tuple[int, int, str]]) -> bytes:
    edited = list(lines)
    for number, at, text in changes:
        edited[number] = edited[number][:at] + text + edited[number][at + len(text) % 7 :]
    return "".join(edited).encode()


def _problems_of(read: Callable[[bytes, str], object], content: bytes) -> list[Problem]:
    try:
        read(content, "file.yaml")
    except BadFile as refused:
        return refused.problems
    return []


@pytest.mark.parametrize(("read", "lines"), [(read_programs, EXCERPT), (read_students, STUDENT)])
def test_any_bytes_are_read_or_refused_in_sentences(read, lines):
    @ANY
    @given(st.binary(max_size=300) | _edited(lines))
    def check(content):
        assert all(0 < len(problem.message) < 400 for problem in _problems_of(read, content))

    check()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROGRAM_FILES, st.booleans())
def test_whatever_is_read_can_be_ranked(file, with_examples):
    agencies = {agency.key: agency for agency in file.agencies}
    today = date(2026, 11, 22)
    profiles = [
        program_profile(record, agencies[record.agency], today=today, with_examples=with_examples)
        for record in file.programs
    ]

    ranking = rank_programs(NeedProfile(code="S-1"), profiles, POLICY_2026_1, seed="a", today=today)

    assert {option.program_key for option in ranking.options} == {record.key for record in file.programs}


@pytest.mark.parametrize("value", ["9" * 400, "9" * 100_000, "1" + " " * 100_000 + "x!", "x" * 100_000])
@pytest.mark.parametrize("field", ["age_years", "start_on", "students_per_adult", "vision", "home_zip"])
def test_a_value_without_end_is_refused_soon_and_shortly(field, value):
    began = time.monotonic()
    problems = _problems_of(read_students, f"{field}: {value}".encode())

    assert time.monotonic() - began < 1
    assert [problem.field for problem in problems] == [field]
    assert "digits)" not in problems[0].message
