"""Class by option: what a class of students and an option make of each other, ready to be added up.

Gates and critical gaps are bits, 64 options to a word. What a pair is worth without services is one number:
points of the value (22 bits), and above them the least need fit. The numbers of all slots add up without
touching one another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.adequacy import gaps_in
from matching.catalogue import Catalogue
from matching.class_rows import Arrays, ClassRows
from matching.codes import DIMENSIONS, NO, UNKNOWN, YES, Bytes
from matching.columns import (
    HOME,
    MEMBERSHIP,
    NOBODY,
    SLOTS,
    STATE,
    TERMS,
    Slot,
    is_required,
)
from matching.costs import members, program_usd, ride_usd
from matching.criteria import (
    inclusion_values,
    need_fit_criteria,
    preference_values,
    ratio_values,
    ride_values,
    service_shares,
    start_values,
)
from matching.delivery import deliverable
from matching.eligibility import any_service_answers, service_answers
from matching.gate import Asked
from matching.options import tier_of
from matching.policy import VALUE_MAX, Policy
from matching.profiles import NeedProfile, ServiceNeed
from matching.rides import rides
from matching.scoring import ride_key, start_key
from matching.support import support_values
from matching.vocabulary import Criterion, Service

FAILING, ASKING, POSSIBLE_GAP, CERTAIN_GAP = range(4)
KINDS, TIERS = 4, 7
WORD_BITS = 64
FIELD_BITS = 22
FIELD = (1 << FIELD_BITS) - 1
NEED_FIT = frozenset({Criterion.RATIO, *(Criterion(dimension.value) for dimension in DIMENSIONS)})
NOBODY_KNOWN = NeedProfile(code=NOBODY)
Words = NDArray[np.int64]
Bits = NDArray[np.uint64]
AskedService = ServiceNeed | tuple[()] | None
Ints = NDArray[np.int32]
Range = tuple[Ints, Ints]

_VALUES: dict[Criterion, Callable[[Asked], Range]] = {
    Criterion.START: start_values,
    Criterion.RIDE: ride_values,
    Criterion.RATIO: ratio_values,
    Criterion.INCLUSION: inclusion_values,
    Criterion.PREFERENCE: preference_values,
}


FIT_SLOTS = tuple(slot for slot in SLOTS if NEED_FIT & set(slot.criteria))
OTHER_SLOTS = tuple(slot for slot in SLOTS if slot.criteria and slot not in FIT_SLOTS)
TIE_KEYS = {Criterion.START: start_key, Criterion.RIDE: ride_key}
TIE_SLOTS = tuple(slot for slot in OTHER_SLOTS if TIE_KEYS.keys() & set(slot.criteria))


@dataclass(frozen=True, slots=True, eq=False)
class PairTables:
    """Everything that students and the options of a catalogue make of each other under one policy.

    Options stand by tier and by age here, so that those looked at together lie together; ``options`` holds
    the row of each in the catalogue that was given. ``gates`` are of all slots and of services,
    ``need_fit`` and ``others`` of the slots that decide values, ``ties`` of those that part equals.
    """

    catalogue: Catalogue
    options: NDArray[np.intp]
    policy: Policy
    gates: ClassRows
    need_fit: ClassRows
    others: ClassRows
    ties: ClassRows
    services: ClassRows
    weighing: ClassRows
    tiers: ClassRows
    members: ClassRows
    usd: ClassRows
    ride_usd: ClassRows

    @classmethod
    def of(cls, catalogue: Catalogue, policy: Policy, today: date) -> "PairTables":
        """The tables of a catalogue, kept with it: what one call made the next one finds."""
        tables: PairTables
        _, tables = catalogue.remember(
            ("pair tables", id(policy), today), lambda: (policy, _tables(catalogue, policy, today))
        )
        return tables


def _tables(given: Catalogue, policy: Policy, today: date) -> PairTables:
    unknown = policy.unknown_public_setting
    tiers = [tier_of(one.program, unknown, one.program.operator.state) for one in given.options]
    options = np.lexsort((*given.age_months, np.array(tiers, np.int32)))
    moved = (replace(given.options[old], row=row) for row, old in enumerate(options.tolist()))
    catalogue = Catalogue(given.programs, tuple(moved))

    def of_slot(slot: Slot, make: Callable[[Asked], Any]) -> Callable[[NeedProfile], Arrays]:
        def row(first: NeedProfile) -> Arrays:
            student = slot.representative(first)
            made = make(Asked(student, catalogue, policy, today, rides(student, catalogue, policy)))
            return made if isinstance(made, tuple) else (made,)

        return row

    nobody = Asked(NOBODY_KNOWN, catalogue, policy, today, rides(NOBODY_KNOWN, catalogue, policy))
    gates = (of_slot(slot, partial(_gate_row, slot)) for slot in SLOTS)
    return PairTables(
        catalogue=catalogue,
        options=options,
        policy=policy,
        gates=ClassRows(*gates, lambda need: _service_gate_row(need, nobody)),
        need_fit=ClassRows(*(of_slot(slot, partial(_fit_row, slot)) for slot in FIT_SLOTS)),
        others=ClassRows(*(of_slot(slot, partial(_other_row, slot)) for slot in OTHER_SLOTS)),
        ties=ClassRows(*(of_slot(slot, partial(_tie_row, slot)) for slot in TIE_SLOTS)),
        services=ClassRows(lambda need: (_delivered(need, nobody),)),
        weighing=ClassRows(lambda wanted: _weights(wanted, policy)),
        tiers=ClassRows(of_slot(STATE, _tier_bits)),
        members=ClassRows(of_slot(MEMBERSHIP, members)),
        usd=ClassRows(of_slot(TERMS, program_usd)),
        ride_usd=ClassRows(of_slot(HOME, ride_usd)),
    )


def _tier_bits(asked: Asked) -> Bits:
    """Options of each tier as bits, shape (7, n_words)."""
    tiers = asked.catalogue.tiers(asked.policy.unknown_public_setting, asked.student.state)
    return packed_bits(tiers == np.arange(TIERS)[:, None])


def _gate_row(slot: Slot, asked: Asked) -> Arrays:
    """Bits of one class of a slot, shape (4, n_words), and how many of the four kinds say anything."""
    flags = _gate_flags((gate.answers for make in slot.gates for gate in make(asked)), len(asked.catalogue))
    if slot.dimensions:
        gaps = [gaps_in(asked, dimension) for dimension in slot.dimensions]
        certain, possible = (np.logical_or.reduce(flags) for flags in zip(*gaps, strict=True))
        flags[POSSIBLE_GAP], flags[CERTAIN_GAP] = possible, certain
    return _bits_row(flags)


def _bits_row(flags: NDArray[np.bool_]) -> Arrays:
    said = np.flatnonzero(flags.any(axis=1))
    return packed_bits(flags), np.array(said[-1] + 1 if len(said) else 0)


def _gate_flags(gates: Iterable[Bytes], n_options: int) -> NDArray[np.bool_]:
    flags = np.zeros((KINDS, n_options), bool)
    for answers in gates:
        flags[FAILING] |= answers == NO
        flags[ASKING] |= answers == UNKNOWN
    return flags


def packed_bits(flags: NDArray[np.bool_]) -> Bits:
    """Rows of flags as words of 64 bits, lowest bit first."""
    n_words = -(-flags.shape[1] // WORD_BITS)
    padded = np.zeros((len(flags), n_words * WORD_BITS), bool)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _other_row(slot: Slot, asked: Asked) -> tuple[Ints, Bytes]:
    """Points and open cells of one class of a slot that does not count for the need fit."""
    points, open_cells = np.zeros(len(asked.catalogue), np.int32), np.zeros(len(asked.catalogue), np.int8)
    for criterion, (low, high), _ in _slot_values(slot, asked):
        points += asked.policy.weights[criterion] * ((low + high) >> 1)
        open_cells += low != high
    return points, open_cells


def _fit_row(slot: Slot, asked: Asked) -> tuple[Words, Ints, Bytes]:
    """Words, most need fit and open cells of one class of a slot, each of shape (n_options,)."""
    policy, needed = asked.policy, dict(need_fit_criteria(asked.student))
    points, open_cells = _other_row(slot, asked)
    words, most_fit = points.astype(np.int64), np.zeros(len(asked.catalogue), np.int32)
    for criterion, _, (fit_low, fit_high) in _slot_values(slot, asked):
        weight, threshold = policy.weights[criterion], policy.need_fit_threshold
        if criterion in NEED_FIT:
            least, most = _counted(fit_low - threshold, fit_high - threshold, needed.get(criterion))
            words += (weight * (least.astype(np.int64) + threshold)) << FIELD_BITS
            most_fit += weight * (most + threshold)
    return words, most_fit, open_cells


def _counted(low: Ints, high: Ints, certain: bool | None) -> Range:
    """Distances from the threshold as they count: of an uncertain need only what may hurt, or may help."""
    if certain is None:
        return np.zeros_like(low), np.zeros_like(high)
    return (low, high) if certain else (np.minimum(low, 0), np.maximum(high, 0))


def _slot_values(slot: Slot, asked: Asked) -> list[tuple[Criterion, Range, Range]]:
    """Least and most value of each criterion of a slot, and the same for the need fit."""
    if not slot.dimensions:
        return [
            (criterion, found, found) for criterion in slot.criteria for found in [_VALUES[criterion](asked)]
        ]
    loss = asked.policy.over_support_loss
    return [
        (
            Criterion(dimension.value),
            support_values(asked, dimension, over_support_loss=loss),
            support_values(asked, dimension, over_support_loss=0, least_need=1),
        )
        for dimension in slot.dimensions
    ]


def _tie_row(slot: Slot, asked: Asked) -> Ints:
    """The place of the first seat, or of the ride, among all options; equals share one."""
    key = next(TIE_KEYS[criterion] for criterion in slot.criteria if criterion in TIE_KEYS)
    places: Ints = np.unique(key(asked), return_inverse=True)[1].astype(np.int32)
    return places


def _service_gate_row(need: AskedService, nobody: Asked) -> Arrays:
    """Bits of one service that is asked, as of a slot."""
    gates: list[Bytes] = []
    if need is None:
        gates.append(any_service_answers(nobody.catalogue))
    elif isinstance(need, ServiceNeed) and is_required(need):
        gates.append(service_answers(nobody.catalogue, need))
    return _bits_row(_gate_flags(gates, len(nobody.catalogue)))


def _delivered(need: AskedService, nobody: Asked) -> Bytes:
    """Whether each option delivers a service; always yes where none is asked."""
    if isinstance(need, ServiceNeed):
        return deliverable(nobody.catalogue, need)
    return np.full(len(nobody.catalogue), UNKNOWN if need is None else YES, np.int8)


def _weights(wanted: tuple[ServiceNeed, ...] | None, policy: Policy) -> tuple[Words, Words]:
    """The share of each place among services; and the need fit of who asks for none, where none counts."""
    shares, above = np.zeros(len(Service), np.int64), 0
    shares[0] = VALUE_MAX
    if wanted:
        shares[: len(wanted)] = service_shares(wanted, policy)
    elif wanted is not None:
        above = policy.weights[Criterion.SERVICES] * (VALUE_MAX - policy.need_fit_threshold)
    return shares, np.array(above, np.int64)
