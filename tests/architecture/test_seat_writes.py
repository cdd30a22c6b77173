"""The numbers of a room are written in few places, each of which posts to the ledger of seats."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent / "referral"
NUMBERS = {"licensed", "enrolled", "held"}
# Staff set numbers in the first, files in the second; each posts. Referrals claim by the guarded statement.
SETTERS = {"actions/seats.py", "actions/program_rows.py"}
UPDATERS = {"actions/seat_ledger.py"}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(ROOT.rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if not name.startswith("migrations/"):
            yield name, ast.parse(path.read_text())


def targets_of(node: ast.AST) -> Iterator[ast.AST]:
    """What an assignment writes to, one by one."""
    listed = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in listed:
        yield from target.elts if isinstance(target, ast.Tuple) else [target]


def sets_numbers(tree: ast.AST) -> bool:
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AugAssign))
    return any(
        isinstance(target, ast.Attribute) and target.attr in NUMBERS
        for node in assigned
        for target in targets_of(node)
    )


def updates_rooms(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "update"
        and [getattr(argument, "id", "") for argument in node.args] == ["Room"]
        for node in ast.walk(tree)
    )


def test_numbers_are_set_where_the_ledger_learns_of_it():
    assert {name for name, tree in trees() if sets_numbers(tree)} == SETTERS
    assert {name for name, tree in trees() if updates_rooms(tree)} == UPDATERS
