"""Imports go one way, and none hides inside a function."""

import ast
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("matching", "referral")


def sources():
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_the_contracts_of_pyproject_are_kept(capsys):
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert broken == 0, capsys.readouterr().out


def inner_imports(path):
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "create_app":
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom | ast.Import):
                    name = getattr(node, "module", None) or node.names[0].name
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name.split(".")[0]


def test_no_import_of_ours_hides_in_a_function():
    found = [place for path in sources() for place, package in inner_imports(path) if package in PACKAGES]

    assert found == []


def test_no_import_is_relative():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert found == []
