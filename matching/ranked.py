"""One program of a ranking with all its reasons, made out of the arrays when it is looked at."""

import numpy as np
from numpy.typing import NDArray

from matching import explanation, order
from matching.adequacy import ADEQUACY
from matching.costs import cost
from matching.group_size import group_finding, group_questions
from matching.intervals import Interval
from matching.options import Option, is_elsewhere
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.results import (
    Confidence,
    CriterionValue,
    GateResult,
    Improvement,
    RankedProgram,
    RankedRoom,
)
from matching.scoring import Evaluation
from matching.seat_facts import seat_facts
from matching.vocabulary import Criterion, OrderReason, Verdict

CRITERIA = tuple(Criterion)
VERDICTS = {
    order.ELIGIBLE: Verdict.ELIGIBLE,
    order.TO_CONFIRM: Verdict.TO_CONFIRM,
    order.NOT_ELIGIBLE: Verdict.NOT_ELIGIBLE,
}


def ranked_program(evaluation: Evaluation, place: int, confidence: Confidence | None = None) -> RankedProgram:
    """The program at one place of the order with all its reasons."""
    asked, row = evaluation.asked, int(evaluation.best[place])
    option, keys = asked.catalogue.options[row], evaluation.keys
    gates, criteria = _gates_of(evaluation, row), _criteria_of(evaluation, row)
    seats, money = seat_facts(asked, option), cost(asked, row)
    group = group_finding(asked, option)
    of_group = group_questions(asked, option, group)
    below = _neighbor(evaluation, place + 1)
    block = int(keys.block[row])
    return RankedProgram(
        program_key=option.program.key,
        room_key=option.room.key if option.room else None,
        site_key=option.site.key if option.site else None,
        rank=None if block == order.RULED_OUT_BLOCK else place + 1,
        verdict=VERDICTS[int(evaluation.verdict[row])],
        block=block,
        tier=int(keys.tier[row]),
        tier_is_certain=_tier_is_certain(option, asked.student),
        value=int(keys.value[row]),
        value_low=_weighted(asked.policy, evaluation.low[:, row]),
        value_high=_weighted(asked.policy, evaluation.high[:, row]),
        adequacy=ADEQUACY[int(evaluation.fit.adequacy[row])],
        need_fit=Interval(int(evaluation.fit.low[row]), int(evaluation.fit.high[row])),
        critical_gaps=explanation.gaps(asked, option.program),
        gates=gates,
        criteria=criteria,
        order_reason=_order_reason(evaluation, row, below),
        next_key=None if below is None else asked.catalogue.options[below].program.key,
        contributions=_contributions(evaluation, row, below),
        cost_band=int(evaluation.bands[row]),
        cost=money,
        seats=seats,
        ride=asked.rides.ride(row),
        questions=explanation.questions(asked, option.program, gates, criteria, seats, money, of_group),
        changes=explanation.changes(gates),
        improvements=_improvements(evaluation, place, criteria),
        rooms=tuple(_room(evaluation, other) for other in evaluation.rooms_of(option.program_index)),
        confidence=confidence,
        group=group,
    )


def _tier_is_certain(option: Option, student: NeedProfile) -> bool:
    program = option.program
    approval_open = program.approved is None and is_elsewhere(program, student.state)
    return program.setting is not None and "setting" not in program.inferred and not approval_open


def _neighbor(evaluation: Evaluation, place: int) -> int | None:
    return int(evaluation.best[place]) if 0 <= place < len(evaluation.best) else None


def _gates_of(evaluation: Evaluation, row: int) -> tuple[GateResult, ...]:
    option = evaluation.asked.catalogue.options[row]
    answers = (gate.result(row, option) for gate in evaluation.gates)
    return tuple(answer for answer in answers if answer is not None)


def _criteria_of(evaluation: Evaluation, row: int) -> tuple[CriterionValue, ...]:
    low, middle, high = (
        table[:, row].tolist() for table in (evaluation.low, evaluation.middle, evaluation.high)
    )
    weights = evaluation.asked.policy.weight_row()
    return tuple(map(CriterionValue, CRITERIA, low, middle, high, weights))


def _weighted(policy: Policy, column: NDArray[np.int32]) -> int:
    return int(np.asarray(policy.weight_row(), np.int64) @ column)


def _contributions(evaluation: Evaluation, row: int, below: int | None) -> dict[Criterion, int]:
    """Weighted differences from the next option; they add up exactly to the difference of values."""
    mine = evaluation.middle[:, row].astype(np.int64)
    other = evaluation.middle[:, below] if below is not None else np.zeros_like(mine)
    differences = (mine - other) * np.asarray(evaluation.asked.policy.weight_row(), np.int64)
    return dict(zip(CRITERIA, differences.tolist(), strict=True))


_TIES: tuple[tuple[str, OrderReason], ...] = (
    ("start", OrderReason.START),
    ("ride", OrderReason.RIDE),
    ("unknown_cells", OrderReason.KNOWN),
)


def _order_reason(evaluation: Evaluation, row: int, below: int | None) -> OrderReason:
    """The first thing that puts an option before the next one."""
    if below is None:
        return OrderReason.LAST
    keys = evaluation.keys
    if keys.block[row] != keys.block[below]:
        return OrderReason.BLOCK
    if keys.tier[row] != keys.tier[below]:
        return OrderReason.TIER
    costs = keys.cost_usd[row], keys.cost_usd[below]
    if evaluation.bands[row] == evaluation.bands[below] and min(costs) >= 0 and costs[0] != costs[1]:
        return OrderReason.COST
    if keys.value[row] != keys.value[below]:
        return OrderReason.VALUE if keys.value[row] > keys.value[below] else OrderReason.COST_PLACE
    return _tie_reason(keys, row, below)


def _tie_reason(keys: order.Keys, row: int, below: int) -> OrderReason:
    """What parts two options of one value; the later one stands first only where known costs were sorted."""
    for name, reason in _TIES:
        column = getattr(keys, name)
        if column[row] != column[below]:
            return reason if column[row] < column[below] else OrderReason.COST_PLACE
    return OrderReason.DRAW


def _improvements(
    evaluation: Evaluation, place: int, criteria: tuple[CriterionValue, ...]
) -> tuple[Improvement, ...]:
    above, row = _neighbor(evaluation, place - 1), int(evaluation.best[place])
    keys = evaluation.keys
    if above is None or (keys.block[above], keys.tier[above]) != (keys.block[row], keys.tier[row]):
        return ()
    options = evaluation.asked.catalogue.options
    deficit = int(keys.value[above] - keys.value[row])
    above_key = options[above].program.key
    return explanation.improvements(evaluation.asked, options[row].program, criteria, deficit, above_key)


def _room(evaluation: Evaluation, row: int) -> RankedRoom:
    option, keys = evaluation.asked.catalogue.options[row], evaluation.keys
    return RankedRoom(
        key=option.room.key if option.room else "",
        name=option.room.name if option.room else "",
        verdict=VERDICTS[int(evaluation.verdict[row])],
        block=int(keys.block[row]),
        tier=int(keys.tier[row]),
        value=int(keys.value[row]),
        gates=_gates_of(evaluation, row),
        seats=seat_facts(evaluation.asked, option),
        group=group_finding(evaluation.asked, option),
    )
