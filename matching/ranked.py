"""One program of a ranking with all its reasons, made out of the arrays when it is looked at."""

from matching import explanation, order
from matching.adequacy import ADEQUACY
from matching.gate import ELIGIBLE, NOT_ELIGIBLE, TO_CONFIRM
from matching.group_size import group_finding, group_questions
from matching.options import Option, is_elsewhere
from matching.parts import criterion_value
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

VERDICTS = {
    ELIGIBLE: Verdict.ELIGIBLE,
    TO_CONFIRM: Verdict.TO_CONFIRM,
    NOT_ELIGIBLE: Verdict.NOT_ELIGIBLE,
}


def ranked_program(evaluation: Evaluation, place: int, confidence: Confidence | None = None) -> RankedProgram:
    """The program at one place of the order with all its reasons."""
    asked, row = evaluation.asked, evaluation.best.item(place)
    option = asked.catalogue.options[row]
    rooms = tuple([_room(evaluation, other) for other in evaluation.rooms_of(option.program_index)])
    best = rooms[0]
    criteria = _criteria(evaluation, row)
    money = evaluation.bill.cost(row)
    of_group = group_questions(asked, option, best.group)
    below = _neighbor(evaluation, place + 1)
    rank = None if best.block == order.RULED_OUT_BLOCK else place + 1
    return RankedProgram(
        program_key=option.program.key,
        room_key=option.room.key if option.room else None,
        site_key=option.site.key if option.site else None,
        rank=rank,
        verdict=best.verdict,
        block=best.block,
        tier=best.tier,
        tier_is_certain=_tier_is_certain(option, asked.student),
        value=best.value,
        value_low=sum([value.weight * value.low for value in criteria]),
        value_high=sum([value.weight * value.high for value in criteria]),
        adequacy=ADEQUACY[evaluation.adequacy.item(row)],
        need_fit=evaluation.need_fit(row),
        critical_gaps=explanation.gaps(asked, option.program) if evaluation.has_gaps(row) else (),
        gates=best.gates,
        criteria=criteria,
        order_reason=_order_reason(evaluation, row, below),
        next_key=None if below is None else asked.catalogue.options[below].program.key,
        contributions=_contributions(evaluation, row, below),
        cost_band=evaluation.bands.item(row),
        cost=money,
        seats=best.seats,
        ride=asked.rides.ride(row),
        questions=explanation.questions(asked, option.program, best, criteria, money, of_group),
        changes=explanation.changes(best.gates),
        improvements=() if rank is None else _improvements(evaluation, place, criteria),
        rooms=rooms,
        confidence=confidence,
        group=best.group,
    )


def _tier_is_certain(option: Option, student: NeedProfile) -> bool:
    program = option.program
    approval_open = program.approved is None and is_elsewhere(program, student.state)
    return program.setting is not None and "setting" not in program.inferred and not approval_open


def _neighbor(evaluation: Evaluation, place: int) -> int | None:
    return evaluation.best.item(place) if 0 <= place < len(evaluation.best) else None


def _gates_of(evaluation: Evaluation, option: Option) -> tuple[GateResult, ...]:
    results = [gate.result(option) for gate in evaluation.gates]
    return tuple([result for result in results if result is not None])


def _criteria(evaluation: Evaluation, row: int) -> tuple[CriterionValue, ...]:
    """The value of every criterion, in their order."""
    low, high = evaluation.low[:, row].tolist(), evaluation.high[:, row].tolist()
    weights = [part.weight for part in evaluation.parts]
    return tuple(map(criterion_value, _CRITERIA, low, high, weights))


_CRITERIA = tuple(Criterion)


def _contributions(evaluation: Evaluation, row: int, below: int | None) -> dict[Criterion, int]:
    """Weighted differences from the next option; they add up exactly to the difference of values."""
    points = evaluation.points[:, row]
    difference = points if below is None else points - evaluation.points[:, below]
    return dict(zip(_CRITERIA, difference.tolist(), strict=True))


_TIES: tuple[tuple[str, OrderReason], ...] = (
    ("start", OrderReason.START),
    ("ride", OrderReason.RIDE),
    ("unknown_cells", OrderReason.KNOWN),
)


def _order_reason(evaluation: Evaluation, row: int, below: int | None) -> OrderReason:
    """The first thing that puts an option before the next one."""
    if below is None:
        return OrderReason.LAST
    keys, bands = evaluation.keys, evaluation.bands
    if keys.block.item(row) != keys.block.item(below):
        return OrderReason.BLOCK
    if keys.tier.item(row) != keys.tier.item(below):
        return OrderReason.TIER
    cost, next_cost = keys.cost_usd.item(row), keys.cost_usd.item(below)
    if bands.item(row) == bands.item(below) and min(cost, next_cost) >= 0 and cost != next_cost:
        return OrderReason.COST
    value, next_value = keys.value.item(row), keys.value.item(below)
    if value != next_value:
        return OrderReason.VALUE if value > next_value else OrderReason.COST_PLACE
    return _tie_reason(keys, row, below)


def _tie_reason(keys: order.Keys, row: int, below: int) -> OrderReason:
    """What parts two options of one value; the later one stands first only where known costs were sorted."""
    for name, reason in _TIES:
        column = getattr(keys, name)
        mine, other = column.item(row), column.item(below)
        if mine != other:
            return reason if mine < other else OrderReason.COST_PLACE
    return OrderReason.DRAW


def _improvements(
    evaluation: Evaluation, place: int, criteria: tuple[CriterionValue, ...]
) -> tuple[Improvement, ...]:
    above, row = _neighbor(evaluation, place - 1), evaluation.best.item(place)
    keys = evaluation.keys
    if above is None or (keys.block[above], keys.tier[above]) != (keys.block[row], keys.tier[row]):
        return ()
    options = evaluation.asked.catalogue.options
    deficit = keys.value.item(above) - keys.value.item(row)
    above_key = options[above].program.key
    return explanation.improvements(evaluation.asked, options[row].program, criteria, deficit, above_key)


def _room(evaluation: Evaluation, row: int) -> RankedRoom:
    asked, keys = evaluation.asked, evaluation.keys
    option = asked.catalogue.options[row]
    return RankedRoom(
        key=option.room.key if option.room else "",
        name=option.room.name if option.room else "",
        verdict=VERDICTS[evaluation.verdict.item(row)],
        block=keys.block.item(row),
        tier=keys.tier.item(row),
        value=keys.value.item(row),
        gates=_gates_of(evaluation, option),
        seats=seat_facts(asked, option),
        group=group_finding(asked, option),
    )
