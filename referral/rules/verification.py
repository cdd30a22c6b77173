"""What recomputing a kept ranking shows."""

from enum import Enum


class Verification(Enum):
    """How a kept ranking compares with what is computed from it now."""

    SAME = "same"
    DIFFERS = "differs"
    ENGINE_CHANGED = "engine_changed"
    PURGED = "purged"


def verification(*, same: bool, kept_engine: str, engine: str) -> Verification:
    """What a comparison shows: a difference is the engine's where it is not the one that ranked."""
    if same:
        return Verification.SAME
    return Verification.DIFFERS if kept_engine == engine else Verification.ENGINE_CHANGED
