"""`placewell policies` and `placewell rankings`."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from referral.actions.transactions import in_transaction
from referral.cli import main
from referral.formats.kept_rankings import unpack_policy
from referral.formats.programs_yaml import write_programs
from referral.models.base import db
from referral.models.rankings import Ranking
from tests.databases import SECRET
from tests.policies import a_version, an_approved_version
from tests.programs import AGENCY, TODAY, a_file
from tests.rankings import LAKE, PROGRAMS, a_ranking, staff_of

LANGUAGES = ("english", "spanish")
JUDGED = (
    "student,program,verdict,grade\nS-1,bridge,eligible,3\nS-1,harbor,eligible,2\nS-1,old-mill,ruled out,\n"
)


@pytest.fixture
def placewell(app, tmp_path, monkeypatch):
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path),
        "PLACEWELL_SECRET": SECRET,
        "PLACEWELL_URL": "https://placewell.example.org",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


def test_verify_says_of_every_kept_ranking_that_it_is_the_same(placewell, saved):
    ref = saved(a_ranking).ref

    shown = placewell("rankings", "verify")

    assert shown.exit_code == 0
    assert f"{ref}  {TODAY}  same" in shown.output
    assert "1 kept rankings: 1 same, 0 differs, 0 engine changed, 0 purged." in shown.output


def test_verify_ends_with_1_where_one_differs(placewell, saved, app):
    saved(a_ranking)
    with app.app_context():
        in_transaction(_spoil)

    shown = placewell("rankings", "verify", "--format", "json")

    assert shown.exit_code == 1
    document = json.loads(shown.output)
    assert document["summary"] == {"same": 0, "differs": 1, "engine_changed": 0, "purged": 0}
    assert document["rankings"][0]["outcome"] == "differs"


def _spoil():
    row = db.session.scalars(select(Ranking)).one()
    row.policy = row.policy.replace('"ride":307,"start":204', '"ride":204,"start":307')


def test_verify_looks_at_rankings_of_a_day_or_later_only(placewell, saved):
    saved(a_ranking)

    assert "0 kept rankings" in placewell("rankings", "verify", "--since", "2099-01-01").output


def test_the_list_names_every_version_with_its_state(placewell, saved):
    def make():
        _, director = staff_of()
        return an_approved_version(director), a_version(director, cost_delta=3)

    approved, proposed = saved(make)

    lines = placewell("policies", "list").output.splitlines()

    assert lines[0].startswith("2026.1\tpackaged")
    assert f"{approved.version}\t" in lines[1]
    assert "In force" in lines[1]
    assert f"{proposed.version}\t" in lines[2]
    assert "Proposed" in lines[2]


def test_a_policy_is_shown_in_words_or_as_json(placewell, saved):
    version = saved(lambda: an_approved_version(staff_of()[1])).version

    text = placewell("policies", "show").output
    document = placewell("policies", "show", version, "--format", "json").output

    assert "Least need fit that is called adequate: 600 of 1000" in text
    assert "Source: 34 CFR 300.116." in text
    assert unpack_policy(document).cost_delta == 10


def test_a_version_that_is_none_is_refused_in_a_sentence(placewell):
    shown = placewell("policies", "show", "nowhere-9")

    assert shown.exit_code == 1
    assert "Traceback" not in shown.output


@pytest.fixture
def files(tmp_path):
    """Twelve students, their judgements, the programs, and a column beside them."""
    students = "\n---\n".join(
        f"code: S-{number}\nage_years: {8 + number % 3}\nhome_language: {LANGUAGES[number % 2]}\n"
        "services: []\ntown: Lexington"
        for number in range(1, 13)
    )
    columns = "student,income\n" + "".join(f"S-{n},{'low' if n < 3 else 'high'}\n" for n in range(1, 13))
    (tmp_path / "students.yaml").write_text(students)
    (tmp_path / "judged.csv").write_text(JUDGED)
    (tmp_path / "columns.csv").write_text(columns)
    (tmp_path / "programs.yaml").write_text(write_programs(a_file(*PROGRAMS, agencies=(AGENCY, LAKE))))
    return tmp_path


def evaluate(files, *more):
    options = ("--students", files / "students.yaml", "--programs", files / "programs.yaml", "--today", TODAY)
    arguments = ("policies", "evaluate", files / "judged.csv", *options, *more)
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_an_evaluation_gives_agreement_gaps_and_invariance(files):
    shown = evaluate(files, "--columns", files / "columns.csv", "--format", "json")

    assert shown.exit_code == 0, shown.output
    document = json.loads(shown.stdout)
    assert (document["agreement"]["judgements"], document["agreement"]["students"]) == (3, 1)
    assert {"judged": "not_eligible", "found": "not_eligible", "count": 1} in document["agreement"][
        "verdicts"
    ]
    assert {row["column"] for row in document["fairness"]} >= {"home_language", "income"}
    assert document["invariance"]["columns"] == ["home_language", "income"]
    assert document["invariance"]["same_everywhere"] == ["english_learner"]
    assert document["invariance"]["changed"] == []


def test_small_groups_are_suppressed(files):
    document = json.loads(evaluate(files, "--columns", files / "columns.csv", "--format", "json").stdout)

    income = [row for row in document["fairness"] if row["column"] == "income"]
    assert [(row["suppressed"], row["students"], row["means"]) for row in income] == [(True, None, {})] * 2


def test_an_evaluation_reads_well(files):
    text = evaluate(files).output

    for words in (
        "Policy 2026.1: 3 judgements of 1 students.",
        "judged ruled out, found ruled out: 1",
        "Home language:",
        "english: too few students to show",
        "home_language, exchanged among 12 students: changes no byte of any ranking.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("old-mill", "no-program", "have no program no-program"),
        ("S-1,bridge", "S-99,bridge", "a judged student has no ranking"),
        ("eligible,3", "perhaps,3", "judged.csv:2: S-1: verdict: must be one of"),
    ],
)
def test_a_judgement_that_fits_nothing_is_named(files, before, after, said):
    (files / "judged.csv").write_text(JUDGED.replace(before, after))

    shown = evaluate(files)

    assert shown.exit_code == 1
    assert said in shown.output
    assert "Nothing was evaluated" in shown.output
