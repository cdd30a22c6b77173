"""Drafts of an intake: where a profile comes from, and when two tabs are in each other's way."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from referral.errors import StaleUpdate
from referral.rules.intake import StepWrite


class Origin(Enum):
    """Why a version of a profile was made."""

    NEW = "new"
    COPY = "copy"
    REVISION = "revision"
    DEMO = "demo"


def check_open(finished_at: datetime | None) -> None:
    """Refuse to write to a draft that became a version already.

    Raises
    ------
    StaleUpdate : it was finished in the meantime.
    """
    if finished_at is not None:
        raise StaleUpdate("draft_finished")


def check_not_stale(writes: Mapping[str, Any], write: StepWrite) -> None:
    """Refuse a save over what another tab saved on the same step in the meantime.

    ``writes`` maps a step to the version of the draft at its last change and the tab that made it. The same
    tab's own later save is no conflict, nor is a save of another step.

    Raises
    ------
    StaleUpdate : the step was changed elsewhere after the page was drawn.
    """
    last = writes.get(write.step.key)
    if last is None or last["version"] <= write.seen_version:
        return
    if not write.tab or last["tab"] != write.tab:
        raise StaleUpdate("draft_changed_elsewhere", step=write.step.title)


def after_write(
    writes: Mapping[str, Any], write: StepWrite, *, version: int, changed: bool
) -> dict[str, Any]:
    """The map of writes after a save; a save that changes nothing is in nobody's way."""
    if not changed:
        return dict(writes)
    return {**writes, write.step.key: {"version": version, "tab": write.tab}}
