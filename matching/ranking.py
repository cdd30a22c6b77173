"""Rank programs for one student: gates, adequacy, tiers, value, cost bands, order, each step explained."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matching import explanation, order
from matching.adequacy import ADEQUACY, NeedFit, need_fit
from matching.catalogue import UNKNOWN, Catalogue, Option, is_elsewhere
from matching.costs import cost, gross_usd
from matching.criteria import first_seat_on, values
from matching.eligibility import gates as all_gates
from matching.gate import Asked, Gate
from matching.intervals import Interval
from matching.policy import Policy
from matching.profiles import NeedProfile, ProgramProfile
from matching.results import (
    CriterionValue,
    GateResult,
    Improvement,
    RankedProgram,
    RankedRoom,
    Ranking,
    SeatFacts,
)
from matching.rides import rides
from matching.vocabulary import Asks, Criterion, Freshness, OrderReason, SeatStatus, Verdict

CRITERIA = tuple(Criterion)
VERDICTS = {
    order.ELIGIBLE: Verdict.ELIGIBLE,
    order.TO_CONFIRM: Verdict.TO_CONFIRM,
    order.NOT_ELIGIBLE: Verdict.NOT_ELIGIBLE,
}
NEVER = 10**9


def rank_programs(
    student: NeedProfile,
    programs: Iterable[ProgramProfile] | Catalogue,
    policy: Policy,
    *,
    seed: str,
    today: date,
) -> Ranking:
    """Every program exactly once, in order, each with its verdict, reasons, questions and cost.

    Parameters
    ----------
    programs : programs, or a Catalogue compiled from them.
    seed : decides only between options equal in everything else; use one per student.
    today : the day on which facts are read; nothing here looks at a clock.

    Raises
    ------
    InvalidProfile : two programs with one key.
    """
    evaluation = evaluate(student, Catalogue.compile(programs), policy, seed=seed, today=today)
    catalogue = evaluation.asked.catalogue
    counted = Counter(VERDICTS[code] for code in evaluation.verdict[evaluation.best].tolist())
    return Ranking(
        student_code=student.code,
        policy_version=policy.version,
        today=today,
        seed=seed,
        options=_Options(evaluation),
        verdicts={verdict: counted.get(verdict, 0) for verdict in Verdict},
        team_questions=explanation.team_questions(evaluation.asked, evaluation.open_needs()),
        rests_on_examples=_rests_on_examples(catalogue, policy),
    )


def _rests_on_examples(catalogue: Catalogue, policy: Policy) -> bool:
    """Whether any room, seat or price, or the price of rides, is an example figure."""
    if policy.transport is not None and policy.transport.example:
        return True
    rooms = (option.room for option in catalogue.options if option.room is not None)
    if any(room.example or (room.seats is not None and room.seats.example) for room in rooms):
        return True
    return any(price.example for program in catalogue.programs for price in program.prices)


def count_verdicts(
    student: NeedProfile, programs: Iterable[ProgramProfile] | Catalogue, policy: Policy, *, today: date
) -> Mapping[Verdict, int]:
    """How many programs have each verdict: what an intake form shows beside its questions."""
    return rank_programs(student, programs, policy, seed="", today=today).verdicts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All arrays of one ranking: a row per option, and the order of programs by their best room."""

    asked: Asked
    gates: list[Gate]
    verdict: NDArray[np.int8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    middle: NDArray[np.int32]
    fit: NeedFit
    keys: order.Keys
    bands: NDArray[np.int32]
    best: NDArray[np.intp]
    rooms: Mapping[int, list[int]] = field(default_factory=dict)

    def open_needs(self) -> list[str]:
        """Codes of the gates that only the Team can answer and that still decide something."""
        undecided = self.verdict == order.TO_CONFIRM
        return [
            gate.code
            for gate in self.gates
            if gate.asks is not Asks.PROGRAM
            and bool((undecided & (gate.answers == UNKNOWN) & gate.team).any())
        ]


def evaluate(
    student: NeedProfile, catalogue: Catalogue, policy: Policy, *, seed: str, today: date
) -> Evaluation:
    """Gates, values, adequacy and order of every option, as arrays."""
    asked = Asked(student, catalogue, policy, today, rides(student, catalogue, policy))
    gates = all_gates(asked)
    verdict = order.verdicts(gates, len(catalogue))
    low, high = values(asked)
    middle = (low + high) >> 1
    fit = need_fit(asked, low, high)
    keys = _keys(asked, verdict, fit, middle, np.count_nonzero(low != high, axis=0))
    placed, bands = order.ordered(keys, catalogue, policy, seed)
    rooms: dict[int, list[int]] = {}
    for row in placed.tolist():
        rooms.setdefault(catalogue.options[row].program_index, []).append(row)
    best = order.best_rooms(placed, catalogue)
    return Evaluation(asked, gates, verdict, low, high, middle, fit, keys, bands, best, rooms)


def _keys(
    asked: Asked,
    verdict: NDArray[np.int8],
    fit: NeedFit,
    middle: NDArray[np.int32],
    unknown_cells: NDArray[np.intp],
) -> order.Keys:
    catalogue, policy = asked.catalogue, asked.policy
    gross, step = gross_usd(asked), policy.cost_rounding_usd
    rides_known = asked.rides.low >= 0
    start = first_seat_on(asked).astype(np.int64)
    return order.Keys(
        block=order.blocks(verdict, fit),
        tier=catalogue.tiers(policy.unknown_public_setting, asked.student.state),
        value=np.asarray(policy.weight_row(), np.int64) @ middle,
        cost_usd=np.where(gross < 0, -1, (gross + step // 2) // step * step),
        start=np.where(start < 0, NEVER, start),
        ride=np.where(rides_known, asked.rides.low.astype(np.int64) + asked.rides.high, NEVER),
        unknown_cells=unknown_cells.astype(np.int64),
    )


class _Options(Sequence[RankedProgram]):
    """The ranked programs, each made when it is first looked at."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._made: dict[int, RankedProgram] = {}

    def __len__(self) -> int:
        return len(self._evaluation.best)

    @overload
    def __getitem__(self, place: int) -> RankedProgram: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RankedProgram]: ...
    def __getitem__(self, place: int | slice) -> RankedProgram | Sequence[RankedProgram]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        index = range(len(self))[place]
        if index not in self._made:
            self._made[index] = ranked_program(self._evaluation, index)
        return self._made[index]

    def __iter__(self) -> Iterator[RankedProgram]:
        return (self[index] for index in range(len(self)))


def ranked_program(evaluation: Evaluation, place: int) -> RankedProgram:
    """The program at one place of the order with all its reasons."""
    asked, row = evaluation.asked, int(evaluation.best[place])
    option, keys = asked.catalogue.options[row], evaluation.keys
    gates, criteria = _gates_of(evaluation, row), _criteria_of(evaluation, row)
    seats, money = seat_facts(asked, option), cost(asked, row)
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
        questions=explanation.questions(asked, option.program, gates, criteria, seats, money),
        changes=explanation.changes(gates),
        improvements=_improvements(evaluation, place, criteria),
        rooms=tuple(_room(evaluation, other) for other in evaluation.rooms[option.program_index]),
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
    )


def seat_facts(asked: Asked, option: Option) -> SeatFacts:
    """Seats of an option with the age of the fact; never a gate."""
    seats = option.room.seats if option.room else None
    if seats is None:
        return SeatFacts(SeatStatus.UNKNOWN, Freshness.UNKNOWN)
    age = None if seats.confirmed_on is None else (asked.today - seats.confirmed_on).days
    fresh = freshness(age, asked.policy)
    first_on = seats.next_opening
    status = SeatStatus.OPEN if seats.open else SeatStatus.EXPECTED if first_on else SeatStatus.WAITING
    return SeatFacts(
        status=SeatStatus.UNKNOWN if fresh is Freshness.UNKNOWN else status,
        freshness=fresh,
        open=seats.open,
        licensed=seats.licensed,
        first_on=asked.today if seats.open else first_on,
        age_days=age,
        confirmed_on=seats.confirmed_on,
        example=seats.example,
    )


def freshness(age_days: int | None, policy: Policy) -> Freshness:
    """How far the age of a seat fact lets it count; each limit belongs to the younger side."""
    steps: tuple[tuple[int, Freshness], ...] = (
        (policy.seats_current_days, Freshness.CURRENT),
        (policy.seats_ask_days, Freshness.ASK),
        (policy.seats_stale_days, Freshness.STALE),
    )
    if age_days is None:
        return Freshness.UNKNOWN
    return next((fresh for days, fresh in steps if age_days <= days), Freshness.UNKNOWN)


__all__ = ["count_verdicts", "evaluate", "rank_programs"]
