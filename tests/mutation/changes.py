"""The changes that mutmut tried, read from its files: what was changed and what came of it."""

import ast
import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

SURVIVED, NO_TESTS, REFUSED_BY_TYPES = 0, 33, 37


class Outcome(Enum):
    """Who noticed a change."""

    TEST = "test"
    TYPE = "type"
    UNNOTICED = "unnoticed"


@dataclass(frozen=True)
class Change:
    """One change of a function: the lines before with `-` and after with `+`."""

    module: str
    function: str
    text: str
    outcome: Outcome


def changes_of(folder: Path) -> Iterator[Change]:
    """The changes of every module in a folder of mutants that were tried."""
    for results in sorted(folder.rglob("*.py.meta")):
        codes = json.loads(results.read_text())["exit_code_by_key"]
        source = results.with_suffix("").read_text() if codes else ""
        functions = _functions(source)
        for name, code in codes.items():
            if code is not None:
                short = name.rpartition(".")[2]
                yield Change(
                    module=results.name.removesuffix(".py.meta"),
                    function=short.rpartition("__mutmut_")[0].removeprefix("x_"),
                    text=_text(functions, short),
                    outcome=_outcome(code),
                )


def _outcome(code: int) -> Outcome:
    if code == REFUSED_BY_TYPES:
        return Outcome.TYPE
    return Outcome.UNNOTICED if code in (SURVIVED, NO_TESTS) else Outcome.TEST


def _functions(source: str) -> dict[str, list[str]]:
    lines = source.splitlines()
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return {node.name: lines[node.lineno - 1 : node.end_lineno] for node in nodes}


def _text(functions: dict[str, list[str]], name: str) -> str:
    """The changed lines alone, each function under the name it had."""
    original = f"{name.rpartition('__mutmut_')[0]}__mutmut_orig"
    before, after = ([line.replace(one, "_").strip() for line in functions[one]] for one in (original, name))
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
