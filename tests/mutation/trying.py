"""Run the tests once for each change, in a process forked when all are collected: a plugin of pytest.

Reads the names of the changes from the file `changes` and writes those that a test noticed to `noticed`.
"""

import os
import signal
from pathlib import Path

import pytest
from mutmut.mutation.trampoline import set_mutant_under_test

CHANGES, NOTICED = Path("changes"), Path("noticed")
SECONDS = 120  # a change that lasts longer than this is noticed
NONE = -1


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try each change; of two tests the one that noticed another change before comes first."""
    if _first_to_notice(session, "") != NONE:
        raise pytest.UsageError("a test fails without any change")
    with NOTICED.open("w") as noticed:
        for name in CHANGES.read_text().splitlines():
            _put_in_order(session.items, name)
            first = _first_to_notice(session, name)
            if first != NONE:
                session.items.insert(0, session.items.pop(first))
                print(name, file=noticed, flush=True)
    return True


def _put_in_order(items: list[pytest.Item], name: str) -> None:
    """Tests of the changed module come first, drawn examples last."""
    of_module = f"test_{name.split('.')[1]}.py"
    items.sort(
        key=lambda item: (hasattr(getattr(item, "obj", None), "hypothesis"), item.path.name != of_module)
    )


def _first_to_notice(session: pytest.Session, name: str) -> int:
    """The place of the first test that fails with a change; NONE where every test passes."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            signal.alarm(SECONDS)
            set_mutant_under_test(name)
            os.write(writing, str(_first_failing(session)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return int(said or 0)


def _first_failing(session: pytest.Session) -> int:
    for place, item in enumerate(session.items):
        following = session.items[place + 1] if place + 1 < len(session.items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return place
    return NONE
