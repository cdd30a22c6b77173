"""Peers that may be missing: they are extras of the benchmark (`placewell[bench]`), never of the product."""

from importlib import import_module
from types import ModuleType

MISSING = "{}: not installed, so not compared; `pip install -e '.[bench]'` brings it"


def found(name: str) -> ModuleType | None:
    """The module of a peer; None where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name and name.startswith(missing.name):
            return None
        raise


def missing(*names: str) -> list[str]:
    """A sentence for each peer that is not installed."""
    return [MISSING.format(name) for name in names if found(name) is None]
