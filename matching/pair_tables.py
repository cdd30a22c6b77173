"""Class by option: what a class of students and an option make of each other, ready to be added up.

One 64-bit word per pair holds, from the lowest bit: points of the value (23 bits), the least margin of the
need fit above its threshold plus an offset (23), open cells (4), possible critical gaps (3) and certain ones
(3). Words of the slots add up without touching one another. The last column stands for no option.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import eligibility
from matching.adequacy import critical_gaps
from matching.catalogue import DIMENSIONS, NO, UNKNOWN, Catalogue
from matching.columns import NOBODY, SERVICES_UNKNOWN, SLOTS, Classes, Slot, Students, is_required
from matching.criteria import (
    inclusion_values,
    need_fit_criteria,
    preference_values,
    ratio_values,
    ride_values,
    start_values,
    support,
)
from matching.eligibility import deliverable
from matching.gate import Asked
from matching.policy import Policy
from matching.profiles import NeedProfile
from matching.rides import rides
from matching.scoring import cost_key, ride_key, start_key
from matching.vocabulary import Criterion

POINT_BITS, MARGIN_SHIFT, OPEN_SHIFT, POSSIBLE_SHIFT, CERTAIN_SHIFT = 23, 23, 46, 50, 53
FIELD = (1 << 23) - 1
WORD_BITS = 64
Words = NDArray[np.int64]
Bits = NDArray[np.uint64]

_VALUES: dict[Criterion, Callable[[Asked], tuple[NDArray[np.int32], NDArray[np.int32]]]] = {
    Criterion.START: start_values,
    Criterion.RIDE: ride_values,
    Criterion.RATIO: ratio_values,
    Criterion.INCLUSION: inclusion_values,
    Criterion.PREFERENCE: preference_values,
}


@dataclass(frozen=True, slots=True)
class SlotTable:
    """One slot: gates as bits (n_classes, n_words); words and highest margins (n_classes, n_options + 1)."""

    failing: Bits | None
    asking: Bits | None
    words: Words | None
    high_margin: NDArray[np.int32] | None


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """Services: whether each need can be delivered (n_needs, n_options + 1), and its gate as bits."""

    answers: NDArray[np.int8]
    failing: Bits
    asking: Bits


@dataclass(frozen=True, slots=True)
class PairTables:
    """Everything that students of some classes and all options make of each other."""

    catalogue: Catalogue
    policy: Policy
    today: date
    slots: tuple[SlotTable, ...]
    services: ServiceTable
    tiers: NDArray[np.int64]
    cost_usd: NDArray[np.int64]
    ride_rank: NDArray[np.int64]
    start_rank: NDArray[np.int64]


def pair_tables(students: Students, catalogue: Catalogue, policy: Policy, today: date) -> PairTables:
    """The tables of the classes that occur among these students."""

    def asked(student: NeedProfile) -> Asked:
        return Asked(student, catalogue, policy, today, rides(student, catalogue, policy))

    tables = tuple(
        _slot_table(slot, classes, asked) for slot, classes in zip(SLOTS, students.slots, strict=True)
    )
    return PairTables(
        catalogue=catalogue,
        policy=policy,
        today=today,
        slots=tables,
        services=_service_table(students, asked),
        tiers=_rows(students.state, lambda s: catalogue.tiers(policy.unknown_public_setting, s.state), 7),
        cost_usd=_rows(students.cost, lambda s: cost_key(asked(s)), -1),
        ride_rank=_ranked_rows(students.slots[_RIDE], lambda s: ride_key(asked(s))),
        start_rank=_ranked_rows(students.slots[_START], lambda s: start_key(asked(s))),
    )


_RIDE = next(i for i, slot in enumerate(SLOTS) if Criterion.RIDE in slot.criteria)
_START = next(i for i, slot in enumerate(SLOTS) if Criterion.START in slot.criteria)


def _slot_table(slot: Slot, classes: Classes, asked: Callable[[NeedProfile], Asked]) -> SlotTable:
    views = [asked(representative) for representative in classes.representatives]
    failing, asking = _gate_bits(slot, views) if slot.gates else (None, None)
    if not slot.criteria:
        return SlotTable(failing, asking, None, None)
    made = [_slot_words(slot, view) for view in views]
    words, high_margins = (np.pad(np.stack(rows), ((0, 0), (0, 1))) for rows in zip(*made, strict=True))
    return SlotTable(failing, asking, words, high_margins)


def _gate_bits(slot: Slot, views: list[Asked]) -> tuple[Bits, Bits]:
    n_options = len(views[0].catalogue) if views else 0
    failing, asking = np.zeros((2, len(views), n_options), bool)
    for place, view in enumerate(views):
        for make in slot.gates:
            for gate in make(view):
                failing[place] |= gate.answers == NO
                asking[place] |= gate.answers == UNKNOWN
    return packed_bits(failing), packed_bits(asking)


def packed_bits(flags: NDArray[np.bool_]) -> Bits:
    """Rows of flags as words of 64 bits, lowest bit first."""
    n_words = max(1, -(-flags.shape[1] // WORD_BITS))
    padded = np.zeros((len(flags), n_words * WORD_BITS), bool)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def unpacked_bits(words: Bits, n_options: int) -> NDArray[np.uint8]:
    """Flags 0 or 1 of shape (n_rows, n_options)."""
    return np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, bitorder="little")[:, :n_options]


def _slot_words(slot: Slot, view: Asked) -> tuple[Words, NDArray[np.int32]]:
    """Words and highest margins of one class: points, need fit, open cells and critical gaps."""
    policy = view.policy
    needed = dict(need_fit_criteria(view.student))
    words = np.zeros(len(view.catalogue), np.int64)
    high_margin = np.zeros(len(view.catalogue), np.int32)
    for criterion, (low, high, fit_low, fit_high) in _slot_values(slot, view):
        weight = policy.weights[criterion]
        words += weight * ((low.astype(np.int64) + high) >> 1)
        words += (low != high).astype(np.int64) << OPEN_SHIFT
        if criterion in needed and criterion in NEED_FIT:
            least, most = margins(fit_low, fit_high, weight, policy, certain=needed[criterion])
            words += (least + offset(criterion, policy)) << MARGIN_SHIFT
            high_margin += most.astype(np.int32)
        elif criterion in NEED_FIT:
            words += offset(criterion, policy) << MARGIN_SHIFT
    if slot.dimensions:
        certain, possible = critical_gaps(view)
        rows = [DIMENSIONS.index(dimension) for dimension in slot.dimensions]
        words += certain[rows].sum(axis=0, dtype=np.int64) << CERTAIN_SHIFT
        words += possible[rows].sum(axis=0, dtype=np.int64) << POSSIBLE_SHIFT
    return words, high_margin


NEED_FIT = frozenset({Criterion.RATIO, *(Criterion(dimension.value) for dimension in DIMENSIONS)})


def margins(
    low: NDArray[np.int32], high: NDArray[np.int32], weight: int, policy: Policy, *, certain: bool
) -> tuple[Words, Words]:
    """Least and most weighted distance of a need fit from the threshold.

    Of an uncertain need no more than it may hurt, and no less than it may help.
    """
    least = weight * (low.astype(np.int64) - policy.need_fit_threshold)
    most = weight * (high.astype(np.int64) - policy.need_fit_threshold)
    return (least, most) if certain else (np.minimum(least, 0), np.maximum(most, 0))


def offset(criterion: Criterion, policy: Policy) -> int:
    """What makes the least margin of a criterion a whole number that is not negative."""
    return policy.weights[criterion] * policy.need_fit_threshold


def total_offset(policy: Policy) -> int:
    """The offsets of all criteria of the need fit, services included."""
    return sum(offset(criterion, policy) for criterion in (*NEED_FIT, Criterion.SERVICES))


Ints = NDArray[np.int32]


def _slot_values(slot: Slot, view: Asked) -> list[tuple[Criterion, tuple[Ints, Ints, Ints, Ints]]]:
    """Least and most value of each criterion of a slot, and the same for the need fit."""
    if not slot.dimensions:
        return [(criterion, (*(pair := _VALUES[criterion](view)), *pair)) for criterion in slot.criteria]
    value = support(view, over_support_loss=view.policy.over_support_loss)
    fit = support(view, over_support_loss=0, least_need=1)
    rows = [(Criterion(d.value), DIMENSIONS.index(d)) for d in slot.dimensions]
    return [(criterion, (value[0][row], value[1][row], fit[0][row], fit[1][row])) for criterion, row in rows]


def _service_table(students: Students, asked: Callable[[NeedProfile], Asked]) -> ServiceTable:
    catalogue = asked(NeedProfile(code=NOBODY)).catalogue
    n_options = len(catalogue)
    answers = np.full((len(students.service_needs), n_options + 1), NO, np.int8)
    failing, asking = np.zeros((2, len(students.service_needs), n_options), bool)
    answers[SERVICES_UNKNOWN] = UNKNOWN
    for gate in eligibility.services(asked(NeedProfile(code=NOBODY))):
        asking[SERVICES_UNKNOWN] |= gate.answers == UNKNOWN
    for place, need in enumerate(students.service_needs):
        if need is None:
            continue
        row = deliverable(catalogue, need)
        answers[place, :n_options] = row
        if is_required(need):
            failing[place], asking[place] = row == NO, row == UNKNOWN
    return ServiceTable(answers, packed_bits(failing), packed_bits(asking))


def _rows(classes: Classes, row: Callable[[NeedProfile], NDArray[np.generic]], no_option: int) -> Words:
    made = np.stack([row(one).astype(np.int64) for one in classes.representatives])
    return np.pad(made, ((0, 0), (0, 1)), constant_values=no_option)


def _ranked_rows(classes: Classes, row: Callable[[NeedProfile], NDArray[np.generic]]) -> Words:
    """Rows of places in their own order: equal keys share one."""
    return _rows(classes, lambda one: np.unique(row(one), return_inverse=True)[1], 0)
