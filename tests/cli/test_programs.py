"""`placewell programs`, on the real seed too."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.formats.programs_yaml import read_programs, write_programs
from referral.queries.programs import records
from referral.rules.permissions import COMMAND
from referral.rules.program_records import ProgramFile
from tests.databases import SECRET
from tests.programs import PROGRAM, a_file

SEED = Path("seed_programs.yaml")


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
    return lambda *arguments: CliRunner().invoke(main, ["programs", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "programs.yaml"
    path.write_text(write_programs(a_file()))
    return path


def keys(app) -> list[str]:
    with app.app_context():
        return [record.key for record in records(COMMAND)[1]]


def test_an_import_says_what_it_did(placewell, file, app):
    shown = placewell("import", file)

    assert shown.exit_code == 0
    assert "programs: 1 added" in shown.output
    assert "rooms: 1 added" in shown.output
    assert keys(app) == ["bridge"]


def test_a_second_import_changes_nothing(placewell, file):
    placewell("import", file, "--with-examples")

    shown = placewell("import", file, "--with-examples")

    assert "added" not in shown.output
    assert "rooms: 2 unchanged" in shown.output


def test_a_dry_run_says_what_would_change_and_saves_nothing(placewell, file, app):
    shown = placewell("import", file, "--dry-run")

    assert shown.output.startswith("Nothing was saved; this would be done:")
    assert "programs: 1 added" in shown.output
    assert keys(app) == []


def test_a_bad_file_names_every_problem_and_loads_nothing(placewell, file, app):
    text = (
        file.read_text()
        .replace("name: Bridge Program", "nmae: Bridge Program")
        .replace("ages: 6-14", "ages: old")
    )
    file.write_text(text)

    shown = placewell("import", file)

    assert shown.exit_code == 1
    assert "nmae" in shown.output
    assert "ages" in shown.output
    assert "bridge" in shown.output
    assert keys(app) == []


@pytest.mark.parametrize("arguments", [("import", "nothing.yaml"), ("export", "/nothing/at/all.yaml")])
def test_a_file_that_cannot_be_opened_is_refused_in_words(placewell, arguments):
    shown = placewell(*arguments)

    assert shown.exit_code == 1
    assert "cannot be" in shown.output


def test_wrong_usage(placewell):
    assert placewell("import").exit_code == 2


def test_an_export_goes_to_the_terminal_or_to_a_file(placewell, file, tmp_path):
    placewell("import", file)

    shown = placewell("export")
    placewell("export", tmp_path / "out.yaml")

    assert shown.output == (tmp_path / "out.yaml").read_text()
    assert read_programs(shown.output.encode(), "out").programs[0].key == PROGRAM["key"]


def test_the_real_seed_comes_back_as_it_was(placewell, app, tmp_path):
    placewell("import", SEED)

    placewell("export", tmp_path / "out.yaml")

    seed = read_programs(SEED.read_bytes(), "seed")
    again = read_programs((tmp_path / "out.yaml").read_bytes(), "out")
    assert by_key(again) == by_key(seed)
    assert {a.key: a for a in again.agencies}.keys() == {a.key: a for a in seed.agencies}.keys()


def test_import_export_import_of_the_real_seed_changes_nothing(placewell, tmp_path):
    placewell("import", SEED, "--with-examples")
    placewell("export", tmp_path / "out.yaml")

    shown = placewell("import", tmp_path / "out.yaml", "--with-examples")

    assert shown.exit_code == 0, shown.output
    assert not {"added", "changed", "retired", "kept"} & set(shown.output.replace(",", " ").split())


def by_key(file: ProgramFile) -> dict[str, object]:
    """Programs without their examples."""
    return {record.key: record.model_copy(update={"examples": None}) for record in file.programs}
