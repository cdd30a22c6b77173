"""Change gates, values and order one expression at a time and see that a test or a type notices.

`python -m tests.mutation [PATTERN ...]`, a pattern such as `matching.order.*`. mutmut works in a copy of the
repository, as configured in pyproject.toml. What nothing notices must be explained in `unnoticed.py`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.changes import Change, Outcome, changes_of
from tests.mutation.unnoticed import reason_of

REPOSITORY = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "mutants", "instance", "__pycache__", "dist", "build")


def main(patterns: list[str]) -> int:
    """Run mutmut, print the counts, the reasons and what is not explained; 1 if anything is not."""
    with tempfile.TemporaryDirectory(prefix="placewell-mutation-") as folder:
        copy = Path(folder) / "repository"
        shutil.copytree(REPOSITORY, copy, ignore=LEFT_OUT)
        _run_mutmut(copy, patterns)
        return report(changes_of(copy / "mutants" / "matching"))


def _run_mutmut(copy: Path, patterns: list[str]) -> None:
    """One worker, and the environment's own Python for the type checker."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    settings = {"PATH": path, "PLACEWELL_TESTS": "brief", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *patterns]
    subprocess.run(command, cwd=copy, env=os.environ | settings, check=True)


def report(changes: Iterable[Change]) -> int:
    """Print the table; the number of changes that nothing notices and nobody explained, at most 1."""
    listed = list(changes)
    print("\nmodule        changes  by a test  by a type  unnoticed, explained  not explained")
    for module in sorted({change.module for change in listed}):
        counts = Counter(_column(change) for change in listed if change.module == module)
        cells = [sum(counts.values()), *(counts[name] for name in ("test", "type", "explained", "open"))]
        print(f"{module:<12} {cells[0]:8} {cells[1]:10} {cells[2]:10} {cells[3]:21} {cells[4]:14}")
    reasons = Counter(reason_of(change) for change in listed if change.outcome is Outcome.UNNOTICED)
    for reason, count in reasons.most_common():
        print(f"{count:5}  {reason or 'NOT EXPLAINED'}")
    left = [change for change in listed if _column(change) == "open"]
    for change in left:
        print(f"\n{change.module}.{change.function}\n{change.text}")
    return min(len(left), 1)


def _column(change: Change) -> str:
    if change.outcome is not Outcome.UNNOTICED:
        return change.outcome.value
    return "explained" if reason_of(change) else "open"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
