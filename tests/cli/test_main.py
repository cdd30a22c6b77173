"""The command itself: help, exit codes, and what it does not import."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from referral.cli import COMMANDS, main
from referral.config import VERSION


def every_command(group=main, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


def test_the_help_lists_every_command():
    shown = CliRunner().invoke(main, ["--help"])

    assert shown.exit_code == 0
    assert all(name in shown.output for name in COMMANDS)


def test_the_help_of_every_command_has_an_example():
    without = [path for path, command in every_command() if "Example: " not in (command.help or "")]

    assert without == []


@pytest.mark.parametrize("arguments", [["nonsense"], ["init"], ["users", "list", "--nonsense"]])
def test_wrong_usage_leaves_with_2(arguments):
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_the_version_is_told():
    assert VERSION in CliRunner().invoke(main, ["--version"]).output


def imported_by(module, names):
    program = f"import sys, {module}; print(*sorted(set(sys.modules) & {names!r}))"
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()


def test_the_help_imports_neither_flask_nor_the_database_nor_numbers():
    assert imported_by("referral.cli", {"flask", "sqlalchemy", "wtforms", "numpy", "pandas", "sklearn"}) == []


def test_the_start_of_the_site_imports_no_heavy_numbers():
    assert imported_by("referral.app", {"pandas", "sklearn", "scipy", "ortools"}) == []
