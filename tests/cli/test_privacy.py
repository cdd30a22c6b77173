"""`placewell privacy`: what an enquiry would tell of a student in a file, and the table of what leaves."""

import json

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.rules.release_policy import POLICY

STUDENTS = """\
- {code: S-ONE, age_years: 9, primary_category: autism}
- {code: S-TWO, age_years: 19, primary_category: multiple, intervener: yes}
"""
REGION = ("--region", "Merrimack Valley", "--region-children", "11500")


@pytest.fixture
def students(tmp_path):
    file = tmp_path / "students.yaml"
    file.write_text(STUDENTS)
    return file


def run(*arguments):
    return CliRunner().invoke(main, ["privacy", *map(str, arguments)])


def test_each_student_is_measured_in_words(students):
    result = run("meter", students, *REGION)

    assert result.exit_code == 0
    assert (
        "S-ONE: Enough children share this.\n  About 280 children in Merrimack Valley share" in result.stdout
    )
    assert "It tells Massachusetts and a wide age band." in result.stdout
    assert "Merrimack Valley has 11,500 children with IEPs" in result.stdout


def test_as_json_it_says_step_count_and_bound(students):
    one, two = json.loads(run("meter", students, *REGION, "--json").stdout)

    assert (one["area"], one["ages"], one["expected"], one["at_least"]) == ("region", "band", 281.4, 254)
    assert (two["area"], two["ages"], two["counted_as"]) == ("state", "wide_band", ["deaf_blindness"])


def test_it_ends_with_1_where_nothing_passes_or_the_file_cannot_be_read(students, tmp_path):
    refused = run("meter", students, "--k", "200")
    assert refused.exit_code == 1
    assert "Or treat the student as identified" in refused.stdout

    broken = tmp_path / "broken.yaml"
    broken.write_text("age_years: nine\n")
    assert run("meter", broken).exit_code == 1
    assert run("meter", students, "--k", "4").exit_code == 2


def test_the_policy_is_printed_line_by_line():
    lines = json.loads(run("policy", "--json").stdout)

    assert {line["field"] for line in lines} == set(POLICY)
    grade = next(line for line in lines if line["field"] == "answers.grade")
    assert grade == {
        "field": "answers.grade",
        "class": "recognizable",
        "enquiry": "hide",
        "packet": "show",
        "placement": "show",
    }
    assert "answers.grade" in run("policy").stdout


def test_the_help_of_each_shows_an_example():
    for command in ("meter", "policy"):
        assert f"Example: placewell privacy {command}" in run(command, "--help").stdout
