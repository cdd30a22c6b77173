"""What a state allows of an instructional group: dated limits, each with its source."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matching.checks import is_whole
from matching.exceptions import InvalidPolicy

AGE_SPAN = "age_span"
GROUP_SIZE = re.compile(r"group_size:(\d):(\d)")
MOST_LIMIT = 360


@dataclass(frozen=True, slots=True)
class StateLimit:
    """One limit of a state from a day on.

    ``code`` is ``age_span`` (the limit is months between the youngest and the oldest student) or
    ``group_size:1:2`` (students with one special educator and two aides). It binds groups for a student of
    ``least_age_months`` or more.
    """

    state: str
    code: str
    limit: int
    valid_from: date
    source: str
    least_age_months: int = 0

    def __post_init__(self) -> None:
        if self.code != AGE_SPAN and not GROUP_SIZE.fullmatch(self.code):
            raise InvalidPolicy("state_limits", f"{self.code} is no code of a limit")
        if not is_whole(self.limit, 0, MOST_LIMIT) or not is_whole(self.least_age_months, 0, MOST_LIMIT):
            raise InvalidPolicy("state_limits", f"must be whole numbers from 0 to {MOST_LIMIT}")
        if not self.state or not self.source:
            raise InvalidPolicy("state_limits", "must name the state and the source")

    @property
    def staff(self) -> tuple[int, int] | None:
        """Special educators and aides of a group size; None for an age span."""
        found = GROUP_SIZE.fullmatch(self.code)
        return (int(found[1]), int(found[2])) if found else None


def check_state_limits(limits: Iterable[StateLimit]) -> None:
    """Refuse two limits of one state, code and day."""
    keys = [(one.state, one.code, one.valid_from) for one in limits]
    if len(keys) != len(set(keys)):
        raise InvalidPolicy("state_limits", "must have one limit for a state, a code and a day")


@dataclass(frozen=True, slots=True)
class InForce:
    """The limits of a day: the age span of each state, and its sizes of groups."""

    spans: Mapping[str, StateLimit]
    sizes: Mapping[str, tuple[StateLimit, ...]]

    def size(self, state: str, *, special_educators: int, aides: int) -> StateLimit | None:
        """The largest group that a state allows with this staff; None where no limit is recorded."""
        allowed = [
            one
            for one in self.sizes.get(state, ())
            if one.staff and one.staff[0] <= special_educators and one.staff[1] <= aides
        ]
        return max(allowed, key=lambda one: one.limit, default=None)


@lru_cache(maxsize=512)
def limits_on(limits: tuple[StateLimit, ...], day: date) -> InForce:
    """The limits in force on a day: for each state and code the last that began."""
    last: dict[tuple[str, str], StateLimit] = {}
    for one in sorted(limits, key=lambda limit: limit.valid_from):
        if one.valid_from <= day:
            last[one.state, one.code] = one
    sizes: dict[str, tuple[StateLimit, ...]] = {}
    for one in last.values():
        if one.staff:
            sizes[one.state] = (*sizes.get(one.state, ()), one)
    return InForce({one.state: one for one in last.values() if one.code == AGE_SPAN}, sizes)
