"""What a state allows of an instructional group: dated limits, each with its source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def limits_on(limits: Iterable[StateLimit], day: date) -> dict[tuple[str, str], StateLimit]:
    """The limit in force on a day for each state and code: the last that began."""
    found: dict[tuple[str, str], StateLimit] = {}
    for one in sorted(limits, key=lambda limit: limit.valid_from):
        if one.valid_from <= day:
            found[one.state, one.code] = one
    return found


def group_size_limit(
    limits: Iterable[StateLimit], state: str, day: date, *, special_educators: int, aides: int
) -> StateLimit | None:
    """The largest group that a state allows with this staff on a day; None where no limit is recorded."""
    allowed = [
        one
        for (of_state, _), one in limits_on(limits, day).items()
        if of_state == state and one.staff and one.staff[0] <= special_educators and one.staff[1] <= aides
    ]
    return max(allowed, key=lambda one: one.limit, default=None)


def has_group_sizes(limits: Iterable[StateLimit], state: str, day: date) -> bool:
    """Whether a state's group sizes are recorded for a day."""
    return any(of_state == state and one.staff for (of_state, _), one in limits_on(limits, day).items())
