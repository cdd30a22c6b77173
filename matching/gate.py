"""What a gate is: three-valued answers for all options at once, and the facts of one."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Catalogue
from matching.codes import DIMENSIONS, NO, NOT_ASKED, UNKNOWN, YES, Bytes, Ints
from matching.intervals import Interval
from matching.options import Option
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.results import GateResult, Number
from matching.rides import Rides
from matching.state_limits import InForce, limits_on
from matching.vocabulary import (
    Answer,
    Asks,
    ChangeBy,
    Criterion,
    Dimension,
    Term,
)

ANSWERS = {NO: Answer.NO, YES: Answer.YES, UNKNOWN: Answer.UNKNOWN}
ELIGIBLE, TO_CONFIRM, NOT_ELIGIBLE = 0, 1, 2
ANY_AGE = Interval(0, 360)
Facts = Mapping[str, Number]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Asked:
    """What gates look at: one student, all options, the policy and the day."""

    student: NeedProfile
    catalogue: Catalogue
    policy: Policy
    today: date
    rides: Rides

    @cached_property
    def first_day(self) -> date:
        """The first day on which the student could attend: no start lies before today."""
        return max(self.student.start_on or self.today, self.today)

    @cached_property
    def state_limits(self) -> InForce:
        """The limits of groups in force on the first day."""
        return limits_on(self.policy.state_limits, self.first_day)

    @cached_property
    def critical_needs(self) -> tuple[tuple[Dimension, Interval], ...]:
        """The dimensions in which a gap may be critical, each with the need."""
        needs = ((dimension, self.student.level(dimension)) for dimension in DIMENSIONS)
        return tuple((dimension, need) for dimension, need in needs if need.high >= self.policy.critical_need)

    @cached_property
    def open_to_programs(self) -> frozenset[Criterion]:
        """The criteria whose values are open because of the program, not because of the profile.

        A ride is estimated; what services and seats leave open is asked in other words already.
        """
        student = self.student
        open_to_programs = {Criterion.INCLUSION, Criterion.PREFERENCE} | {
            Criterion(dimension.value) for dimension in DIMENSIONS if student.level(dimension).known
        }
        if student.students_per_adult is not None:
            open_to_programs.add(Criterion.RATIO)
        return frozenset(open_to_programs)


# What an answer makes of an option, by its code: 2 not eligible, 1 to confirm, 0 no more than eligible.
_MAKES = np.zeros(4, np.int8)
_MAKES[[NO, UNKNOWN]] = NOT_ELIGIBLE, TO_CONFIRM


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's answers for all options, and how to say the facts of one.

    ``asks`` says who can settle what is not known: one for all options, or True per option for the Team.
    ``verdicts`` is what the gate alone makes of each option. Students share gates: nothing in them changes.
    """

    code: str
    answers: Bytes
    asks: Asks | Flags
    change_by: ChangeBy | Callable[[Option], ChangeBy]
    facts: Callable[[Option], Facts]
    verdicts: Bytes = field(init=False, repr=False)
    _said: dict[int, GateResult | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.answers.setflags(write=False)
        object.__setattr__(self, "verdicts", _MAKES[self.answers])

    @property
    def team(self) -> Flags | bool:
        """Whether the Team, rather than the program, can settle what is not known."""
        return self.asks is Asks.TEAM if isinstance(self.asks, Asks) else self.asks

    def _asked_of(self, index: int) -> Asks:
        if isinstance(self.asks, Asks):
            return self.asks
        return Asks.TEAM if self.asks[index] else Asks.PROGRAM

    def result(self, option: Option) -> GateResult | None:
        """The gate's answer for one option, said once for all students; None where it is not asked of it."""
        if option.row not in self._said:
            self._said[option.row] = self._result(option)
        return self._said[option.row]

    def _result(self, option: Option) -> GateResult | None:
        answer = self.answers.item(option.row)
        if answer == NOT_ASKED:
            return None
        change_by = None
        if answer != YES:
            change_by = self.change_by(option) if callable(self.change_by) else self.change_by
        asks = self._asked_of(option.row) if answer == UNKNOWN else None
        return _gate_result(self.code, ANSWERS[answer], asks, change_by, **self.facts(option))


@lru_cache(maxsize=1 << 14, typed=True)
def _gate_result(
    code: str, answer: Answer, asks: Asks | None, change_by: ChangeBy | None, /, **facts: Number
) -> GateResult:
    """Answers repeat from option to option, and from student to student."""
    return GateResult(code, answer, asks, change_by, facts)


def shared_by(
    key: Callable[[Asked], Hashable],
) -> Callable[[Callable[[Asked], Iterable[Gate]]], Callable[[Asked], tuple[Gate, ...]]]:
    """Let all students with one key share the gates that a function makes.

    The key must hold everything that the function looks at besides the catalogue.
    """

    def sharing(make: Callable[[Asked], Iterable[Gate]]) -> Callable[[Asked], tuple[Gate, ...]]:
        @wraps(make)
        def shared(asked: Asked) -> tuple[Gate, ...]:
            found: tuple[Gate, ...] = asked.catalogue.remember((make, key(asked)), lambda: tuple(make(asked)))
            return found

        return shared

    return sharing


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
    """Turn answers into not known where the fact was inferred: an inferred fact settles nothing."""
    answers[catalogue.inferred(field_name, subject) & (answers != NOT_ASKED)] = UNKNOWN


@lru_cache(maxsize=1024)
def joined(terms: frozenset[Any] | None, of: type[Term] | None = None) -> str | None:
    """Codes of a set in the order of their list, for wording to turn into labels."""
    if terms is None:
        return None
    return ",".join(sorted(terms) if of is None else [term for term in of if term in terms])


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def no_facts(_option: Option) -> Facts:
    """Nothing to say of an offer: the need itself is not known."""
    return {}
