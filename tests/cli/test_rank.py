"""`placewell rank` and `placewell schema`: no database, no web framework, helpful refusals."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.formats.rankings_schema import RankingPart
from referral.formats.seed import read_seed

STUDENT = """\
code: S-TEST
district: Lexington
age_years: 9
grade: 3
placement_type: school_year
primary_category: autism
services:
- {service: speech_therapy, minutes_per_week: 60, delivery: direct}
permitted_settings: [separate_class, public_day]
"""
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def student(tmp_path):
    file = tmp_path / "student.yaml"
    file.write_text(STUDENT)
    return file


def run(*arguments):
    return CliRunner().invoke(main, ["rank", *map(str, arguments), *TODAY])


def document_of(*arguments):
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_packaged_programs_are_ranked_each_once(student):
    document = document_of("--student", student)

    assert RankingPart.model_validate(document)
    assert sorted(part["program"] for part in document["programs"]) == sorted(
        program.key for program in read_seed().programs
    )
    assert document["rests_on_examples"] is False


def test_the_table_says_words_before_numbers(student):
    lines = run("--student", student, "--with-examples").stdout.splitlines()

    assert lines[0] == "S-TEST, Age 9, Grade 3, Autism"
    assert lines[1].startswith("This ranking rests on example figures")
    assert "ruled out, each with its reason." in lines[2]


def test_each_of_the_first_options_says_how_sure_its_place_is(student):
    lines = run("--student", student).stdout.splitlines()
    document = document_of("--student", student)

    said = [line for line in lines if "of plausible priorities." in line and line.startswith("      ")]
    sentences = [part["confidence"]["sentence"] for part in document["programs"][:10]]
    assert [line.strip() for line in said] == [one for one in sentences if "plausible" in one]
    assert any(line.startswith("If you ask one thing: Ask ") for line in lines)
    assert document["best_question"]["settles"] > 0


def test_several_students_give_a_list(tmp_path):
    file = tmp_path / "students.yaml"
    file.write_text("\n".join(f"- {{code: S-{number}, age_years: {number}}}" for number in (8, 9)))

    assert [document["student"] for document in document_of("--student", file)] == ["S-8", "S-9"]


def test_a_measured_ride_replaces_the_estimate(student):
    program = document_of("--student", student)["programs"][0]["program"]
    student.write_text(STUDENT + f"ride_minutes: {{{program}: 17}}\n")

    ranked = {part["program"]: part["ride"] for part in document_of("--student", student)["programs"]}

    assert ranked[program]["minutes"] == {"low": 17, "high": 17}
    assert ranked[program]["entered"] is True


def test_a_policy_of_the_districts_own_is_named_in_the_result(student, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "based_on: '2026.1'\nversion: trial-1\nauthor: A director\ndate: 2026-12-01\nreason: A trial.\n"
        "changes:\n  cost_delta: {value: 0, reason: Cost shall not order.}\n"
    )

    assert document_of("--student", student, "--policy", policy)["policy"] == "trial-1"


def test_a_town_nobody_knows_is_told_and_rides_stay_unknown(student):
    student.write_text(STUDENT.replace("Lexington", "Nowhereville"))

    result = run("--student", student)

    assert result.exit_code == 0
    assert "Nowhereville, MA is not a town known here" in result.stderr


def test_a_file_with_mistakes_is_refused_with_all_of_them(student):
    student.write_text(STUDENT.replace("autism", "autsm") + "nane: x\n")

    result = run("--student", student)

    assert result.exit_code == 1
    assert "did you mean autism" in result.stderr
    assert "nane" in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run("--student", tmp_path / "none.yaml")

    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--student", "x.yaml", "--today", "soon"], ["--format", "xml"]])
def test_wrong_usage_of_rank_leaves_with_2(arguments):
    assert CliRunner().invoke(main, ["rank", *arguments]).exit_code == 2


def test_rank_imports_no_web_framework_and_no_database():
    code = (
        "import sys, referral.cli.rank\n"
        "print([name for name in sys.modules if name in ('flask', 'sqlalchemy', 'wtforms')])"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("kind", ["program", "student", "ranking"])
def test_the_schema_of_each_kind_is_printed(kind):
    result = CliRunner().invoke(main, ["schema", kind])

    assert json.loads(result.stdout)["$id"].startswith(f"urn:placewell:schema:{kind}:")
