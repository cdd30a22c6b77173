"""What a gate is: three-valued answers for all options at once, and the facts of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from matching.catalogue import (
    NO,
    NOT_ASKED,
    UNKNOWN,
    YES,
    Bytes,
    Catalogue,
    Ints,
    Option,
)
from matching.intervals import Interval
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What gates look at: one student, all options, the policy and the day."""

    student: NeedProfile
    catalogue: Catalogue
    policy: Policy
    today: date
    rides: Rides


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's answers for all options, and how to say the facts of one."""

    code: str
    answers: Bytes
    asks: Asks
    change_by: ChangeBy | Callable[[Option], ChangeBy]
    facts: Callable[[Option], Facts]

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
            asks=self.asks if answer == UNKNOWN else None,
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


def unsettle(catalogue: Catalogue, answers: Bytes, field_name: str) -> None:
    """Turn answers into not known where the fact was inferred: an inferred fact settles nothing."""

    def made() -> Any:
        return np.array([_is_inferred(option, field_name) for option in catalogue.options], bool)

    inferred = catalogue.remember(("inferred", field_name), made)
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


def _is_inferred(option: Option, field_name: str) -> bool:
    stated_by_room = getattr(option.room, field_name, None) is not None
    return field_name in option.program.inferred and not stated_by_room


def no_facts(_option: Option) -> Facts:
    """Nothing to say of an offer: the need itself is not known."""
    return {}
