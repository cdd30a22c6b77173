"""Change gates, values and order one expression at a time and see that a test or a type notices.

`python -m tests.mutation [PATTERN ...]`, a pattern such as `matching.order.*`. mutmut makes the changes in a
copy of the repository; pyproject.toml says of which modules, and which tests try them. What nothing notices
must be explained in `unnoticed.py`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.mutation.changes import Change, Outcome, changes_of, with_changes
from tests.mutation.trying import CHANGES, NOTICED
from tests.mutation.unnoticed import reason_of

REPOSITORY = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "instance", "__pycache__", "dist", "build")
TYPES = ("-m", "mypy", "-p", "matching", "--output", "json", "--no-warn-unused-ignores")
TESTS = ("-m", "pytest", "-q", "--tb=no", "-p", "tests.mutation.trying")


def main(patterns: list[str]) -> int:
    """Try the changes, print the counts, the reasons and what is not explained; 1 if anything is not."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["mutmut"]
    with tempfile.TemporaryDirectory(prefix="placewell-mutation-") as folder:
        copy = Path(folder) / "repository"
        shutil.copytree(REPOSITORY, copy, ignore=LEFT_OUT)
        os.chdir(copy)
        return report(_outcomes(_write_changes(settings["only_mutate"], patterns or ["*"]), settings))


def _write_changes(modules: list[str], patterns: list[str]) -> list[Change]:
    """Write the modules with their changes; the changes that are wanted."""
    wanted: list[Change] = []
    for path in map(Path, modules):
        source = with_changes(path)
        changes = [one for one in changes_of(path, source) if any(fnmatch(one.name, it) for it in patterns)]
        if changes:
            path.write_text(source)
        wanted += changes
    return wanted


def _outcomes(changes: list[Change], settings: dict[str, Any]) -> dict[Change, Outcome]:
    outcomes = dict.fromkeys(changes, Outcome.UNNOTICED) | dict.fromkeys(_refused(changes), Outcome.TYPE)
    by_name = {one.name: one for one, outcome in outcomes.items() if outcome is Outcome.UNNOTICED}
    CHANGES.write_text("\n".join(by_name))
    tests = settings["pytest_add_cli_args"] + settings["pytest_add_cli_args_test_selection"]
    ran = _run(*TESTS, *tests)
    if ran.returncode:
        raise SystemExit(ran.stdout)
    return outcomes | dict.fromkeys((by_name[name] for name in NOTICED.read_text().split()), Outcome.TEST)


def _refused(changes: list[Change]) -> list[Change]:
    """The changes in which the type checker finds an error."""
    found = map(json.loads, _run(*TYPES).stdout.splitlines())
    errors = {(Path(one["file"]), one["line"]) for one in found if one["severity"] == "error"}
    return [change for change in changes if any((change.path, line) in errors for line in change.lines)]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    here = {"PYTHONPATH": str(Path.cwd()), "PLACEWELL_TESTS": "brief", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=os.environ | here, stdout=subprocess.PIPE, text=True, check=False)


def report(outcomes: Mapping[Change, Outcome]) -> int:
    """Print the table; the number of changes that nothing notices and nobody explained, at most 1."""
    columns = {change: _column(change, outcome) for change, outcome in outcomes.items()}
    print("module        changes  by a test  by a type  unnoticed, explained  not explained")
    for module in sorted({change.module for change in outcomes}):
        counts = Counter(column for change, column in columns.items() if change.module == module)
        cells = [counts.total(), *(counts[name] for name in ("test", "type", "explained", "open"))]
        print(f"{module:<12} {cells[0]:8} {cells[1]:10} {cells[2]:10} {cells[3]:21} {cells[4]:14}")
    reasons = Counter(reason_of(change) for change in outcomes if outcomes[change] is Outcome.UNNOTICED)
    for reason, count in reasons.most_common():
        print(f"{count:5}  {reason or 'NOT EXPLAINED'}")
    left = [change for change, column in columns.items() if column == "open"]
    for change in left:
        print(f"\n{change.name}\n{change.text}")
    return min(len(left), 1)


def _column(change: Change, outcome: Outcome) -> str:
    if outcome is not Outcome.UNNOTICED:
        return outcome.value
    return "explained" if reason_of(change) else "open"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
