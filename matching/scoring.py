"""All options of one ranking as arrays: gates, values, adequacy and order, before anything is explained."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.adequacy import NeedFit, need_fit
from matching.catalogue import UNKNOWN, Catalogue
from matching.costs import gross_usd, rounded_usd
from matching.criteria import first_seat_on, values
from matching.eligibility import gates as all_gates
from matching.gate import Asked, Gate
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.rides import rides
from matching.vocabulary import Asks

NEVER = 10**9


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
    placed: NDArray[np.intp]

    def rooms_of(self, program_index: int) -> list[int]:
        """The options of one program, in order."""
        mine = self.asked.catalogue.program_index[self.placed] == program_index
        return [int(row) for row in self.placed[mine]]

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
    best = order.best_rooms(placed, catalogue)
    return Evaluation(asked, gates, verdict, low, high, middle, fit, keys, bands, best, placed)


def _keys(
    asked: Asked,
    verdict: NDArray[np.int8],
    fit: NeedFit,
    middle: NDArray[np.int32],
    unknown_cells: NDArray[np.intp],
) -> order.Keys:
    catalogue, policy = asked.catalogue, asked.policy
    return order.Keys(
        block=order.blocks(verdict, fit),
        tier=catalogue.tiers(policy.unknown_public_setting, asked.student.state),
        value=np.asarray(policy.weight_row(), np.int64) @ middle,
        cost_usd=cost_key(asked),
        start=start_key(asked),
        ride=ride_key(asked),
        unknown_cells=unknown_cells.astype(np.int64),
    )


def cost_key(asked: Asked) -> NDArray[np.int64]:
    """Gross cost rounded as the policy says; -1 where it is not known."""
    return rounded_usd(gross_usd(asked), asked.policy.cost_rounding_usd)


def start_key(asked: Asked) -> NDArray[np.int64]:
    """The first day with a seat; last where it is not known."""
    first = first_seat_on(asked).astype(np.int64)
    return np.where(first < 0, NEVER, first)


def ride_key(asked: Asked) -> NDArray[np.int64]:
    """Twice the middle of the ride in minutes; last where it is not known."""
    rides = asked.rides
    return np.where(rides.low < 0, NEVER, rides.low.astype(np.int64) + rides.high)
