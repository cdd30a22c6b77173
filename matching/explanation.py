"""Why an option stands where it stands: questions, what would change it, and what would move it up."""

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from matching.codes import DIMENSIONS
from matching.gate import Asked
from matching.intervals import UNKNOWN_LEVEL
from matching.options import is_elsewhere
from matching.policy import VALUE_MAX, Policy
from matching.profiles import NO_RATIO_LIMIT, ProgramProfile
from matching.results import (
    Cost,
    CriterionValue,
    CriticalGap,
    GateResult,
    Improvement,
    Number,
    Question,
    RankedRoom,
)
from matching.vocabulary import Answer, Asks, ChangeBy, Criterion, Dimension, Feature, Freshness

MOST_LEVEL = UNKNOWN_LEVEL.high
GATE_WEIGHT = 10_000_000
SEATS_WEIGHT = 900_000
LABEL_WEIGHT = 100_000


def questions(
    asked: Asked,
    program: ProgramProfile,
    room: RankedRoom,
    criteria: tuple[CriterionValue, ...],
    cost: Cost,
    of_group: Iterable[Question] = (),
) -> tuple[Question, ...]:
    """What to ask the program, weightiest first: gates, old seats, its group, open values, labels, prices."""
    found = [
        _question(gate.code, GATE_WEIGHT)
        for gate in room.gates
        if gate.answer is Answer.UNKNOWN and gate.asks is Asks.PROGRAM
    ]
    if room.seats.freshness is not Freshness.CURRENT:
        found.append(_question("seats", SEATS_WEIGHT))
    found += [
        _question(_VALUE_CODES[value.criterion], value.weight * (value.high - value.low))
        for value in criteria
        if value.high > value.low and value.criterion in asked.open_to_programs
    ]
    found += [*of_group, *_soft_questions(asked, program, cost)]
    found.sort(key=_WEIGHT, reverse=True)
    return tuple(found)


_VALUE_CODES = {criterion: f"value:{criterion}" for criterion in Criterion}
_WEIGHT = attrgetter("weight")


@lru_cache(maxsize=1024)
def _question(code: str, weight: int) -> Question:
    return Question(code, Asks.PROGRAM, weight)


def _soft_questions(asked: Asked, program: ProgramProfile, cost: Cost) -> list[Question]:
    soft = []
    if program.approved is None and is_elsewhere(program, asked.student.state):
        soft.append(_question("approval", LABEL_WEIGHT))
    if "setting" in program.inferred or program.setting is None:
        soft.append(_question("setting_inferred", LABEL_WEIGHT))
    if program.features.get(Feature.SINGLE_SEX):
        soft.append(_question("single_sex", LABEL_WEIGHT))
    if _label_not_mentioned(asked, program):
        soft.append(_question("label", LABEL_WEIGHT))
    if cost.is_member is None:
        soft.append(_question("membership", LABEL_WEIGHT // 2))
    if cost.gross_usd is None:
        soft.append(_question("cost", LABEL_WEIGHT // 4))
    return soft


def _label_not_mentioned(asked: Asked, program: ProgramProfile) -> bool:
    """A label that the program does not mention is a question, never a reason to rule out."""
    labels, served = asked.student.categories, program.populations
    if not labels or served is None:
        return False
    return not any(str(label) in served for label in labels)


def team_questions(asked: Asked, gates: list[str]) -> tuple[Question, ...]:
    """What to ask the Team once for the whole ranking: unknown needs that leave gates or values open."""
    student = asked.student
    found = [Question(code, Asks.TEAM, GATE_WEIGHT) for code in gates]
    if student.permitted_settings is None:
        found.append(Question("permitted_settings", Asks.TEAM, GATE_WEIGHT // 2))
    for dimension in DIMENSIONS:
        need = student.level(dimension)
        if not need.known:
            weight = asked.policy.weights[Criterion(dimension.value)] * (need.high - need.low)
            found.append(Question(f"need:{dimension}", Asks.TEAM, weight))
    if student.students_per_adult is None:
        weight = asked.policy.weights[Criterion.RATIO]
        found.append(Question(f"need:{Criterion.RATIO}", Asks.TEAM, weight))
    if student.origin is None and not student.ride_minutes:
        found.append(Question("need:origin", Asks.TEAM, asked.policy.weights[Criterion.RIDE]))
    return tuple(sorted(found, key=lambda question: -question.weight))


def gaps(asked: Asked, program: ProgramProfile) -> tuple[CriticalGap, ...]:
    """Critical gaps, certain or possible, with the need and the offer."""
    found = []
    for dimension, need in asked.critical_needs:
        offer = program.level(dimension)
        if is_critical(need.high, offer.low, asked.policy):
            certain = is_critical(need.low, offer.high, asked.policy)
            found.append(CriticalGap(dimension, need, offer, certain))
    return tuple(found)


def is_critical(need: int, offer: int, policy: Policy) -> bool:
    """Whether an offered level leaves a need without support that nothing can outweigh."""
    return need >= policy.critical_need and need - offer >= policy.critical_gap


def changes(gates: tuple[GateResult, ...]) -> tuple[GateResult, ...]:
    """The failed gates that someone or some date could change; empty where one of them nobody can."""
    failed = [gate for gate in gates if gate.answer is Answer.NO]
    if ChangeBy.NOBODY in [gate.change_by for gate in failed]:
        return ()
    return tuple(failed)


def improvements(
    asked: Asked, program: ProgramProfile, criteria: tuple[CriterionValue, ...], deficit: int, above_key: str
) -> tuple[Improvement, ...]:
    """For each criterion the least rise that alone puts the option above the one before it.

    ``deficit`` is the value of the option before less this one's, before cost bands. Only what a program
    or a place can change is offered, never a need.
    """
    found: list[Improvement] = []
    if deficit < 0:
        return ()
    for value in criteria:
        if value.weight == 0 or value.criterion is Criterion.PREFERENCE:
            continue
        points = -(-(deficit + 1) // value.weight)
        needed = value.middle + points
        if needed <= VALUE_MAX:
            natural = _REACHING.get(value.criterion, _nothing)(asked, program, needed)
            found.append(Improvement(value.criterion, above_key, points, needed, natural))
    return tuple(found)


def _nothing(_asked: Asked, _program: ProgramProfile, _needed: int) -> Mapping[str, Number]:
    """Of a value that has no unit of its own."""
    return {}


def _ride(asked: Asked, _program: ProgramProfile, needed: int) -> Mapping[str, Number]:
    policy = asked.policy
    limit = max(asked.rides.limit_minutes, policy.ride_least_limit_minutes)
    return {"ride_minutes": limit - -(-needed * (limit - policy.ride_full_minutes) // VALUE_MAX)}


def _days_late(asked: Asked, _program: ProgramProfile, needed: int) -> Mapping[str, Number]:
    zero = asked.policy.start_zero_days
    return {"days_late": zero - -(-needed * zero // VALUE_MAX)}


def _ratio(asked: Asked, _program: ProgramProfile, needed: int) -> Mapping[str, Number]:
    return _ratio_reaching(asked.student.students_per_adult, needed, asked.policy.ratio_zero_multiple)


@lru_cache(maxsize=4096)
def _ratio_reaching(wanted: Fraction | None, needed: int, zero_multiple: int) -> Mapping[str, Number]:
    if wanted is None or wanted == NO_RATIO_LIMIT:
        return {}
    most = wanted * (zero_multiple - Fraction((zero_multiple - 1) * needed, VALUE_MAX))
    return {"students_per_adult": math.floor(most * 100) / 100}  # rounded up it would fall short


def _level_in(dimension: Dimension) -> Callable[[Asked, ProgramProfile, int], Mapping[str, Number]]:
    def reaching(asked: Asked, program: ProgramProfile, needed: int) -> Mapping[str, Number]:
        need, policy = asked.student.level(dimension), asked.policy
        if not need.known:
            return {}
        may_lose, under, over = VALUE_MAX - needed, policy.under_support_loss, policy.over_support_loss
        lowest = max(need.low - may_lose // under, 0) if under else 0
        highest = min(need.low + may_lose // over, MOST_LEVEL) if over else MOST_LEVEL
        offer = program.level(dimension).low
        return {"level": min(max(offer, lowest), highest)}

    return reaching


# The needed value in the units of its scale: a level, minutes, days or students per adult.
_REACHING: Mapping[Criterion, Callable[[Asked, ProgramProfile, int], Mapping[str, Number]]] = {
    Criterion.RIDE: _ride,
    Criterion.START: _days_late,
    Criterion.RATIO: _ratio,
} | {Criterion(dimension.value): _level_in(dimension) for dimension in Dimension}
