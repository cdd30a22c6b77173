"""Every test begins with empty caches, so that each runs the code it rests on: a plugin of mutation tests."""

import sys

import pytest


@pytest.fixture(autouse=True)
def fresh_caches() -> None:
    """Forget what functions of the library keep from call to call."""
    for name, module in list(sys.modules.items()):
        if name.startswith("matching."):
            for kept in vars(module).values():
                if callable(getattr(kept, "cache_clear", None)):
                    kept.cache_clear()
