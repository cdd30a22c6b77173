"""All options of one ranking as arrays: gates, values, adequacy and order, before anything is explained."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.adequacy import adequacy, need_fit
from matching.catalogue import Catalogue
from matching.checks import check_is, check_today
from matching.codes import UNKNOWN
from matching.costs import Bill, gross_usd, rounded_usd
from matching.criteria import first_seat_on
from matching.eligibility import gates as all_gates
from matching.gate import TO_CONFIRM, Asked, Gate
from matching.intervals import Interval
from matching.parts import (
    CERTAIN_SHIFT,
    COUNT,
    LEAST_MARGIN,
    MARKS,
    MOST_MARGIN,
    POINTS,
    POSSIBLE_SHIFT,
    Part,
    parts_of,
    summed,
)
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.rides import rides
from matching.vocabulary import Asks

NEVER = 1 << 22  # later than any date


@dataclass(frozen=True, eq=False)
class Evaluation:
    """All arrays of one ranking: a row per option, and the order of programs by their best room.

    ``places`` holds the place of each option in the order; ``sums`` are those of ``matching.parts``.
    """

    asked: Asked
    gates: list[Gate]
    verdict: NDArray[np.int8]
    parts: list[Part]
    sums: NDArray[np.int32]
    adequacy: NDArray[np.int8]
    keys: order.Keys
    bands: NDArray[np.int32]
    best: NDArray[np.intp]
    places: NDArray[np.intp]

    @cached_property
    def low(self) -> NDArray[np.int32]:
        """Least value of every criterion, shape (n_criteria, n_options)."""
        return np.stack([part.low for part in self.parts])

    @cached_property
    def high(self) -> NDArray[np.int32]:
        """Most value of every criterion, shape (n_criteria, n_options)."""
        return np.stack([part.high for part in self.parts])

    @cached_property
    def middle(self) -> NDArray[np.int32]:
        """The value that counts of every criterion, shape (n_criteria, n_options)."""
        return (self.low + self.high) >> 1

    @cached_property
    def points(self) -> NDArray[np.int32]:
        """What every criterion adds to the value, shape (n_criteria, n_options)."""
        return np.stack([part.sums[POINTS] for part in self.parts])

    @cached_property
    def bill(self) -> Bill:
        """What decides the cost of every program for this student."""
        return Bill.of(self.asked)

    @cached_property
    def _certain_mass(self) -> int:
        """The weight of all needs together; 0 where any need is uncertain."""
        needs = [part for part in self.parts if part.certain is not None]
        return sum(part.weight for part in needs) if all(part.certain for part in needs) else 0

    def need_fit(self, row: int) -> Interval:
        """The bounds of one option's need fit, 0 to 1000."""
        if mass := self._certain_mass:  # the margins of certain needs are exact distances
            at_threshold = mass * self.asked.policy.need_fit_threshold
            least, most = self.sums.item(LEAST_MARGIN, row), self.sums.item(MOST_MARGIN, row)
            return Interval((at_threshold + least) // mass, (at_threshold + most) // mass)
        fits: tuple[list[tuple[int, Interval]], ...] = ([], [])
        for part in self.parts:
            if part.certain is not None:
                fits[not part.certain].append((part.weight, part.fit(row)))
        return need_fit(*fits)

    def has_gaps(self, row: int) -> bool:
        """Whether one option has a critical gap, certain or possible."""
        return self.sums.item(MARKS, row) >> POSSIBLE_SHIFT > 0

    def rooms_of(self, program_index: int) -> list[int]:
        """The options of one program, in order."""
        first, end = self.asked.catalogue.first_rows[program_index : program_index + 2].tolist()
        return sorted(range(first, end), key=self.places.item)

    def open_needs(self) -> list[str]:
        """Codes of the gates that only the Team can answer and that still decide something."""
        undecided = self.verdict == TO_CONFIRM
        return [
            gate.code
            for gate in self.gates
            if gate.asks is not Asks.PROGRAM
            and bool((undecided & (gate.answers == UNKNOWN) & gate.team).any())
        ]


def evaluate(
    student: NeedProfile, catalogue: Catalogue, policy: Policy, *, seed: str, today: date
) -> Evaluation:
    """Gates, values, adequacy and order of every option, as arrays.

    Raises
    ------
    MatchingError : with the argument at fault.
    """
    _check_request(student, policy, seed, today)
    asked = Asked(student, catalogue, policy, today, rides(student, catalogue, policy))
    gates = all_gates(asked)
    verdict = order.verdicts(gates, len(catalogue))
    parts = parts_of(asked)
    sums = summed(parts)
    marks = sums[MARKS]
    gaps = marks >> CERTAIN_SHIFT > 0, marks >> POSSIBLE_SHIFT > 0
    fits = adequacy(sums[LEAST_MARGIN], sums[MOST_MARGIN], *gaps)
    keys = order.Keys(
        block=order.blocks(verdict, fits),
        tier=catalogue.tiers(policy.unknown_public_setting, student.state),
        value=sums[POINTS].astype(np.int64),
        cost_usd=cost_key(asked),
        start=start_key(asked),
        ride=ride_key(asked),
        unknown_cells=marks & COUNT,
    )
    placed, bands = order.ordered(keys, catalogue, policy, seed)
    best, places = order.best_rooms(placed, catalogue), order.places_of(placed)
    return Evaluation(asked, gates, verdict, parts, sums, fits, keys, bands, best, places)


def _check_request(student: NeedProfile, policy: Policy, seed: str, today: date) -> None:
    check_is("student", student, NeedProfile)
    check_is("policy", policy, Policy)
    check_is("seed", seed, str)
    check_today(today)


def cost_key(asked: Asked) -> NDArray[np.int64]:
    """Gross cost rounded as the policy says; -1 where it is not known."""
    return rounded_usd(gross_usd(asked), asked.policy.cost_rounding_usd)


def start_key(asked: Asked) -> NDArray[np.int64]:
    """The first day with a seat; last where it is not known."""

    def made() -> NDArray[np.int64]:
        first = first_seat_on(asked).astype(np.int64)
        return np.where(first < 0, NEVER, first)

    counts_until = _SEATS_COUNT(asked)
    key: NDArray[np.int64] = asked.catalogue.remember(("start key", counts_until), made)
    return key


_SEATS_COUNT = attrgetter("today", "policy.seats_stale_days")


def ride_key(asked: Asked) -> NDArray[np.int64]:
    """Twice the middle of the ride in minutes; last where it is not known."""
    rides = asked.rides

    def made() -> NDArray[np.int64]:
        both = rides.low.astype(np.int64) + rides.high
        return np.where(rides.low < 0, both.max(initial=0) + 1, both)

    if rides.key is None:
        return made()
    key: NDArray[np.int64] = asked.catalogue.remember(("ride key", rides.key), made)
    return key
