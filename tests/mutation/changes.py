"""The changes of a module: mutmut writes each as a function beside the one that it changes."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents

MARK = "__mutmut_"
ORIGINAL = "orig"


class Outcome(Enum):
    """Who noticed a change."""

    TEST = "test"
    TYPE = "type"
    UNNOTICED = "unnoticed"


@dataclass(frozen=True)
class Change:
    """One change of a function: its lines before with `-` and after with `+`, and where it stands."""

    path: Path
    mutant: str
    text: str
    lines: range

    @property
    def name(self) -> str:
        """What selects the change, such as `matching.order.x_blocks__mutmut_3`."""
        return ".".join([*self.path.with_suffix("").parts, self.mutant])

    @property
    def module(self) -> str:
        return self.path.stem

    @property
    def function(self) -> str:
        return self.mutant.rpartition(MARK)[0].removeprefix("x_")


def with_changes(path: Path) -> str:
    """The source of a module with all its changes, none of them active."""
    return mutate_file_contents(str(path), path.read_text()).code


def changes_of(path: Path, source: str) -> Iterator[Change]:
    """Every change in the source of a module with its changes."""
    lines = source.splitlines()
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    functions = {node.name: range(node.lineno, (node.end_lineno or 0) + 1) for node in found}
    bodies = {name: [lines[at - 1] for at in where] for name, where in functions.items()}
    for name, where in functions.items():
        stem, mark, number = name.rpartition(MARK)
        if mark and number != ORIGINAL:
            yield Change(path, name, _difference(bodies, f"{stem}{MARK}{ORIGINAL}", name), where)


def _difference(bodies: dict[str, list[str]], original: str, name: str) -> str:
    """The changed lines alone, each function under the name it had."""
    before, after = ([line.replace(one, "_").strip() for line in bodies[one]] for one in (original, name))
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
