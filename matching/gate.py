"""What a gate is: three-valued answers for all options at once, and the facts of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import NO, NOT_ASKED, UNKNOWN, YES, Bytes, Catalogue, Ints
from matching.intervals import Interval
from matching.options import Option
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.results import GateResult, Number
from matching.rides import Rides
from matching.vocabulary import (
    Answer,
    Asks,
    ChangeBy,
)

ANSWERS = {NO: Answer.NO, YES: Answer.YES, UNKNOWN: Answer.UNKNOWN}
ANY_AGE = Interval(0, 360)
Facts = Mapping[str, Number]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """What gates look at: one student, all options, the policy and the day."""

    student: NeedProfile
    catalogue: Catalogue
    policy: Policy
    today: date
    rides: Rides

    @property
    def first_day(self) -> date:
        """The first day on which the student could attend: no start lies before today."""
        return max(self.student.start_on or self.today, self.today)


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's answers for all options, and how to say the facts of one.

    ``asks`` says who can settle what is not known: one for all options, or True per option for the Team.
    """

    code: str
    answers: Bytes
    asks: Asks | Flags
    change_by: ChangeBy | Callable[[Option], ChangeBy]
    facts: Callable[[Option], Facts]

    @property
    def team(self) -> Flags | bool:
        """Whether the Team, rather than the program, can settle what is not known."""
        return self.asks is Asks.TEAM if isinstance(self.asks, Asks) else self.asks

    def _asked_of(self, index: int) -> Asks:
        if isinstance(self.asks, Asks):
            return self.asks
        return Asks.TEAM if self.asks[index] else Asks.PROGRAM

    def result(self, index: int, option: Option) -> GateResult | None:
        """The gate's answer for one option; None where it is not asked of it."""
        answer = int(self.answers[index])
        if answer == NOT_ASKED:
            return None
        settled = answer == YES
        change_by = self.change_by(option) if callable(self.change_by) else self.change_by
        return GateResult(
            code=self.code,
            answer=ANSWERS[answer],
            asks=self._asked_of(index) if answer == UNKNOWN else None,
            change_by=None if settled else change_by,
            facts=self.facts(option),
        )


def settled(is_known: Any, yes: Any) -> Bytes:
    return np.where(is_known, yes.astype(np.int8), np.int8(UNKNOWN))


def inside(age: Interval | None, low: Ints, high: Ints) -> Bytes:
    span = age or ANY_AGE
    answers = np.full(len(low), UNKNOWN, np.int8)
    known = low >= 0
    answers[known & (low <= span.low) & (span.high <= high)] = YES
    answers[known & ((high < span.low) | (span.high < low))] = NO
    return answers


def unsettle(catalogue: Catalogue, answers: Bytes, field_name: str, subject: str = "") -> None:
    """Turn answers into not known where the fact was inferred: an inferred fact settles nothing.

    ``inferred`` may name a whole field (``services``) or one subject of it (``services.nursing``).
    """

    def made() -> Any:
        return np.array([_is_inferred(option, field_name, subject) for option in catalogue.options], bool)

    inferred = catalogue.remember(("inferred", field_name, subject), made)
    answers[inferred & (answers != NOT_ASKED)] = UNKNOWN


def three_valued(value: bool | None) -> int:
    return UNKNOWN if value is None else YES if value else NO


def joined(terms: Any, order: list[Any] | None = None) -> str | None:
    """Codes of a set in the order of their list, for wording to turn into labels."""
    if terms is None:
        return None
    return ",".join(sorted(terms, key=order.index if order else None))


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _is_inferred(option: Option, field_name: str, subject: str) -> bool:
    stated_by_room = getattr(option.room, field_name, None) is not None
    named = option.program.inferred & {field_name, f"{field_name}.{subject}"}
    return bool(named) and not stated_by_room


def no_facts(_option: Option) -> Facts:
    """Nothing to say of an offer: the need itself is not known."""
    return {}
