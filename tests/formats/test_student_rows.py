"""A student to a row: JSON lines and CSV are read one at a time, and each problem has its line and field."""

import json
import tracemalloc

import pytest

from referral.formats.student_rows import MOST_BYTES_PER_ROW, MOST_PROBLEMS, has_rows, student_rows
from referral.formats.students_yaml import read_students

ONE = """\
code: S-1
age_years: 9
alternate_assessment: no
permitted_settings: [separate_class, public_day]
services:
- {service: counseling, minutes_per_week: 30}
behaviors: {aggression: {frequency: weekly}}
"""
ROW = {
    "code": "S-1",
    "age_years": 9,
    "alternate_assessment": False,
    "grade": None,
    "permitted_settings": ["separate_class", "public_day"],
    "services": [{"service": "counseling", "minutes_per_week": 30, "delivery": None}],
    "behaviors": {"aggression": {"frequency": "weekly"}},
}
CSV = (
    "code,age_years,grade,alternate_assessment,permitted_settings,services,behaviors\n"
    'S-1,9,,no,separate_class; public_day,"[{service: counseling, minutes_per_week: 30}]",'
    '"{aggression: {frequency: weekly}}"\n'
)


@pytest.fixture
def read(tmp_path):
    def reader(content: str | bytes, ending: str):
        path, problems = tmp_path / f"students{ending}", []
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        rows = list(student_rows(path, problems))
        return rows, [str(problem).removeprefix(f"{path}:") for problem in problems]

    return reader


@pytest.mark.parametrize(("content", "ending"), [(json.dumps(ROW), ".jsonl"), (CSV, ".csv"), (CSV, ".CSV")])
def test_a_row_says_what_a_yaml_file_says(read, content, ending):
    rows, problems = read(content, ending)

    assert problems == []
    assert [row.record for row in rows] == read_students(ONE.encode(), "one.yaml").records


def test_rows_without_a_code_are_numbered_and_blank_lines_left_out(read):
    rows, _ = read('\ufeff{"age_years": 8}\n\n{"age_years": 9}\n', ".jsonl")

    assert [(row.line, row.record.code) for row in rows] == [(1, "S-FILE-1"), (3, "S-FILE-2")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('{"code": "S-1", "age_years": "old"}', "2: S-1: age_years: must be a whole number"),
        ('{"code": "S-1", "nane": 1}', "2: S-1: nane: is not a field here"),
        ('{"code": "S-1", "code": "S-2"}', "2: code stands twice in one group"),
        ('{"age_years": NaN}', "2: NaN is not a number"),
        ('{"town": "Bos\\u0007ton"}', "2: holds a control character; delete it"),
        ('{"age_years": 9', "2: is not JSON: Expecting ',' delimiter at character "),
        ("[1]", "2: student 2: must be a group of answers, such as age_years: 9"),
        ("[" * 90_000, "2: is nested too deep"),
        ("1" * (MOST_BYTES_PER_ROW + 1), f"2: is longer than {MOST_BYTES_PER_ROW:,} bytes"),
        ('{"code": "S-0"}', "2: S-0: code: S-0 is used twice, first on line 1"),
    ],
)
def test_a_bad_line_of_json_is_told_with_line_and_field(read, row, told):
    _, problems = read(f'{{"code": "S-0"}}\n{row}\n', ".jsonl")

    assert len(problems) == 1
    assert problems[0].startswith(told)


def test_bytes_that_are_not_utf8_are_told(read):
    assert read(b'{"code": "S-\xff"}', ".jsonl")[1] == [
        "1: holds bytes that are not UTF-8; save the file as UTF-8"
    ]
    assert "not UTF-8" in read(b"code\nS-\xff\n", ".csv")[1][0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("code,age_yaers\nS-1,9\n", "1: student 1: age_yaers: is not a field here; did you mean age_years?"),
        ("code,code\nS-1,S-1\n", "1: code: stands twice in the first line"),
        ("code,age_years\nS-1\n", "2: has more or fewer cells than the first line"),
        ("code,age_years\nS-1,9,9\n", "2: has more or fewer cells than the first line"),
        ("code,age_years\nS-1,nine\n", "2: S-1: age_years: must be a whole number"),
        ("code,services\nS-1,[{service: counseling\n", "2: services: is not YAML"),
        ("code,services\nS-1,[&a x]\n", "2: services: the anchor &a is not read"),
        ('code,services\nS-1,"{service: x, service: y}"\n', "2: services: stands twice in one group"),
        ("code,services\nS-1,[{service: talk}]\n", "2: S-1: services[1].service: "),
        ("code,town\nS-1,Bos\x07ton\n", "2: town: holds a control character; delete it"),
        ('code,town\nS-1,"Boston\n', "2: unexpected end of data"),
    ],
)
def test_a_bad_row_of_csv_is_told_with_line_and_field(read, content, told):
    rows, problems = read(content, ".csv")

    assert rows == []
    assert problems[0].startswith(told)


def test_reading_stops_after_a_hundred_problems(read):
    assert len(read('{"nane": 1}\n' * 500, ".jsonl")[1]) == MOST_PROBLEMS


def test_rows_are_told_by_the_ending_of_the_name(tmp_path):
    assert [has_rows(tmp_path / name) for name in ("a.jsonl", "a.ndjson", "a.csv", "a.yaml", "a")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_an_empty_file_holds_no_student(read):
    assert read("", ".csv") == ([], [])
    assert read("", ".jsonl") == ([], [])


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path):
    peaks = []
    for count in (200, 4000):
        path = tmp_path / "many.jsonl"
        path.write_text("".join(json.dumps({**ROW, "code": f"S-{n}"}) + "\n" for n in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in student_rows(path, [])) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] - peaks[0] < 4000 * 250  # a code and its line, and no record
