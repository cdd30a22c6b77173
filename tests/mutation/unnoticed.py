"""Changes that nothing can notice, each with its reason: the program does the same."""

import re
from collections.abc import Callable

from tests.mutation.changes import Change

Test = Callable[[Change], bool]


def reason_of(change: Change) -> str | None:
    """Why this change makes no difference; None where nobody said."""
    return next((reason for reason, test in REASONS.items() if test(change)), None)


def _in(function: str, *after: str) -> Test:
    """One of the lines that a function has after the change."""
    return lambda change: change.function == function and any(f"+{line}" in change.text for line in after)


def _matches(pattern: str) -> Test:
    return lambda change: re.search(pattern, change.text, re.MULTILINE) is not None


REASONS: dict[str, Test] = {}
