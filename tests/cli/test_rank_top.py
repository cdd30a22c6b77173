"""`placewell rank STUDENTS PROGRAMS --top N`: many students, written as they are found."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.formats.programs_yaml import write_programs
from referral.formats.seed import read_seed

TODAY = ("--today", "2026-11-22")
TOWNS = ("Lexington", "Boston", "Worcester", "Nowhereville")


def run(*arguments):
    return CliRunner().invoke(main, ["rank", *map(str, arguments), *TODAY])


@pytest.fixture
def students(tmp_path):
    file = tmp_path / "students.jsonl"
    rows = [
        {"code": f"S-{n}", "age_years": 5 + n, "grade": "3", "town": TOWNS[n % 4], "permitted_settings": None}
        for n in range(12)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def test_the_best_are_those_of_the_whole_ranking(students):
    shown = run(students, "--top", 4)
    whole = json.loads(run(students, "--format", "json").stdout)

    assert shown.exit_code == 0, shown.output
    for line, ranking in zip(map(json.loads, shown.stdout.splitlines()), whole, strict=True):
        ranked = [one for one in ranking["programs"] if one["rank"]][:4]
        assert line["student"] == ranking["student"]
        assert [(one["program"], one["block"]) for one in line["programs"]] == [
            (one["program"], one["block"]) for one in ranked
        ]
        assert line["with_examples"] is False


def test_csv_has_a_row_for_each_place(students):
    shown = run(students, "--top", 3, "--format", "csv", "--with-examples")
    lines = [json.loads(line) for line in run(students, "--top", 3, "--with-examples").stdout.splitlines()]

    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert [(row["student"], row["program"]) for row in rows] == [
        (line["student"], one["program"]) for line in lines for one in line["programs"]
    ]
    assert {row["with_examples"] for row in rows} == {"yes"}
    assert [row["rank"] for row in rows][:3] == ["1", "2", "3"]


def test_workers_change_no_byte(students):
    assert run(students, "--top", 2, "--workers", 2).stdout == run(students, "--top", 2).stdout


def test_the_end_is_told_beside_the_results(students):
    told = run(students, "--top", 1).stderr

    assert "Rides are not known for 3 students" in told
    assert "programs for 12 students. The Team decides." in told


def test_yaml_csv_and_named_programs_do_as_well(tmp_path):
    yaml, table, programs = tmp_path / "s.yaml", tmp_path / "s.csv", tmp_path / "programs.yaml"
    yaml.write_text("- {code: S-1, age_years: 9}\n- {code: S-2, age_years: 10}\n")
    table.write_text("code,age_years\nS-1,9\nS-2,10\n")
    programs.write_text(write_programs(read_seed()))

    by_yaml = run(yaml, programs, "--top", 2)

    assert by_yaml.exit_code == 0, by_yaml.output
    assert by_yaml.stdout == run(table, "--top", 2).stdout
    assert by_yaml.stdout == run("--student", table, "--programs", programs, "--top", 2).stdout


def test_a_file_with_a_mistake_is_refused_before_anything_is_said(students):
    students.write_text(students.read_text() + '{"code": "S-12", "age_years": "old"}\n{"code": "S-1"}\n')

    for arguments in (("--top", "2"), ()):
        shown = run(students, *arguments)
        assert (shown.exit_code, shown.stdout) == (1, "")
        assert f"{students}:13: S-12: age_years: must be a whole number" in shown.stderr
        assert "S-1 is used twice, first on line 2" in shown.stderr
        assert "Nothing was ranked: 2 to mend." in shown.stderr


@pytest.mark.parametrize("arguments", [("--top", "2"), ()])
def test_a_file_of_rows_that_is_empty_or_not_there_is_refused(tmp_path, arguments):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n")

    assert "holds no student" in run(empty, *arguments).stderr
    assert "cannot be read" in run(tmp_path / "none.csv", *arguments).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.yaml", "--student", "b.yaml"),
        ("a.yaml", "--top", "2", "--format", "table"),
        ("a.yaml", "--format", "csv"),
        ("a.yaml", "--top", "0"),
        ("a.yaml", "--top", "1", "--workers", "0"),
        (),
    ],
)
def test_wrong_usage_leaves_with_2(arguments):
    assert run(*arguments).exit_code == 2
